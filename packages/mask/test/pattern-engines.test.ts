import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { RE2JS } from 're2js';
import { BacktrackingEngine } from '../src/backtracking-engine.js';
import { compilePattern, type LinearPattern } from '../src/linear-pattern.js';
import type { PatternEngine } from '../src/pattern-engine.js';
import { translatePattern } from '../src/pattern-syntax.js';
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

function spans(engine: PatternEngine, given: string): (readonly [number, number, string | null])[] {
  const found: (readonly [number, number, string | null])[] = [];
  const matcher = engine.matcher(given);
  for (let from = 0; from <= given.length && matcher.find(from); ) {
    found.push([matcher.start(), matcher.end(), matcher.groupCount() > 0 ? matcher.group(1) : null]);
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
