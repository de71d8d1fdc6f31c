import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonicalSpan, isId, type Span } from '../src/index.js';
import { hexOf } from './requests.js';

const names = ['traceId', 'spanId', 'parentSpanId'] as const;
const digit = fc.constantFrom(...'0123456789abcdefABCDEF');
const id = fc
  .constantFrom(0, 15, 16, 17, 31, 32, 33)
  .chain((length) => fc.string({ unit: digit, minLength: length, maxLength: length }));
/** Digits of other scripts, and characters whose lowest byte is that of a digit, are none. */
const spoilt = fc
  .tuple(
    id,
    fc.constantFrom('g', '/', ':', '@', '`', 'G', 'İ', '\u0161', '\u0430', '１', '\0', '\ud800'),
    fc.nat(),
  )
  .map(
    ([text, odd, at]) =>
      text.slice(0, at % (text.length + 1)) + odd + text.slice((at % (text.length + 1)) + 1),
  );
const any = fc.oneof(id as fc.Arbitrary<unknown>, spoilt, fc.constantFrom(undefined, null, 7, {}));

describe('an id', () => {
  test('is so many hex digits, whatever was asked before it', () => {
    const questions = fc.array(fc.tuple(any, fc.constantFrom(...names)), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(questions, (asked) => {
        for (const [value, name] of asked) {
          const length = name === 'traceId' ? 32 : 16;
          const expected = typeof value === 'string' && new RegExp(`^[0-9a-fA-F]{${length}}$`).test(value);
          expect([isId(value, name), isId(value, name)]).toEqual([expected, expected]);
        }
      }),
      { seed: 20261129, numRuns: 2000 },
    );
  });

  test('is written as its bytes, also when it was asked about, or another one after it', () => {
    const traceId = fc.string({ unit: digit, minLength: 32, maxLength: 32 });
    const spanId = fc.string({ unit: digit, minLength: 16, maxLength: 16 });
    const asked = fc.array(fc.tuple(any, fc.constantFrom(...names)), { maxLength: 3 });
    fc.assert(
      fc.property(traceId, spanId, spanId, asked, (trace, own, parent, questions) => {
        isId(trace, 'traceId');
        isId(own, 'spanId');
        for (const [value, name] of questions) isId(value, name);
        fc.pre([trace, own, parent].every((text) => /[^0]/.test(text)));
        const span: Span = { traceId: trace, spanId: own, parentSpanId: parent };
        const expected = `0a10${trace}1208${own}2208${parent}7a00`.toLowerCase();
        expect(hexOf(canonicalSpan(span))).toBe(expected);
      }),
      { seed: 20261129, numRuns: 1000 },
    );
  });
});
