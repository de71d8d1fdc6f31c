import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../../src/index.js';

const masker = createMasker();
const body = (text: string): unknown => masker.attribute('http.request.body', text);

describe('the secret of a directive goes', () => {
  test.each([
    [
      'bind 127.0.0.1\nrequirepass lovecoffee\nmasterauth Zq8LmTvW',
      'bind 127.0.0.1\nrequirepass ****\nmasterauth ****',
    ],
    ['sentinel auth-pass main Zq8LmTvW', 'sentinel auth-pass main ****'],
    ['primaryauth lovecoffee', 'primaryauth ****'],
    [' wpa-psk ascii 0 Zq8LmTvW', ' wpa-psk ascii 0 ****'],
    ['user bob on >Zq8LmTvW ~* +@all', 'user bob on >**** ~* +@all'],
    [
      'chpasswd:\n  expire: false\n  list: |\n    root:Zq8LmTvW\n    bob:Xw9PkRt2\n',
      'chpasswd:\n  expire: false\n  list: |\n    root:****\n    bob:****\n',
    ],
    ['username admin privilege 15 password 0 Zq8LmTvW', 'username admin privilege 15 password 0 ****'],
    ['enable secret 5 $1$c9ei$nH3GDTNXIYGl', 'enable secret 5 ****'],
    ['snmp-server community Zq8LmTvW RO', 'snmp-server community **** RO'],
    ['    stats auth admin:Zq8LmTvW', '    stats auth admin:****'],
    ['bob : XAUTH "Zq8LmTvW"', 'bob : XAUTH "****"'],
    ['WIFI:T:WPA;S:home;P:Zq8Lm\\;TvW;;', 'WIFI:T:WPA;S:home;P:****;;'],
    ['db.example.com:5432:app:bob:Zq8LmTvW', 'db.example.com:5432:app:bob:****'],
    ['*:*:*:admin:Zq8LmTvW', '*:*:*:admin:****'],
    ['[smtp.example.com]:587 bob:Zq8LmTvW', '[smtp.example.com]:587 bob:****'],
    ['eve:{SHA}xtm/Cy8cDpsExeU6lAZa7BtWytn=', 'eve:{SHA}****'],
    [
      'Private-Lines: 2\nseq9l6Ya99+Tr\ndeaKWWJaYxrU\nPrivate-MAC: 55ff',
      'Private-Lines: 2\n****\nPrivate-MAC: 55ff',
    ],
  ])('%s', (text, masked) => {
    expect(body(text)).toBe(masked);
    expect(body(masked)).toBe(masked);
  });

  test.each([
    'user bob on leave until Monday',
    'user bob off ~* +@all',
    'the password 8 characters',
    'stats auth is off',
    'WIFI:T:nopass;S:home;;',
    'main.c:5432:12:error:message',
    '[::1]:587 is closed',
    'chpasswd:\n  expire: false\n',
  ])('but %s stays', (text) => {
    expect(body(text)).toBe(text);
  });
});
