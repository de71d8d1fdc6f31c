import { expect, test } from '@jest/globals';
import { WordFinder } from '../src/scan/word-finder.js';

const finder = new WordFinder([
  ['login ', 'pass '],
  ['set', 'create\t'],
  ['key 0 ', ': eap "'],
]);

test.each([
  ['', 0],
  ['nothing of it', 0],
  ['a Login now', 1],
  ['CREATE\tx', 2],
  ['offset', 2],
  ['key 7 x', 4],
  ['x: EAP "loginset', 6],
  ['pass set : eap "', 7],
])('of %j, these lists have a word in it: %i', (text, bits) => {
  expect(finder.find(text)).toBe(bits);
});

test.each([16_381, 16_384, 32_767, 50_000])('a word at %i is found in a long text', (place) => {
  const text = `${'x'.repeat(place)}login `.padEnd(70_000, 'y');
  expect(finder.find(text)).toBe(1);
});

test('a word is found beside characters of other scripts', () => {
  expect(finder.find('\u5bc6\u7801 pass \u{1f511}set')).toBe(3);
});
