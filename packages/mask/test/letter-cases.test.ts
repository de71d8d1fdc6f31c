import { describe, expect, test } from '@jest/globals';
import { complement } from '../src/char-set.js';
import { foldCase } from '../src/letter-cases.js';

/** Every code point that V8 takes for a case of a letter. */
function casesInV8(code: number): number[] {
  const pattern = new RegExp(`^\\u{${code.toString(16)}}$`, 'iu');
  const cases: number[] = [];
  for (let other = 0; other <= 0x1ffff; other += 1) {
    if (pattern.test(String.fromCodePoint(other))) cases.push(other);
  }
  return cases;
}

function codesOf(set: ReturnType<typeof foldCase>): number[] {
  return set.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, index) => from + index));
}

describe('a letter in any case', () => {
  test.each([...'akKsSſẞßéÅåıİςΣµͅᾳᾼꭰᎠǅ𐐀𞤢Ωω'])(
    '%s is every letter that Unicode folds to the same',
    (letter) => {
      const code = letter.codePointAt(0) ?? 0;
      expect(codesOf(foldCase([[code, code]]))).toEqual(casesInV8(code));
    },
  );

  test('of a range is every case of all in it', () => {
    const greek = codesOf(foldCase([[0x3b1, 0x3c9]])).map((code) => String.fromCodePoint(code));
    expect(greek.filter((letter) => !/[α-ω]/iu.test(letter))).toEqual([]);
    expect(greek).toEqual(expect.arrayContaining(['Α', 'Ω', 'ϴ', 'ς', 'µ', '\u2126']));
  });

  test('of all but one letter is all letters that are no case of it, and its cases', () => {
    expect(foldCase(complement([[0xe9, 0xe9]]))).toEqual([[0, 0x10ffff]]);
    expect(complement(foldCase([[0xe9, 0xe9]]))).toEqual(complement(foldCase([[0xc9, 0xc9]])));
  });
});
