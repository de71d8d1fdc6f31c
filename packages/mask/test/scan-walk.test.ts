import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { startsWord } from '../src/detectors/character-set.js';
import { openWordWalk } from '../src/scan/compiled-walk.js';
import { hitPlaces } from '../src/scan/hit-places.js';
import { ScriptWalk } from '../src/scan/script-walk.js';
import { TextScanner } from '../src/scan/text-scanner.js';
import type { TriggerWord } from '../src/scan/trigger-word.js';
import { WordAutomaton } from '../src/scan/word-automaton.js';
import { isNameWord, opensWord } from '../src/scan/word-edges.js';
import { FOREIGN, MOST_CHARACTERS, STATE_BITS, type WordWalk } from '../src/scan/word-walk.js';
import { TRAIT_BASE64_RUN, TRAIT_IBAN, TRAIT_NAME, TRAIT_TOKEN } from '../src/text-traits.js';

const triggers: readonly TriggerWord[] = [
  ...['pass', 'password', 's', '@', '0000-00', 'token'].map((word) => ({ word, traits: TRAIT_NAME })),
  ...['pan', 'use ', 'ssn', 'assword'].map((word) => ({ word, traits: TRAIT_NAME, place: 'word' as const })),
  ...['\\n', 'tor'].map((word) => ({ word, traits: TRAIT_NAME, place: 'capital' as const })),
  ...['a3t', 'ghp_', '9-'].map((word) => ({ word, traits: TRAIT_NAME, place: 'start' as const })),
  ...['pat', 'ordtoken', 'ak-'].map((word) => ({ word, traits: TRAIT_NAME, place: 'opening' as const })),
];
const words = triggers.map(({ word }) => word);
const automaton = new WordAutomaton(words);
const places = hitPlaces(triggers, automaton.endings, 8);
const anywhere = new Uint8Array(places.length);

const notesOf = (walk: WordWalk, text: string): unknown => {
  const notes: unknown[] = [];
  for (let from = 0; from < text.length; from += MOST_CHARACTERS) {
    walk.walk(text.slice(from, from + MOST_CHARACTERS), from === 0, FOREIGN.test(text));
    notes.push(
      [...walk.hits.subarray(0, walk.hitCount)],
      [...walk.runs.subarray(0, walk.runCount)],
      walk.controls,
    );
  }
  return notes;
};

/** What can stand before and behind a word, and makes it a part of another one or leaves it a word. */
const around = ['e', 'E', '9', '_', ' ', '\\n', '%3D', '%3', '\\', '\u00e9', '\u0161'];

describe('a walk in WebAssembly notes what a walk in JavaScript notes', () => {
  const compiled = openWordWalk(automaton, places);
  const script = new ScriptWalk(automaton, places);
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
      fc.constantFrom(...words, 'PassWord', '1234-56', 'x'.repeat(40), '/+9aZ'.repeat(8), ...around),
      fc.string({ unit: 'binary', maxLength: 20 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => same(pieces.join(''))),
      { numRuns: 2000 },
    );
  });

  test('wherever a word is a part of another one', () => {
    for (const word of words)
      for (const before of ['', ...around])
        for (const behind of ['', ...around])
          for (const filler of ['', 'x', '. '.repeat(40)])
            for (const spelled of [word, word.toUpperCase(), word[0]?.toUpperCase() + word.slice(1)])
              same(`${filler}${before}${spelled}${behind}${filler}`);
  });

  test('across its pieces', () => {
    for (let before = MOST_CHARACTERS - 12; before < MOST_CHARACTERS + 4; before += 1)
      same(`${'.'.repeat(before)}password ${'ab1'.repeat(20)}`);
  });
});

test('a walk passes over no word that is a word of a name', () => {
  const all = openWordWalk(automaton, anywhere);
  const meant = openWordWalk(automaton, places);
  const isMeant = ({ word, place }: TriggerWord, text: string, end: number): boolean => {
    const start = end - word.length;
    if (place === 'start') return startsWord(text, start);
    if (place === 'capital') return !/[a-z]/.test(text.charAt(end - 1));
    return place === undefined || (place === 'word' ? isNameWord(text, start, end) : opensWord(text, start));
  };
  const piece = fc.constantFrom(...words, ...around, 'Pan', 'PAN', 'x');
  let passed = 0;
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      const [before] = notesOf(all, text) as [number[]?];
      const [after] = notesOf(meant, text) as [number[]?];
      for (const hit of before ?? []) {
        if (after?.includes(hit)) continue;
        passed += 1;
        for (const index of automaton.endings[hit & 0xffff] ?? [])
          expect(isMeant(triggers[index] as TriggerWord, text, hit >>> STATE_BITS)).toBe(false);
      }
    }),
    { numRuns: 2000 },
  );
  expect(passed).toBeGreaterThan(100);
});

describe.each([
  ['WebAssembly', openWordWalk],
  ['JavaScript', (automaton: WordAutomaton, places: Uint8Array) => new ScriptWalk(automaton, places)],
])('a scan by %s', (_name, open) => {
  const scanner = new TextScanner([{ word: 'password', traits: TRAIT_NAME }], open);

  test('tells where words and runs end, in order', () => {
    const token = 'aB3'.repeat(8);
    const text = `a password, then ${token}, then ${'k9/+'.repeat(10)} and a password`;
    const end = text.indexOf(token);
    const places = [10, end + 16, end + 24, text.indexOf(' and'), text.length];
    expect(scanner.scan(text)).toEqual({
      traits: TRAIT_NAME | TRAIT_TOKEN | TRAIT_IBAN | TRAIT_BASE64_RUN,
      ends: places,
      places: places.length,
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

  test('sees a word beside a foreign character whose low byte is a letter', () => {
    const names = new TextScanner(
      [{ word: 'ssn', traits: TRAIT_NAME, place: 'word', check: isNameWord }],
      open,
    );
    for (const foreign of ['\u0161', '\u{10061}']) {
      expect(names.scan(`${foreign}ssn`).ends).toEqual([foreign.length + 3]);
      expect(names.scan(`ssn${foreign}`).ends).toEqual([3]);
      expect(names.scan(`${foreign}lessn`).ends).toEqual([]);
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

  test('sees a word behind an escape that begins in the piece before', () => {
    const names = new TextScanner(
      [{ word: 'cred', traits: TRAIT_NAME, place: 'word', check: isNameWord }],
      open,
    );
    for (const escaped of ['%3D', '\\n'])
      for (let before = MOST_CHARACTERS - 4; before <= MOST_CHARACTERS; before += 1)
        expect(names.scan(`${'.'.repeat(before)}${escaped}cred=`).traits).toBe(TRAIT_NAME);
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
