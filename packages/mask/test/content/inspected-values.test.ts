import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../../src/index.js';

const masker = createMasker();

/** Twice is once. */
function expectMasked(text: string, masked: string): void {
  for (const key of ['exception.stacktrace', 'exception.message']) {
    expect(masker.attribute(key, text)).toBe(masked);
    expect(masker.attribute(key, masked)).toBe(masked);
  }
}

describe('in an object that Node prints, a member names the value of the one beside it', () => {
  test.each([
    ["{ path: 'password', value: 'Tr0ub4dor3' }", "{ path: 'password', value: '****' }"],
    ["{\n  path: 'password',\n  value: 'Tr0ub4dor3'\n}", "{\n  path: 'password',\n  value: '****'\n}"],
    ["{\n  property: 'password',\n  value: 'x9!kQz'\n}", "{\n  property: 'password',\n  value: '****'\n}"],
    ["{\n  param: 'password',\n  value: `it's 7`\n}", "{\n  param: 'password',\n  value: `****`\n}"],
    ["{\n  path: [ 'password' ],\n  value: 'x9!kQz'\n}", "{\n  path: [ 'password' ],\n  value: '****'\n}"],
    ["{\n  value: 'x9!kQz',\n  path: [ 'a', 'pin' ]\n}", "{\n  value: '****',\n  path: [ 'a', 'pin' ]\n}"],
    ["{\n  value: 'x9!kQz',\n  name: 'password'\n}", "{\n  value: '****',\n  name: 'password'\n}"],
    [
      "{\n  name: 'password',\n  type: 'NVarChar',\n  length: 12,\n  value: 'x9!kQz'\n}",
      "{\n  name: 'password',\n  type: 'NVarChar',\n  length: 12,\n  value: '****'\n}",
    ],
    [
      "{\n  name: 'password',\n  schema: { type: 'string' },\n  value: 'x9!kQz'\n}",
      "{\n  name: 'password',\n  schema: { type: 'string' },\n  value: '****'\n}",
    ],
    ["{\n  path: '$input.pin',\n  value: 'x9!kQz'\n}", "{\n  path: '$input.pin',\n  value: '****'\n}"],
    ["Error: x {\n  path: 'password',\n  value: 'x9!kQz", "Error: x {\n  path: 'password',\n  value: '****"],
    [
      "{ value: 'Tr0ub4dor3', path: 'password', branch: [ 'a', 'Tr0ub4dor3' ] }",
      "{ value: '****', path: 'password', branch: [ 'a', '****' ] }",
    ],
  ])('%j', expectMasked);

  test.each([
    ["{ op: 'add', path: '/password', value: 'x9' }", "{ op: 'add', path: '/password', value: '****' }"],
    [
      "{ kind: 'E', path: [ 'password' ], lhs: 'x9', rhs: 'y8' }",
      "{ kind: 'E', path: [ 'password' ], lhs: '****', rhs: '****' }",
    ],
    [
      "{ type: 'userPassword', values: [ 'x9', 'y8' ] }",
      "{ type: 'userPassword', values: [ '****', '****' ] }",
    ],
    [
      "{\n  attribute: 'userPassword',\n  vals: [ 'x9' ]\n}",
      "{\n  attribute: 'userPassword',\n  vals: [ '****' ]\n}",
    ],
    ["{ kty: 'oct', k: 'kY7vR2mQx9LpZ4wT8nB1cD6fG3hJ5sA' }", "{ kty: 'oct', k: '****' }"],
    [
      "{\n  kty: 'RSA',\n  n: 'kY7vR2mQx9LpZ4wT8nB1cD6fG3hJ5sAz',\n  e: 'AQAB',\n  d: 'Zk9_qT-4vXw2LmN8kY7vR2mQx9LpZ4wT'\n}",
      "{\n  kty: 'RSA',\n  n: 'kY7vR2mQx9LpZ4wT8nB1cD6fG3hJ5sAz',\n  e: 'AQAB',\n  d: '****'\n}",
    ],
  ])('also in patches, differences, entries of LDAP and keys: %j', expectMasked);

  test.each([
    [
      "[ { name: 'city', value: 'Paris' }, { name: 'token', value: 'x9' } ]",
      "[ { name: 'city', value: 'Paris' }, { name: 'token', value: '****' } ]",
    ],
    [
      "{ a: Param { name: 'city', value: 'Paris' }, b: Param { name: 'token', value: 'x9' } }",
      "{ a: Param { name: 'city', value: 'Paris' }, b: Param { name: 'token', value: '****' } }",
    ],
    [
      "[\n  {\n    value: 'Paris',\n    type: 'text',\n    name: 'city'\n  },\n  {\n    value: 'x9',\n    type: 'text',\n    name: 'token'\n  }\n]",
      "[\n  {\n    value: 'Paris',\n    type: 'text',\n    name: 'city'\n  },\n  {\n    value: '****',\n    type: 'text',\n    name: 'token'\n  }\n]",
    ],
    [
      "\"password\" is invalid: [ { value: 'Tr0ub4dor3' }, { value: 'Tr0ub4dor4' } ]",
      "\"password\" is invalid: [ { value: '****' }, { value: '****' } ]",
    ],
  ])('and not the value in another object: %j', expectMasked);

  test.each([
    "{\n  path: 'city',\n  value: 'Paris'\n}",
    "{\n  type: 'password',\n  name: 'city'\n}",
    "{\n  path: 'password',\n  value: undefined\n}",
    "{\n  code: 'invalid_type',\n  expected: 'string',\n  received: 'number',\n  path: [ 'token' ],\n  message: 'Expected string, received number'\n}",
    "{\n  message: 'password is required',\n  path: [ 'password' ],\n  type: 'any.required',\n  context: { label: 'password', key: 'password' }\n}",
    "{ type: 'Property', key: { type: 'Identifier', name: 'password' }, value: { type: 'Literal', value: 'abc' } }",
    "{ kty: 'RSA', n: 'kY7vR2mQx9LpZ4wT8nB1cD6fG3hJ5sAz', e: 'AQAB' }",
    "{ d: 'kY7vR2mQx9LpZ4wT', unit: 'km', password: [Getter] }",
  ])('what names no secret, or has none, stays: %j', (text) => expectMasked(text, text));
});

describe('what Node prints around a value hides nothing', () => {
  test.each([
    ["{ password: [Getter: 'Tr0ub4dor3'] }", "{ password: [Getter: '****'] }"],
    ["{ password: [Getter/Setter: 'lovecoffee'] }", "{ password: [Getter/Setter: '****'] }"],
    ['{ password: <Buffer 68 75 6e 74>, n: 1 }', '{ password: <Buffer ****>, n: 1 }'],
    ['{ token: <Buffer 68 75 6e ... 20 more bytes> }', '{ token: <Buffer ****> }'],
    ['{ password: Buffer(4) [Uint8Array] [ 104, 117 ], n: 1 }', '{ password: ****, n: 1 }'],
    ['{ password: Uint8Array(2) [\n    104, 117,\n    ... 9 more items\n  ]\n}', '{ password: ****\n}'],
  ])('%j', expectMasked);

  test.each([
    '{ password: [Getter], token: [Getter/Setter], secret: [Object], pin: [Function: x] }',
    '{ body: <Buffer 68 75 6e 74>, list: Uint8Array(2) [ 104, 117 ] }',
  ])('and where nothing of it is printed, nothing goes: %s', (text) => expectMasked(text, text));

  test('the colours that JSON writes out part no name from its value', () => {
    expectMasked(
      JSON.stringify({ message: "{ password: \u001b[32m'Tr0ub4dor3'\u001b[39m, n: \u001b[33m1\u001b[39m }" }),
      JSON.stringify({ message: "{ password: \u001b[32m'****'\u001b[39m, n: \u001b[33m1\u001b[39m }" }),
    );
    const plain = JSON.stringify({
      message: "{ city: \u001b[32m'Paris'\u001b[39m }, password: \u001b[90mundefined",
    });
    expectMasked(plain, plain);
  });
});

describe('the item behind the head of a part is its value', () => {
  const head = (name: string): string => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`;
  const written = (name: string): string => head(name).replaceAll('\r\n', '\\r\\n');

  test('in a list that Node prints on one line, and nothing else of it', () => {
    const list = (value: string): string =>
      `_streams: [ '${written('password')}', '${value}', [Function: bound ], '${written('city')}', 'Paris' ] failed`;
    expectMasked(list('lovecoffee'), list('****'));
  });

  test('in one over several lines', () => {
    const long = (name: string): string => written(name).replaceAll(/\\r\\n(?=.)/g, "\\r\\n' +\n        '");
    const list = (value: string): string =>
      `_streams: [\n      '${long('city')}',\n      'Paris',\n      [Function: bound ],\n      '${long('password')}',\n      '${value}',\n      [Function: bound ]\n    ]`;
    expectMasked(list('lovecoffee'), list('****'));
  });

  test('in JSON', () => {
    const list = (value: string): string =>
      JSON.stringify({ _streams: [head('city'), 'Paris', null, head('password'), value, null] });
    expectMasked(list('lovecoffee'), list('****'));
  });
});

describe('what is asked for, counted or stated in an object that Node prints stays', () => {
  test.each([
    '{ projection: { password: 0, token: 1 } }',
    '{"projection":{"name":1,"password":0}}',
    "{ token: { '$exists': true, '$ne': null } }",
    'Response Metadata(key: 3, version: 6)',
  ])('%s', (text) => expectMasked(text, text));

  test.each([
    ["{ token: { '$eq': 'lovecoffee' } }", '{ token: **** }'],
    ['{ login: { pin: 1 } }', '{ login: { pin: **** } }'],
    [
      "{\n  query: 'INSERT INTO p(n) VALUES ($1)',\n  parameters: [ 'Chair' ],\n  code: 'E1'\n}",
      "{\n  query: 'INSERT INTO p(n) VALUES ($1)',\n  parameters: ****,\n  code: 'E1'\n}",
    ],
    [
      "{ sql: 'SELECT * FORM users WHERE id = 3', sqlState: '42000' }",
      "{ sql: 'SELECT * FORM users WHERE id = ?', sqlState: '42000' }",
    ],
  ])('and a secret or a literal goes: %j', expectMasked);
});

describe('console.table', () => {
  const table = (secret: string): string =>
    `┌─────────┬──────────┐\n│ (index) │ password │\n├─────────┼──────────┤\n│ 0       │ '${secret}' │\n└─────────┴──────────┘`;

  test('has its secrets below their name', () => {
    expectMasked(table('Tr0ub4dor3'), table('****'));
    expectMasked(table('lovecoffee'), table('****'));
  });

  test('or in the rows that have their names', () => {
    const rows = (secret: string): string =>
      `┌──────────┬────────┐\n│ (index) │ Values │\n├──────────┼────────┤\n│ city │ 'Paris' │\n│ password │ '${secret}' │\n└──────────┴────────┘`;
    expectMasked(rows('lovecoffee'), rows('****'));
  });

  test('and keeps the rest', () => {
    const text = table('Paris').replace('password', 'city    ');
    expectMasked(text, text);
  });
});
