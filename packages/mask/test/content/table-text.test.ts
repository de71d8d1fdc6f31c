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
    [
      'Error: id,password\n1,Zq8LmTvW\n    at a (/b.js:1:2)',
      'Error: id,password\n1,****\n    at a (/b.js:1:2)',
    ],
    [
      'Error: | user | api key |\n|---|---|\n| bob | Zq8LmTvW9pLw |\n    at a (/b.js:1:2)',
      'Error: | user | api key |\n|---|---|\n| bob | **** |\n    at a (/b.js:1:2)',
    ],
    ['<a><b>name;password\nbob;Zq8LmTvW</b></a>', '<a><b>name;password\nbob;****</b></a>'],
    ['USER  PASSWORD  ROLE\nbob   Zq8LmTvW  admin', 'USER  PASSWORD  ROLE\nbob   ****  admin'],
    ['id,cvv,n\n1,123,5', 'id,cvv,n\n1,****,5'],
    [
      '| Key | Value |\n|---|---|\n| password | Zq8LmTvW |\n| port | 80 |',
      '| Key | Value |\n|---|---|\n| password | **** |\n| port | 80 |',
    ],
    ['user\tsecret\tn\nbob\tZq8LmT', 'user\tsecret\tn\nbob\t****'],
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
    'NAME   SECRETS   AGE\ndefault    1   5d\nbuilder2   2   9d',
    'Usage:  NAME  PASSWORD\nfoo  required',
    'Missing: email,password\n    at check (/a/b.js:1:2), line9x',
    '| Key | Value |\n|---|---|\n| password | required |\n| tokenTTL | 80 |',
    'id,pin code,n\n1,sent,5',
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

describe('a cell of two words goes', () => {
  test.each([
    ['user,password\nbob,"correct horse"', 'user,password\nbob,"****"'],
    ['user\tpassword\nbob\tcorrect horse', 'user\tpassword\nbob\t****'],
    [
      '| user | password |\n|---|---|\n| bob | correct horse |',
      '| user | password |\n|---|---|\n| bob | **** |',
    ],
    [
      ' user | password \n------+----------\n bob  | correct horse\n(1 row)',
      ' user | password \n------+----------\n bob  | ****\n(1 row)',
    ],
  ])('%j', (text, masked) => {
    expect(body(text)).toBe(masked);
    expect(body(masked)).toBe(masked);
  });

  test.each([
    '| Setting | password |\n|---|---|\n| default | not set |',
    '| Feature | Password login |\n|---|---|\n| Basic plan | very good option |',
    'name,password\nbob,(not set)\nal,login required',
  ])('but %j stays', (text) => {
    expect(body(text)).toBe(text);
  });
});

describe('of rows in JSON whose columns are named apart from them, the cells of a secret go', () => {
  test.each([
    [
      '{"columns":["id","password"],"rows":[[1,"x9"],[2, "hunter2"]]}',
      '{"columns":["id","password"],"rows":[[1,"****"],[2, "****"]]}',
    ],
    [
      '{"fields":["id","api_key"],"count":1,"values":["7","lovecoffee"]}',
      '{"fields":["id","api_key"],"count":1,"values":["7","****"]}',
    ],
    ['{"headers":["id","pin"],"data":[["7",7291]]}', '{"headers":["id","pin"],"data":[["7","****"]]}'],
    [
      '{"rows":[[1,"a\\"b]",{"x":[1]}]],"columns":["id","password","tags"]}',
      '{"rows":[[1,"****",{"x":[1]}]],"columns":["id","password","tags"]}',
    ],
    [
      '{"columns":[{"name":"id","type":"int"},{"name":"password"}],"rows":[[1,"x9"]]}',
      '{"columns":[{"name":"id","type":"int"},{"name":"password"}],"rows":[[1,"****"]]}',
    ],
    ['[["id","password"],[1,"lovecoffee"],[2,null]]', '[["id","password"],[1,"****"],[2,null]]'],
    ['{"columns":["id","password"],"rows":[[1,"x9dri', '{"columns":["id","password"],"rows":[[1,"****"'],
  ])('%s', (text, masked) => {
    expect(body(text)).toBe(masked);
    expect(body(masked)).toBe(masked);
    expect(body(JSON.stringify({ text }))).toBe(JSON.stringify({ text: masked }));
  });

  test('in values that are no texts as well', () => {
    const columns = ['id', 'password'];
    const value = {
      columns,
      rows: [
        [1, 'lovecoffee'],
        [2, 7291],
      ],
      tokens: [{ v: 'kJ8vQ2xN7mR4tW9yB3cF6hL1', p: 1 }],
    };
    expect(masker.attribute('note', value)).toEqual({
      columns,
      rows: [
        [1, '****'],
        [2, '****'],
      ],
      tokens: [{ v: '****', p: 1 }],
    });
    expect(masker.attribute('note', [columns, [1, 'lovecoffee']])).toEqual([columns, [1, '****']]);
    for (const harmless of [
      { columns: ['id', 'name'], rows: [[1, 'bob']] },
      { columns, rows: [[1, null]] },
      [
        ['username', 'password'],
        ['email', 'token'],
      ],
    ])
      expect(masker.attribute('note', harmless)).toBe(harmless);
  });

  test.each([
    '{"columns":["id","name"],"rows":[[1,"bob"]]}',
    '{"columns":["model","tokens"],"rows":[["gpt",1532]]}',
    '{"fields":["id","password"],"values":[["1",null]]}',
    '{"headers":["Name","Password"],"title":"Users"}',
    '{"unique":[["tenant","token"],["user","email"]]}',
    '{"required":[["username","password"],["email","token"]]}',
  ])('but %s stays', (text) => {
    expect(body(text)).toBe(text);
  });

  test.each([
    '[["password",',
    '{"columns":["a","password"],',
    '"rows":[[',
    '{"columns":["a","password"],"rows":[[',
  ])('in linear time, also of %s again and again', (piece) => {
    const start = performance.now();
    body(piece.repeat(20_000));
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
