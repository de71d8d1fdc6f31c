import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createMasker, PolicyError } from '../../src/index.js';

const masker = createMasker();
const LEFT = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;
const LEFT_IN_LINES =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]|\r(?!\n)/;

describe('control characters of a name or a text of one line', () => {
  test.each([
    ['GET /\n2026-01-01 ERROR forged', 'GET /\\n2026-01-01 ERROR forged'],
    ['a\r\nb\tc', 'a\\r\\nb\\tc'],
    ['\u001b[31mred\u001b[0m', '\\u001b[31mred\\u001b[0m'],
    ['a\u0000b\u007fc\u009bd', 'a\\u0000b\\u007fc\\u009bd'],
    ['access\u202e level \u2066x\u2069', 'access\\u202e level \\u2066x\\u2069'],
    ['a\u2028b\u2029c', 'a\\u2028b\\u2029c'],
    ['{\n  "a": 1\n}', '{   "a": 1 }'],
  ])('%j become %j', (text, escaped) => {
    expect(masker.text(text)).toBe(escaped);
    expect(masker.text(escaped)).toBe(escaped);
  });

  test('are written out in attributes of one line, and in keys and names', () => {
    expect(
      masker.attributes({
        'a\nb': 'x\ny',
        'http.route': '/x\ny',
        'enduser.id': ['p\nq'],
        'k8s.pod': { 'k\n': 'v\n' },
        'exception.message': 'm\nn',
      }),
    ).toEqual({
      'a\\nb': 'x\ny',
      'http.route': '/x\\ny',
      'enduser.id': ['p\\nq'],
      'k8s.pod': { 'k\\n': 'v\n' },
      'exception.message': 'm\nn',
    });
  });

  test('stay in bytes, and so do escapes in JSON and texts without any', () => {
    const attributes = {
      bytes: new Uint8Array([0, 10, 27, 65]),
      json: '{"a":"x\\ny\\u001b"}',
      text: 'caf\u00e9 \u{1f600}',
    };
    expect(masker.attributes(attributes)).toBe(attributes);
  });
});

describe('text of many lines', () => {
  test.each([
    'exception.stacktrace',
    'db.query.text',
    'db.statement',
    'http.request.body',
    'messaging.message.body',
    'log.record.original',
    'gen_ai.input.messages',
    'graphql.source',
    'code.stacktrace',
  ])('in %s keeps line ends and tabs, and nothing else', (key) => {
    const text = 'a\n\tb\r\nc';
    expect(masker.attributes({ [key]: text })).toEqual({ [key]: text });
    expect(masker.attributes({ [key]: 'a\u001b[mx\n\u202eb\u0000\rc' })).toEqual({
      [key]: 'a\\u001b[mx\n\\u202eb\\u0000\\rc',
    });
  });

  test('is known by its content where it is JSON, in an attribute', () => {
    const pretty = JSON.stringify({ a: [1, 2], b: 'x' }, null, 2);
    expect(masker.attributes({ note: pretty })).toEqual({ note: pretty });
    expect(masker.attributes({ 'http.route': '{\nforged' })).toEqual({ 'http.route': '{\\nforged' });
  });
});

describe('a secret that characters of no width part', () => {
  test.each([
    'pass\u0000word=hunter2',
    '\u001b[33mpassword\u001b[39m=\u001b[32mhunter2\u001b[39m',
    'pass\u200bword: hunter2',
    'api\u00ad_key=hunt\u2060er2',
    "{ password: \u001b[32m'hunter2'\u001b[39m }",
    'Authorization: Bearer hun\u202eter2xyz',
  ])('%j is found', (text) => {
    for (const masked of [
      masker.text(text),
      String(masker.attributes({ 'exception.stacktrace': text })['exception.stacktrace']),
    ]) {
      expect(masked.replace(/\\u[0-9a-f]{4}/g, '')).not.toMatch(/hunter2|hunt|ter2/);
      expect(masker.text(masked)).toBe(masked);
    }
  });

  test('is found by its shape too', () => {
    expect(masker.text('card 4111\u200b1111\u00001111\u202e1111')).toBe('card ****');
    expect(masker.text('AKIAIOSFODNN7EXAMPLE\u0000abc')).toBe('****\\u0000abc');
  });
});

test('the policy says whether they are written out; without the preset default they stay', () => {
  const text = 'a\nb';
  expect(createMasker({ controlCharacters: 'keep' }).text(text)).toBe(text);
  expect(createMasker({ extends: [] }).text(text)).toBe(text);
  expect(createMasker({ extends: 'lumigo' }).text(text)).toBe(text);
  expect(createMasker({ extends: [], controlCharacters: 'escape' }).text(text)).toBe('a\\nb');
  expect(createMasker({ extends: 'strict' }).text(text)).toBe('a\\nb');
  expect(() => createMasker({ controlCharacters: 'strip' as 'keep' })).toThrow(PolicyError);
});

test('for any text, none is left, twice is once, and a text without any is the same reference', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc
      .array(
        fc.constantFrom(
          '\u001b[1m',
          '\n',
          '\r',
          '\t',
          '\u0000',
          '\u202e',
          '\u2028',
          '\u200b',
          'password',
          '=',
          '"',
          '{',
          '}',
          ':',
          ' ',
          'a1b2c3d4',
          '\\n',
          '4111',
          ',',
          '[',
          "'",
        ),
        { maxLength: 16 },
      )
      .map((pieces) => pieces.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const once = masker.text(text);
      expect(once).not.toMatch(LEFT);
      expect(masker.text(once)).toBe(once);
      const key = 'exception.stacktrace';
      const lines = masker.attributes({ [key]: text });
      expect(lines[key]).not.toMatch(LEFT_IN_LINES);
      expect(masker.attributes(lines)).toBe(lines);
    }),
    { numRuns: 2000 },
  );
});
