import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { RE2JS } from 're2js';
import { BacktrackingEngine } from '../src/backtracking-engine.js';
import { LinearEngine } from '../src/linear-engine.js';
import { compilePattern, type LinearPattern } from '../src/linear-pattern.js';
import type { PatternEngine } from '../src/pattern-engine.js';
import { translatePattern } from '../src/pattern-syntax.js';
import { readPatternTree } from '../src/pattern-tree.js';
import { leastMillis, NOISE } from './growth-of-time.js';

const atom = fc.constantFrom(
  ...[
    'a',
    'b',
    'k',
    'S',
    '=',
    '-',
    '1',
    ' ',
    '\\.',
    '.',
    '\\d',
    '\\w',
    '\\s',
    '\\S',
    '\\W',
    '[ab]',
    '[^a=]',
    '[0-9a-f]',
  ],
  ...['[k-s]', '[^\\s]', '[[:alpha:]]', 'a.*?a', '=[^b]*?=', '\\b', '\\x{6b}', 'é', '😀', '\\n'],
);
const quantifier = fc.constantFrom('', '', '', '', '?', '*', '+', '{2}', '{2,}', '{1,3}', '*?', '+?', '??');
const { pattern } = fc.letrec<{ pattern: string }>((tie) => {
  const group = fc
    .tuple(fc.constantFrom('(', '(?:', '(?i:', '(?s:'), tie('pattern'))
    .map(([open, inner]) => `${open}${inner})`);
  const item = fc.tuple(
    fc.oneof({ weight: 6, arbitrary: atom }, { weight: 1, arbitrary: group }),
    quantifier,
  );
  const sequence = fc.array(
    item.map(([of, times]) => (of === '\\b' ? of : of + times)),
    { minLength: 1, maxLength: 4 },
  );
  const alternatives = fc.array(
    sequence.map((parts) => parts.join('')),
    { minLength: 1, maxLength: 2 },
  );
  return {
    pattern: fc.oneof(
      { maxDepth: 2 },
      sequence.map((parts) => parts.join('')),
      alternatives.map((parts) => parts.join('|')),
    ),
  };
});
const edged = fc
  .tuple(fc.constantFrom('', '', '', '(?i)', '^', '(?s)'), pattern, fc.constantFrom('', '', '', '$'))
  .map((parts) => parts.join(''));
const piece = fc.constantFrom(
  'a',
  'b',
  'k',
  'K',
  's',
  'S',
  '=',
  '-',
  '1',
  '2',
  'f',
  ' ',
  '.',
  '\n',
  '\r',
  '\u2028',
  '\u00a0',
  'é',
  '\u212a',
  '\u017f',
  '😀',
  '\ud83d',
  '_',
);
const text = fc.array(piece, { maxLength: 14 }).map((parts) => parts.join(''));

function spans(engine: PatternEngine, given: string): (readonly (number | string | null)[])[] {
  const found: (readonly (number | string | null)[])[] = [];
  const matcher = engine.matcher(given);
  for (let from = 0; from <= given.length && matcher.find(from); ) {
    const groups = Array.from({ length: matcher.groupCount() }, (_, index) => matcher.group(index + 1));
    found.push([matcher.start(), matcher.end(), ...groups]);
    // Behind an empty match the search goes on at the next character, not inside of one.
    const isPair = (given.codePointAt(matcher.end()) ?? 0) > 0xffff;
    from = matcher.end() > matcher.start() ? matcher.end() : matcher.end() + (isPair ? 2 : 1);
  }
  return found;
}

/** The pattern as compiled, when it runs on V8. */
function onV8(source: string): LinearPattern | undefined {
  const compiled = compilePattern(source, { ignoreCase: false });
  return !('reason' in compiled) && compiled.engine instanceof BacktrackingEngine ? compiled : undefined;
}

const anyAtom = fc.oneof(
  { weight: 6, arbitrary: atom },
  {
    weight: 2,
    arbitrary: fc.constantFrom('\\B', '^', '$', '(?:)', '\\A', '\\z', '[^\\n]', '\\p{Lu}', '[à-þ]', '[^é]'),
  },
);
const { anyPattern } = fc.letrec<{ anyPattern: string }>((tie) => {
  const opening = fc.constantFrom('(', '(', '(?:', '(?i:', '(?m:', '(?s:', '(?U:', '(?i-s:');
  const group = fc.tuple(opening, tie('anyPattern')).map(([open, inner]) => `${open}${inner})`);
  const item = fc.oneof({ weight: 5, arbitrary: anyAtom }, { weight: 2, arbitrary: group });
  const times = fc.oneof(quantifier, fc.constantFrom('{0}', '{0,2}', '{3}', '{1,}?', '{2,4}?'));
  const sequence = fc.array(fc.tuple(item, times), { maxLength: 4 }).map((parts) => parts.flat().join(''));
  return {
    anyPattern: fc.oneof(
      { maxDepth: 3 },
      sequence,
      fc.array(sequence, { minLength: 2, maxLength: 3 }).map((parts) => parts.join('|')),
    ),
  };
});

describe('the linear engine', () => {
  test('finds what RE2 finds, with the same groups', () => {
    let compared = 0;
    const texts = fc.array(text, { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(anyPattern, fc.boolean(), texts, (source, ignoreCase, given) => {
        const translated = translatePattern(source);
        if ('reason' in translated) return;
        const tree = readPatternTree(translated.source, ignoreCase);
        const reference = compileReference(translated.source, ignoreCase);
        if (reference === TOO_LARGE) return;
        expect([source, 'reason' in tree]).toEqual([source, reference === undefined]);
        if ('reason' in tree || reference === undefined) return;
        const engine = new LinearEngine(tree);
        for (const one of given) {
          compared += 1;
          expect([source, one, spans(engine, one)]).toEqual([source, one, spans(reference, one)]);
          expect([source, one, engine.testExact(one)]).toEqual([source, one, reference.testExact(one)]);
          expect(engine.test(one)).toBe(reference.test(one));
        }
        expect(engine.groupCount()).toBe(reference.groupCount());
      }),
      { numRuns: 2000 },
    );
    expect(compared).toBeGreaterThan(2000);
  });
});

describe('the linear engine, where every character leads to a place that it has not been at', () => {
  // The letter 13 places before an x: as many states as there are texts of 13 letters.
  const source = '[ab]*a([ab]{12})x|(c+)';

  test('finds the same', () => {
    const reference = RE2JS.compile(source);
    const engine = engineOf(source);
    for (let seed = 1; seed <= 10; seed += 1) {
      const letters = manyLetters(seed, 3000);
      for (const given of [
        `${letters}x ${letters}`,
        `${letters}cc${letters}x`,
        letters.replaceAll('bab', 'xc'),
      ]) {
        expect(engine.test(given)).toBe(reference.test(given));
        expect(spans(engine, given)).toEqual(spans(reference, given));
      }
    }
  });

  test('finds the same without memory for more places', () => {
    // Nineteen letters have half a million states; memory is filled eight times after some eight thousand letters.
    const many = '[ab]*a([ab]{18})x|(c+)|bb(a+)d';
    const reference = RE2JS.compile(many);
    const engine = engineOf(many);
    for (const tail of [
      '',
      'x',
      'cc',
      'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaad',
      `${'a'.repeat(60)}b${'a'.repeat(18)}x`,
      'ccab',
    ]) {
      const given = `${manyLetters(7, 12_000)}${tail}${'b'.repeat(40)}${'a'.repeat(25)}${tail}`;
      expect([tail, spans(engine, given)]).toEqual([tail, spans(reference, given)]);
    }
  });

  test('takes linear time', () => {
    const engine = engineOf('[ab]*a[ab]{12}x');
    const millis = (letters: number) => leastMillis((text) => engine.test(text), manyLetters(1, letters));
    // Eight times the text: quadratic work would take sixty-four times as long.
    expect(millis(100_000)).toBeLessThan(NOISE + 16 * millis(12_500));
  });
});

/** Letters a and b in an order that a seed decides. */
function manyLetters(seed: number, count: number): string {
  let state = seed;
  return Array.from({ length: count }, () => {
    // xorshift32.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 1 ? 'a' : 'b';
  }).join('');
}

function engineOf(source: string): LinearEngine {
  const tree = readPatternTree(source, false);
  if ('reason' in tree) throw new Error(tree.reason);
  return new LinearEngine(tree);
}

/** RE2 counts to 1000, also over repetitions in repetitions. */
const TOO_LARGE = Symbol('too large');

function compileReference(source: string, ignoreCase: boolean): RE2JS | typeof TOO_LARGE | undefined {
  try {
    return RE2JS.compile(source, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
  } catch (error) {
    return /repeat count|too large/.test(String(error)) ? TOO_LARGE : undefined;
  }
}

describe('a pattern that runs on V8', () => {
  test('finds what the linear engine finds', () => {
    let compared = 0;
    fc.assert(
      fc.property(edged, fc.array(text, { minLength: 6, maxLength: 6 }), (source, texts) => {
        const compiled = onV8(source);
        const translated = translatePattern(source);
        if (compiled === undefined || 'reason' in translated) return;
        const linear = RE2JS.compile(translated.source);
        for (const given of texts) {
          compared += 1;
          expect([source, spans(compiled.engine, given)]).toEqual([source, spans(linear, given)]);
          expect(compiled.covers(given)).toBe(linear.testExact(given));
          expect(compiled.test(given)).toBe(linear.test(given));
        }
      }),
      { numRuns: 1500 },
    );
    expect(compared).toBeGreaterThan(1000);
  });

  test('is one whose time is known', () => {
    const quick = [
      'ORD-[0-9]{8}',
      'token=[^&\\s]+',
      '(?i)key: "([^"]*)"',
      '\\bpin[= ](\\d{4})\\b',
      '^a+b',
      '(?:user|client)_id=\\w+',
      '"ssn":\\s*"(.*?)"',
    ];
    expect(quick.filter((source) => onV8(source) === undefined)).toEqual([]);
    const slow = [
      '\\d+x',
      '(a+)+$',
      ' *, *',
      '[a-z]+@x',
      'a.*b.*c',
      '(a|b)*c',
      'x[ax]*b',
      '\\s+$',
      'a[0-9]+\\b',
      'a[^b]*b[^c]*c',
      'a(.*?)b',
      '"x":(.*?)"y',
      '(?m)^a',
      'a[ab]{0,40}b',
    ];
    expect(slow.filter((source) => onV8(source) !== undefined)).toEqual([]);
  });

  test('takes linear time on any text', () => {
    fc.assert(
      fc.property(
        edged,
        fc.array(
          fc.array(piece, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')),
          { minLength: 1, maxLength: 3 },
        ),
        (source, pumps) => {
          const compiled = onV8(source);
          if (compiled === undefined) return;
          for (const pump of pumps) {
            const given = pump.repeat(Math.ceil(20_000 / pump.length));
            // A quadratic one takes seconds.
            const millis = leastMillis((text) => spans(compiled.engine, text), given);
            expect([source, pump, millis > NOISE]).toEqual([source, pump, false]);
          }
        },
      ),
      { numRuns: 600 },
    );
  });
});
