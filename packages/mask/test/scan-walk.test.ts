import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { openWordWalk } from '../src/scan/compiled-walk.js';
import { ScriptWalk } from '../src/scan/script-walk.js';
import { TextScanner } from '../src/scan/text-scanner.js';
import { WordAutomaton } from '../src/scan/word-automaton.js';
import { MOST_CHARACTERS, type WordWalk } from '../src/scan/word-walk.js';
import { TRAIT_BASE64_RUN, TRAIT_IBAN, TRAIT_NAME, TRAIT_TOKEN } from '../src/text-traits.js';

const words = ['pass', 'password', 'assword', 'ssn', 's', '@', '0000-00', 'ordtoken', 'token'];
const automaton = new WordAutomaton(words);

const notesOf = (walk: WordWalk, text: string): unknown => {
  const notes: unknown[] = [];
  for (let from = 0; from < text.length; from += MOST_CHARACTERS) {
    walk.walk(text.slice(from, from + MOST_CHARACTERS), from === 0);
    notes.push(
      [...walk.hits.subarray(0, walk.hitCount)],
      [...walk.runs.subarray(0, walk.runCount)],
      walk.controls,
    );
  }
  return notes;
};

describe('a walk in WebAssembly notes what a walk in JavaScript notes', () => {
  const compiled = openWordWalk(automaton);
  const script = new ScriptWalk(automaton);
  const same = (text: string): void => expect(notesOf(compiled, text)).toEqual(notesOf(script, text));

  test('and is what this engine runs', () => {
    expect(compiled).not.toBeInstanceOf(ScriptWalk);
  });

  test('wherever a word stands', () => {
    for (const length of [20, 63, 64, 65, 80, 127, 200, 333])
      for (let at = 0; at + 8 <= length; at += 1)
        same('passwordtoken'.padStart(at + 13, '.').padEnd(length, '.'));
  });

  test('however long a run is, and wherever it ends', () => {
    for (let run = 14; run < 90; run += 1)
      for (let at = 0; at < 18; at += 1)
        for (const fill of ['a1', '/a']) same(`${'.'.repeat(at)}${fill.repeat(45).slice(0, run)}`);
  });

  test('in any text', () => {
    const piece = fc.oneof(
      fc.constantFrom(...words, 'PassWord', '1234-56', 'x'.repeat(40), '/+9aZ'.repeat(8)),
      fc.string({ unit: 'binary', maxLength: 20 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => same(pieces.join(''))),
      { numRuns: 2000 },
    );
  });

  test('across its pieces', () => {
    for (let before = MOST_CHARACTERS - 12; before < MOST_CHARACTERS + 4; before += 1)
      same(`${'.'.repeat(before)}password ${'ab1'.repeat(20)}`);
  });
});

describe.each([
  ['WebAssembly', openWordWalk],
  ['JavaScript', (automaton: WordAutomaton) => new ScriptWalk(automaton)],
])('a scan by %s', (_name, open) => {
  const scanner = new TextScanner([{ word: 'password', traits: TRAIT_NAME }], open);

  test('tells where words and runs end, in order', () => {
    const token = 'aB3'.repeat(8);
    const text = `a password, then ${token}, then ${'k9/+'.repeat(10)} and a password`;
    const end = text.indexOf(token);
    expect(scanner.scan(text)).toEqual({
      traits: TRAIT_NAME | TRAIT_TOKEN | TRAIT_IBAN | TRAIT_BASE64_RUN,
      ends: [10, end + 16, end + 24, text.indexOf(' and'), text.length],
    });
  });

  test('sees where a foreign character ends a run, whatever its low byte looks like', () => {
    const [token, key] = ['aB3'.repeat(8), 'k9/+'.repeat(10)];
    // Their low bytes are `A`, `z`, `/` and `7`.
    for (const foreign of ['\u0141', '\u4e7a', '\u4e2f', '\uff37', '\u{10041}']) {
      for (const around of ['', foreign]) {
        expect(scanner.scan(`${around}${token}${foreign}`).traits & TRAIT_TOKEN).toBe(TRAIT_TOKEN);
        expect(scanner.scan(`${around}${key}${foreign}`).traits & TRAIT_BASE64_RUN).toBe(TRAIT_BASE64_RUN);
        expect(scanner.scan(`${foreign}${key}${around}`).traits & TRAIT_BASE64_RUN).toBe(TRAIT_BASE64_RUN);
      }
    }
  });

  test('sees what lies across two pieces', () => {
    for (const before of [MOST_CHARACTERS - 1, MOST_CHARACTERS - 9, MOST_CHARACTERS - 15]) {
      const space = '. '.repeat(before).slice(0, before - 1);
      expect(scanner.scan(`${space} aB3aB3aB3aB3aB3aB3 `).traits).toBe(TRAIT_TOKEN | TRAIT_IBAN);
      expect(scanner.scan(`${space} ${'k9/+'.repeat(10)} `).traits).toBe(TRAIT_BASE64_RUN);
      expect(scanner.scan(`${space} password `).traits).toBe(TRAIT_NAME);
    }
  });

  test('takes time by the length of a run that never ends', () => {
    const scan = (length: number): number => {
      const text = 'a'.repeat(length);
      const start = process.hrtime.bigint();
      scanner.scan(text);
      return Number(process.hrtime.bigint() - start);
    };
    const times = Array.from({ length: 5 }, () => [scan(200_000), scan(1_600_000)] as const);
    const [short, long] = [0, 1].map((index) => Math.min(...times.map((pair) => pair[index] ?? 0)));
    expect((long ?? 0) / (short ?? 1)).toBeLessThan(24);
  });
});
