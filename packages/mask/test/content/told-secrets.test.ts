import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../../src/index.js';

const masker = createMasker();
const personal = createMasker({ extends: ['default', 'pii', 'payments'] });

describe('a secret goes', () => {
  test.each([
    ['password={noop}hunterZq8', 'password=****'],
    ['Bad credentials: bob / hunterZq8', 'Bad credentials: ****'],
    [
      "WRONGPASS invalid pair, command 'AUTH app hunterZq8!'",
      "WRONGPASS invalid pair, command 'AUTH app ****'",
    ],
    [
      "ERR invalid password { command: 'AUTH', args: [ 'hunterZq8' ] }",
      "ERR invalid password { command: 'AUTH', args: **** }",
    ],
    ["jwt.sign({ id: 1 }, 'Zq8XLgWNRH6YbumdfAOG8FR0A9pNxsZ')", "jwt.sign({ id: 1 }, '****')"],
    [
      'QueryFailedError: duplicate key; parameters: ["bob","hunterZq8"] query: INSERT INTO users(name) VALUES ($1, $2)',
      'QueryFailedError: duplicate key; parameters: [****] query: INSERT INTO users(name) VALUES ($1, $2)',
    ],
    ['{"method":"login","params":["bob","hunterZq8"]}', '{"method":"login","params":"****"}'],
    [
      '{"method":"walletpassphrase","params":["three short words",60]}',
      '{"method":"walletpassphrase","params":"****"}',
    ],
    [
      '{"service":"common","method":"login","args":["db","bob","hunterZq8"]}',
      '{"service":"common","method":"login","args":"****"}',
    ],
    ['spring.ldap.password: {SSHA}abcdZq8LmTv==', 'spring.ldap.password: ****'],
    ['["password"]=> string(6) "Zq8LmT"', '["password"]=> string(6) "****"'],
    ['Das Passwort ist Zq8LmTvW!9', 'Das Passwort ist ****'],
    ['La contrase\u00f1a es Zq8LmTvW!9', 'La contrase\u00f1a es ****'],
    ['Unseal Key 1: 4jYbl2CBIv6SpkKj6Hos9iD32k5RfGkL', 'Unseal Key 1: ****'],
    ['Encryption key (base64): 4jYbl2CBIv6SpkKj6Hos9iD3', 'Encryption key (base64): ****'],
    ['Join token (expires in 24h): abcd1234efgh5678', 'Join token (expires in 24h): ****'],
    ['GITHUB_PAT=Zq8LmTvWnR4kPy7xBd3F', 'GITHUB_PAT=****'],
    ['"api_key" := "Zq8sK2m4P9"', '"api_key" := "****"'],
    ['"api_key" ::= "Zq8sK2m4P9"', '"api_key" ::= "****"'],
    [
      'Endpoint=https://x.example;Id=a:b;Secret=abCDefGH/mnOP0123/fg9hi4k=',
      'Endpoint=https://x.example;Id=a:b;Secret=****',
    ],
    [
      'Endpoint=sb://x.example/;SharedAccessKey=ab/cd/efGHijKL0123=',
      'Endpoint=sb://x.example/;SharedAccessKey=****',
    ],
    ['jdbc:sqlserver://h:1433;user=sa;password=Pa/ss?w', 'jdbc:sqlserver://h:1433;user=sa;password=****'],
    ['xoxa-2-511111111-31111111111-3111111111111-e039d02840a0b9379c', '****'],
    ['da2-7y22r6qe66zfqizc3e2i80bbmq', '****'],
    ['say "the password: "hunter2x9" now"', 'say "the password: "****" now"'],
  ])('%s', (text, masked) => {
    expect(masker.text(text)).toBe(masked);
    expect(masker.text(masked)).toBe(masked);
  });

  test.each([
    ['/bot6123456789:AAHk3LmTvWnR4kPy7xBd3FqGz5Hj8KsWvYc/getMe', '/bot****/getMe'],
    [
      `/api/webhooks/1122334455667788990/${'Zq8LmTvWnR4kPy7x'.repeat(4)}`,
      '/api/webhooks/1122334455667788990/****',
    ],
  ])('in a path without a host: %s', (path, masked) => {
    expect(masker.attribute('url.path', path)).toBe(masked);
  });

  test.each([
    ['{"detail":[{"loc":["body","password"],"msg":"x","input":"Tr0ub4dor&3"}]}', 'Tr0ub4dor'],
    [
      '{"kty":"EC","crv":"P-256","x":"gI0GAILBdu7T53akrF","d":"870MB6gfuTJ4HtUnUvYM"}',
      '870MB6gfuTJ4HtUnUvYM',
    ],
    ['{"d":"870MB6gfuTJ4HtUnUvYM","kty":"EC"}', '870MB6gfuTJ4HtUnUvYM'],
    ['"{\\"kty\\":\\"oct\\",\\"k\\":\\"AyM1SysPpbyDfgZld3umj1qz\\"}"', 'AyM1SysPpbyDfgZld3umj1qz'],
  ])('from %s', (body, secret) => {
    const masked = String(masker.attribute('http.request.body', body));
    expect(masked).not.toContain(secret);
    expect(() => JSON.parse(masked)).not.toThrow();
  });

  test('when a number of several groups stands behind its name', () => {
    expect(personal.text('mobile: 0161 496 0000, next')).toBe('mobile: ****, next');
    expect(personal.text('my phone number is 425 8829090')).toBe('my phone number is ****');
    expect(masker.text('otp: 123 456')).toBe('otp: ****');
    expect(masker.text('token: 123 2026-11-30')).toBe('token: **** 2026-11-30');
  });

  test.each([
    'CONNECT user PASSWORD Password1',
    'VALIDATE USER user PASSWORD Password1',
    'ALTER SYSTEM SET SECURE STORE BACKUP PASSWORD "Password1"',
    "IMPORT S.T FROM '/backup' WITH ENCRYPTION PASSWORD Password1",
    "SELECT 1 -- AND name='Password1'",
    "SELECT 1 /* AND name='Password1' */",
    'SELECT TRIM(BOTH FROM "Password1") FROM "t"',
  ])('from a statement: %s', (statement) => {
    expect(masker.attribute('db.query.text', statement)).not.toContain('Password1');
  });
});

describe('what only tells about a secret stays', () => {
  test.each([
    'credentials: same-origin / include',
    'jwt.sign({ id: 1 }, secret)',
    'sign(payload, "hello-world-text")',
    '{"jsonrpc":"1.0","method":"getblock","params":["00000000000000000000abcd"]}',
    '{"method":"login","params":{"user":"bob","remember":true}}',
    '{"method":"login","args":{"user":"bob"},"data":["a1b2c3d4"]}',
    '{"properties":{"password":{"type":"string","minLength":8}}}',
    '{"secret":{"secretName":"db-credentials","defaultMode":420}}',
    '{"token":{"type":"Bearer","expires_in":3600,"scope":"read"}}',
    '{"errors":{"password":["This password is too common."]}}',
    '{"forgotPassword":"Forgot password?"}',
    '{"resetPassword":"/auth/reset-password"}',
    'passwordLabel:"Password:",rememberMeLabel:"Remember me:"',
    '"MasterUserPassword: " + getX() + ","',
    'server.ssl.key-alias=tomcat',
    'keytool -keyalg RSA -alias x',
    'Das Passwort ist falsch',
    '{"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmb","e":"AQAB","kid":"2011-04-29"}',
  ])('%s', (text) => {
    expect(masker.text(text)).toBe(text);
  });

  test.each([
    '{"password":{"type":"string","default":"hunter2"}}',
    '{"password":{"type":"Zq8LmTvWnR4kPy7ab"}}',
    '{"password":["correct horse battery staple"]}',
    '{"otp":{"code":"482913"}}',
    '{"password":"/abc/def"}',
  ])('but not what else stands there: %s', (text) => {
    expect(masker.text(text)).not.toMatch(/hunter2|Zq8L|staple|482913|abc/);
  });

  test('unless a rule of the policy names it', () => {
    const own = createMasker({ extends: [], keys: ['password'] });
    expect(own.attribute('b', { password: { type: 'string' } })).toEqual({ password: '****' });
    expect(own.text('{"password":{"type":"string"}}')).toBe('{"password":"****"}');
  });

  test('whatever that rule is called', () => {
    const own = createMasker({ extends: [], keys: [{ pattern: 'password', name: 'default:pass' }] });
    expect(own.attribute('b', { password: { type: 'string' } })).toEqual({ password: '****' });
  });

  test('in a map as in a text', () => {
    const value = { password: { type: 'string' }, token: { v: 'abc' } };
    expect(masker.attribute('b', value)).toEqual({ password: { type: 'string' }, token: '****' });
  });
});

describe('numbers in groups are no phone numbers', () => {
  test.each([
    'DE89 A704 0044 0532 0130 00',
    'GT82 TRAJ 0102 0000 0012 1002 9691',
    'hex dump 0000 0001 0002 0003',
    '078-05-0000',
  ])('as in %s', (text) => {
    expect(createMasker({ extends: [], values: ['phone'] }).text(text)).toBe(text);
  });

  test.each([
    '020 7946 0958',
    '01 23 45 67 89',
    '10:00:01 020 7946 0958',
    'phone: 078-05-1120',
    '0161 496 0000 0161 496 0001',
  ])('but %s is one', (text) => {
    expect(createMasker({ extends: [], values: ['phone'] }).text(text)).not.toMatch(/\d{4}/);
  });
});

test.each([
  ['SELECT x FROM "schema"."table" WHERE a = "b"', 'SELECT x FROM "schema"."table" WHERE a = ?'],
  ['delete from "my table" where a = "b"', 'delete from "my table" where a = ?'],
  ['SELECT EXTRACT(YEAR FROM "2020-01-01")', 'SELECT EXTRACT(YEAR FROM ?)'],
  [`SELECT 1 /*route='orders',traceparent='00-ab'*/`, `SELECT ? /*route='orders',traceparent='00-ab'*/`],
  ['CREATE USER password PASSWORD x', 'CREATE USER password PASSWORD ?'],
  ['GRANT SELECT ON password TO admin', 'GRANT SELECT ON password TO admin'],
])('of a statement names stay, and literals go: %s', (statement, masked) => {
  expect(masker.attribute('db.query.text', statement)).toBe(masked);
});

describe('what a filter, a daemon or a listing says goes', () => {
  test.each([
    ["name eq 'bob' and password eq 'pebble'", "name eq 'bob' and password eq '****'"],
    ['password ne "pebble"', 'password ne "****"'],
    ["password LIKE 'pebble'", "password LIKE '****'"],
    ["password <> 'pebble'", "password <> '****'"],
    ["Failed password for bob with 'hunterZq8'", "Failed password for bob with '****'"],
    ['card 4356 3281 2613 7428 exp 09/27 cvc 789', 'card **** exp 09/27 cvc ****'],
    ['my card is 4356328126137428, cvv 392', 'my card is ****, cvv ****'],
    ['CVC 761', 'CVC ****'],
    [
      "secrets loaded: { stripe: 'Zq8XLgWNRH6Y', db: 'x9', count: 2 }",
      "secrets loaded: { stripe: '****', db: '****', count: 2 }",
    ],
    ["cookieSession({ keys: ['kJ8vQ2xN7mR4tW9yB3cF6hL1'] })", "cookieSession({ keys: ['****'] })"],
    [
      '  HOST      x\n  DB_PASSWORD           UTuIqfWCnrELAf\n',
      '  HOST      x\n  DB_PASSWORD           ****\n',
    ],
  ])('%s', (text, masked) => {
    expect(masker.attribute('note', text)).toBe(masked);
    expect(masker.attribute('note', masked)).toBe(masked);
  });

  test.each([
    [
      'url.full',
      "https://h/api?where=password%20eq%20'pebble-24'",
      "https://h/api?where=password%20eq%20'****'",
    ],
    [
      'url.full',
      "https://h/odata?$filter=Token eq 'pebble-24'&$top=1",
      "https://h/odata?$filter=Token eq '****'&$top=1",
    ],
  ])('%s: %s', (key, value, masked) => {
    expect(decodeURIComponent(String(masker.attribute(key, value)))).toBe(decodeURIComponent(masked));
  });

  test.each([
    'password eq null',
    "status eq 'active' and name ne 'x'",
    'the password is not like the others',
    'Failed password for invalid user admin from 10.0.0.1 port 22 ssh2',
    'ORA-28003: password verification for "BOB" failed',
    'The CVC of 3 words, and cvv check failed',
    'opencv 345, CSC 108',
    "secrets: { name: 'db-secret', type: 'Opaque' }",
    'DB_PASSWORD      is required',
    'API_KEY      Required\n',
  ])('but %s stays', (text) => {
    expect(masker.attribute('note', text)).toBe(text);
  });
});
