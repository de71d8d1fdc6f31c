import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hasSpecial } from '../src/content/control-characters.js';
import { readPolicy } from '../src/policy-reader.js';
import { planScan } from '../src/scan/scan-plan.js';
import { TRAIT_CONTROL, TRAIT_LINES } from '../src/text-traits.js';

test('a scan sees every character that may have to be written out', () => {
  const { scanner } = planScan(readPolicy({}));
  const sees = (text: string): boolean => (scanner.scan(text).traits & (TRAIT_CONTROL | TRAIT_LINES)) !== 0;
  for (let code = 0; code < 0x10000; code += 1) {
    const character = String.fromCharCode(code);
    if (hasSpecial(character))
      expect([code, sees(`a ${character}b`), sees(character.padStart(80))]).toEqual([code, true, true]);
  }
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (text) => {
      if (hasSpecial(text)) expect(sees(text)).toBe(true);
    }),
  );
  expect(sees('plain text, with everything that is seen: 1 2 3 ~{}|')).toBe(false);
});
