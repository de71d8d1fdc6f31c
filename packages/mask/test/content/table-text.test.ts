import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../../src/index.js';

const masker = createMasker();
const body = (text: string): unknown => masker.attribute('http.request.body', text);

describe('in a table the cells below the name of a secret go', () => {
  test.each([
    [
      'id,username,password,role\n1,bob,Zq8LmTvW,admin\n2,eve,lovecoffee,user',
      'id,username,password,role\n1,bob,****,admin\n2,eve,****,user',
    ],
    ['user,password\nbob,lovecoffee\n', 'user,password\nbob,****\n'],
    [
      '"url","username","password"\r\n"https://x.example","bob","Zq8,Lm""TvW"\r\n',
      '"url","username","password"\r\n"https://x.example","bob","****"\r\n',
    ],
    [
      'user\tapi_token\tcreated\nbob\tZq8LmTvWnR4k\t2024-01-01',
      'user\tapi_token\tcreated\nbob\t****\t2024-01-01',
    ],
    [
      '| Name | Password |\n|------|:--------:|\n| bob | `Zq8LmTvW` |\n\n| a | b |',
      '| Name | Password |\n|------|:--------:|\n| bob | `****` |\n\n| a | b |',
    ],
    [
      ' id |   password   \n----+--------------\n  1 | lovecoffee   \n(1 row)',
      ' id |   password   \n----+--------------\n  1 | ****   \n(1 row)',
    ],
    [
      '+----+----------+\n| id | password |\n+----+----------+\n|  1 | Zq8LmTvW |\n+----+----------+',
      '+----+----------+\n| id | password |\n+----+----------+\n|  1 | **** |\n+----+----------+',
    ],
    [
      '<table><tr><th>User</th><th>Password</th></tr><tr><td>bob</td><td>Zq8LmTvW</td></tr></table>',
      '<table><tr><th>User</th><th>Password</th></tr><tr><td>bob</td><td>****</td></tr></table>',
    ],
    [
      'id,payload\n1,"{""user"":""bob"",""password"":""Zq8,LmTvW""}"',
      'id,payload\n1,"{""user"":""bob"",""password"":""****""}"',
    ],
    [
      'id,payload\n1,"[{""name"":""password"",""value"":""Zq8;LmTvW""}]"',
      'id,payload\n1,"[{""name"":""password"",""value"":""****""}]"',
    ],
  ])('%s', (text, masked) => {
    expect(body(text)).toBe(masked);
    expect(body(masked)).toBe(masked);
  });

  test.each([
    'id,username,role\n1,bob42x!,admin',
    '| Parameter | Password | Notes |\n|---|---|---|\n| login | required | set once |',
    '| Field | Type | Null | Key | Default |\n|---|---|---|---|---|\n| password | varchar(255) | NO | PRI | NULL |',
    ' Column | Type | Nullable \n--------+------+----------\n password | text | not null',
    'function login(user, password) {\n  return check(user, hashed9x);\n}',
    'use the token, key, or name\nof a user, group2b, or team',
    'id,payload\n1,"{""user"":""bob""}"',
    '| Option | Type | About |\n|---|---|---|\n| `password` | string | Of the user |\n| `keyFile2` | string | Of the key |',
    'a,b\nc,password\nd,lovecoffee',
    '| Secret | Namespace |\n|---|---|\n| db-creds2 | default |',
    '<table><tr><th>User</th><th>Password</th></tr><tr><td colspan="2">none stored 4you</td></tr></table>',
  ])('but %s stays', (text) => {
    expect(body(text)).toBe(text);
  });

  test('time is linear in the text', () => {
    const text = `a,password\n${'b,c,d;e|f\n'.repeat(20_000)}`;
    expect(body(text)).toBe(text);
  });
});
