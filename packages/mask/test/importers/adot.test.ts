import { describe, expect, test } from '@jest/globals';
import { type Attributes, createMasker, fromAdot } from '../../src/index.js';
import { cpuMillisOf } from '../cpu-time.js';
import { vectorCases } from '../vector-file.js';

interface SpanBags {
  readonly [bag: string]: Attributes;
}

const list = (names: string) => fromAdot({ AWS_REDACT_SPAN_ATTRIBUTES: names });

describe("the distro's own cases", () => {
  test.each(vectorCases('adot-redaction'))('$id', ({ config, input, expect: expected }) => {
    const { env } = config as { env: Record<string, string> };
    const masker = createMasker(fromAdot(env));
    const bags = input as SpanBags;
    const wanted = (expected['unchanged'] === true ? bags : expected['equals']) as SpanBags;
    for (const [bag, attributes] of Object.entries(bags)) {
      const masked = masker.attributes(attributes);
      expect(masked).toEqual(wanted[bag]);
      expect(masker.attributes(masked)).toBe(masked);
      if (expected['unchanged'] === true) expect(masked).toBe(attributes);
    }
  });
});

test('without the variable nothing is masked', () => {
  const attributes = { 'user.email': 'user@example.com', password: 'x' };
  expect(createMasker(fromAdot({})).attributes(attributes)).toBe(attributes);
});

test('case and separators matter', () => {
  const masker = createMasker(list('user.Email'));
  const attributes = { 'user.email': 'a', user_Email: 'b', 'user.Email': 'c' };
  expect(masker.attributes(attributes)).toEqual({ ...attributes, 'user.Email': 'REDACTED' });
});

test('a value of any type becomes the text', () => {
  const values = { a: 'x', b: 5, c: true, d: null, e: '', f: ['x', 1], g: { h: 1 }, i: new Uint8Array(2) };
  const masked = createMasker(list('*')).attributes(values);
  expect(Object.values(masked)).toEqual(Object.keys(values).map(() => 'REDACTED'));
});

test('a name nested in a value is none of its names', () => {
  const attributes = { body: '{"password":"x"}', text: 'password=x', nested: { password: 'x' } };
  expect(createMasker(list('password')).attributes(attributes)).toBe(attributes);
});

test('a question mark is itself', () => {
  const masker = createMasker(list('a.?,b.*.?'));
  expect(masker.attributes({ 'a.?': 1, 'a.b': 1, 'b.c.?': 1, 'b.c.d': 1 })).toEqual({
    'a.?': 'REDACTED',
    'a.b': 1,
    'b.c.?': 'REDACTED',
    'b.c.d': 1,
  });
});

test('many stars take linear time', () => {
  const masker = createMasker(list(`${'*a'.repeat(40)}*b`));
  const key = 'a'.repeat(200_000);
  expect(cpuMillisOf(() => masker.attribute(key, 'x'))).toBeLessThan(100);
});
