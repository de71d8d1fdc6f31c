import { expect } from '@jest/globals';
import { createMasker } from '../../src/index.js';

const masker = createMasker({ controlCharacters: 'keep' });

/** Of a secret, nothing is left of a text, as a value of its own and as a message; and to mask it again changes nothing. */
export function expectGone(text: string, secret: string): void {
  for (const mask of [
    (given: string) => masker.text(given),
    (given: string) => String(masker.attribute('exception.message', given)),
  ]) {
    const masked = mask(text);
    for (let at = 0; at + 6 <= secret.length; at += 1) expect(masked).not.toContain(secret.slice(at, at + 6));
    expect(mask(masked)).toBe(masked);
  }
}

/** A text stays as it is. */
export function expectKept(text: string): void {
  expect(masker.text(text)).toBe(text);
  expect(masker.attribute('exception.message', text)).toBe(text);
}
