import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createMasker } from '../src/index.js';
import { maskWithDetector } from './content/fake-rules.js';

// A detector that nothing calls finds nothing: what the scan takes for clean, no detector may have a match in.

const masker = createMasker({ extends: ['default', 'pii'] });
const detectors = ['ip-address', 'mac-address', 'crypto-wallet'] as const;
const isFound = (text: string): boolean => detectors.some((name) => maskWithDetector(text, name) !== text);

const hex = (length: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdefABCDEF'), minLength: length, maxLength: length });
const octet = fc.nat(255).map(String);
const group = fc.integer({ min: 1, max: 4 }).chain(hex);
const joined = (part: fc.Arbitrary<string>, count: number, by: string): fc.Arbitrary<string> =>
  fc.array(part, { minLength: count, maxLength: count }).map((parts) => parts.join(by));
const shortened = fc
  .tuple(fc.array(group, { maxLength: 4 }), fc.array(group, { maxLength: 3 }))
  .map(([before, after]) => `${before.join(':')}::${after.join(':')}`);
// `::` alone is no one's address.
const address = fc
  .oneof(
    joined(octet, 4, '.'),
    joined(group, 8, ':'),
    shortened,
    shortened.map((prefix) => `${prefix}:192.0.2.1`),
    joined(hex(2), 6, ':'),
    joined(hex(2), 6, '-'),
    joined(hex(4), 3, '.'),
    hex(40).map((digits) => `0x${digits}`),
  )
  .filter((written) => written !== '::' && !written.includes(':::'));
const around = fc.constantFrom('', ' ', '"', '(', '=', '/', 'at ', ', ', '\n', '[', ']:80', '%20');

describe('an address of any kind', () => {
  test('is masked by a policy when its detector finds it', () => {
    fc.assert(
      fc.property(around, address, around, (before, written, after) => {
        const text = `${before}${written}${after}`;
        if (isFound(text)) expect(masker.text(text)).not.toContain(written);
      }),
      { numRuns: 3000 },
    );
  });

  test('is masked where it is a part of a URL', () => {
    fc.assert(
      fc.property(address, (written) => {
        const encoded = encodeURIComponent(written);
        if (isFound(written)) expect(masker.text(`https://h.example/a?ip=${encoded}`)).not.toContain(encoded);
      }),
      { numRuns: 1000 },
    );
  });
});
