import { describe, expect, test } from '@jest/globals';
import { maskFreeText } from '../../src/content/free-text.js';
import { FakeRules } from './fake-rules.js';

const rules = new FakeRules();

describe('a text loses the secret, and keeps the rest', () => {
  test.each([
    ['failed for hunter2 password=hunter2', 'failed for **** password=****'],
    ['bad password hunter2-thrown', 'bad password ****'],
    ['password=hunter2, user=bob', 'password=****, user=bob'],
    ['(password=hunter2)', '(password=****)'],
    ['Password: hunter2.', 'Password: ****.'],
    ['password: hunter', 'password: ****'],
    ['"token" "abcdef"', '"token" "****"'],
    ["the password was 'hunter2'", "the password was '****'"],
    ['pwd is hunter2', 'pwd is ****'],
    ['api key: abcdef', 'api key: ****'],
    ['--token abcdef --verbose', '--token **** --verbose'],
    ['etsy_TOKEN ?= "abc" SNYK_TOKEN ::= "def"', 'etsy_TOKEN ?= "****" SNYK_TOKEN ::= "****"'],
    ['password => "it\\"s"', 'password => "****"'],
    ['{\\"password\\":\\"hunter2\\",\\"a\\":1}', '{\\"password\\":\\"****\\",\\"a\\":1}'],
    ["user['password'] = 'x'", "user['password'] = '****'"],
    ['credentials: { user: "a", pw: "b" } end', 'credentials: **** end'],
    ['%70assword=hunter2', '%70assword=****'],
    ['password%3Dhunter2%26a%3Db', 'password%3D****%26a%3Db'],
    ['password=hunter2\\nnext', 'password=****\\nnext'],
    ['Authorization: Bearer abc.def x', 'Authorization: **** x'],
    ["curl -H 'Authorization: Api-Token a1b2c3d4' x", "curl -H 'Authorization: ****' x"],
    ['Authorization: Digest username="a", response="b"\nnext', 'Authorization: ****\nnext'],
    ['header Bearer xyz', 'header Bearer ****'],
    ['Cookie: a=b; c=d\nnext', 'Cookie: a=****; c=****\nnext'],
    ['<password>x</password><user>y</user>', '<password>****</password><user>y</user>'],
    ['<wsse:Password Type="T">x</wsse:Password>', '<wsse:Password Type="T">****</wsse:Password>'],
    ['<secret><![CDATA[a<b]]></secret>', '<secret><![CDATA[****]]></secret>'],
    ['<secret>\n  <![CDATA[a<b]]>\n</secret>', '<secret>\n  <![CDATA[****]]>\n</secret>'],
    ['<password>hunter2', '<password>****'],
    ['<add key="Password" value="x" />', '<add key="Password" value="****" />'],
    ['postgres://admin:hunter2@db:99999/x failed', 'postgres://****:****@db:99999/x failed'],
    ['Server=h;User Id=sa;Password=x;Database=d', 'Server=h;User Id=sa;Password=****;Database=d'],
    ['AccountName=n;AccountKey=abc==;EndpointSuffix=e', 'AccountName=n;AccountKey=****;EndpointSuffix=e'],
    ['jdbc:oracle:thin:scott/tiger@//h:1521/x', 'jdbc:oracle:thin:****/****@//h:1521/x'],
    ['see (https://h/reset/tok-SECRET?code=1234).', 'see (https://h/reset/****?code=****).'],
    ['GET /reset/tok-SECRET', 'GET /reset/****'],
    ['GET /cb?code=999111&x=1', 'GET /cb?code=****&x=1'],
    ['?code=999111&x=1', '?code=****&x=1'],
  ])('%j', (text, masked) => {
    expect(maskFreeText(text, rules)).toBe(masked);
    expect(maskFreeText(masked, rules)).toBe(masked);
  });
});

describe('a text without secrets stays as it is', () => {
  test.each([
    'password must not be empty',
    'token expired',
    'secret not found',
    'Token count2 is odd',
    'password is incorrect, token: expired, secret: null, password=true?',
    'Unexpected token < in JSON at position 0',
    'SyntaxError: Unexpected token: foo',
    'invalid token: Unexpected end of JSON input',
    'connect ECONNREFUSED token-service:3000',
    'at Object.login (/app/token.js:31:332)',
    'at async getToken (file:///app/password/reset/index.mjs:10:5)',
    'at Token.parse (webpack:///./src/token.ts:5:3)',
    'key: abc123, code: 404, exit code 127',
    'GET /users/{id}/reset/:token',
    'secret "my-db-secret" not found',
    'password hash sha256, 8-character password 8-character minimum',
    'Bearer token expired, the bearer of bad news',
    'user 550e8400-e29b-41d4-a716-446655440000 not found at 2024-01-15T12:34:56.789Z',
    'std::token::parse(a ? b : c)',
    'use --token to pass a token, or --password-file /etc/x',
    'authorization: header missing',
    'listening on http://localhost:3000/health',
    '<token> is a placeholder: login <user> <password> now',
  ])('%j', (text) => {
    expect(maskFreeText(text, rules)).toBe(text);
  });
});

test('every line of a stack trace is read, and its frames survive', () => {
  const frames = [
    '    at login (<app>/db.cjs:31:332)',
    '    at <install>/node_modules/graphql/execution/execute.js:1272:36',
  ];
  const trace = ['Error: failed for hunter2 password=hunter2', ...frames, 'caused by: token=abc123'].join(
    '\n',
  );
  expect(maskFreeText(trace, rules)).toBe(
    ['Error: failed for **** password=****', ...frames, 'caused by: token=****'].join('\n'),
  );
});

test('a common word is no echo', () => {
  expect(maskFreeText('admin failed, password=admin', rules)).toBe('admin failed, password=****');
});

test.each(['[hidden, value]', '<x>', '$&', 'a=b', '"', ''])(
  'the mask %j is put in as it is and never split',
  (mask) => {
    const own = new FakeRules(mask);
    const masked = maskFreeText('password=hunter2 token: abc123', own);
    expect(masked).toBe(`password=${mask} token: ${mask}`);
    expect(maskFreeText(masked, own)).toBe(masked);
  },
);
