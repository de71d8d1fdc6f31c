import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeJsonString, decodeNested, encodeNested } from '../../src/content/json-string.js';

describe('the inside of a JSON string', () => {
  test('is decoded as JSON.parse does', () => {
    const inside = fc.oneof(
      fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text).slice(1, -1)),
      fc
        .array(fc.constantFrom('\\\\', '\\/', '\\"', '\\b', '\\n', '\\u0041', '\\uD83D', '\\ude00', 'u', 'x'))
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(inside, (raw) => {
        expect(decodeJsonString(raw)).toBe(JSON.parse(`"${raw}"`));
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['a\\', 'a\\'],
    ['\\u', '\\u'],
    ['\\u00', '\\u00'],
    ['\\u00e', '\\u00e'],
    ['\\u00g1x', '\\u00g1x'],
    ['\\u\\u0041', '\\uA'],
    ['\\y41\\q', 'y41q'],
    ['\\\\\\', '\\\\'],
  ])('keeps an escape that is cut off, and the sign behind an unknown one: %s', (raw, decoded) => {
    expect(decodeJsonString(raw)).toBe(decoded);
  });

  test('comes back from any nesting', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(3), (text, times) => {
        expect(decodeNested(encodeNested(text, times), times)).toBe(text);
      }),
    );
  });
});
