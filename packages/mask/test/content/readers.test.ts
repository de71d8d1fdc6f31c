import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { maskCommandArguments, maskCommandLine } from '../../src/content/command-line.js';
import { maskFreeText } from '../../src/content/free-text.js';
import { maskHeaderText } from '../../src/content/header-text.js';
import { maskQueryText } from '../../src/content/query-text.js';
import { maskRedisText } from '../../src/content/redis-text.js';
import { maskSqlText } from '../../src/content/sql-text.js';
import { maskUrlText } from '../../src/content/url-text.js';
import type { ContentRules } from '../../src/content-rules.js';
import { vectorCases } from '../vector-file.js';
import { FakeRules } from './fake-rules.js';

type Reader = (text: string, rules: ContentRules) => string;

const READERS: readonly (readonly [name: string, read: Reader])[] = [
  ['free text', maskFreeText],
  ['URL', maskUrlText],
  ['query', maskQueryText],
  ['SQL', (text, rules) => maskSqlText(text, {}, rules)],
  ['PostgreSQL', (text, rules) => maskSqlText(text, { dialect: 'postgresql' }, rules)],
  ['MySQL', (text, rules) => maskSqlText(text, { dialect: 'mysql' }, rules)],
  ['Redis', maskRedisText],
  ['command line', maskCommandLine],
  ['cookies', (text, rules) => maskHeaderText('Cookie', text, rules)],
  ['Set-Cookie', (text, rules) => maskHeaderText('Set-Cookie', text, rules)],
];

const PIECES = [
  'password',
  'token',
  'hunter2',
  '=',
  ':',
  ' ',
  '"',
  "'",
  '\\',
  '://',
  '@',
  '/',
  '?',
  '&',
  ';',
  '%3D',
  '%',
  '<',
  '>',
  '{',
  '}',
  '[',
  ']',
  '\n',
  '****',
  'select ',
  'SET ',
  'reset',
  '--',
  '/*',
  '$$',
  'Bearer ',
  '\ud800',
  '\u0000',
];
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 24 }).map((pieces) => pieces.join('')),
);

describe.each(READERS)('on any text, the reader of %s', (_, read) => {
  test('never throws, and gives the same reference when nothing changed', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const masked = read(text, new FakeRules());
        if (masked === text) expect(Object.is(masked, text)).toBe(true);
        expect(masked.length).toBeLessThanOrEqual(text.length * 5 + 16);
      }),
      { numRuns: 500 },
    );
  });

  test('leaves prose alone', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('user', 'found', 'in', 'the', 'list'), { maxLength: 8 }),
        (words) => {
          const text = words.join(' ');
          if (!/cookie|redis/i.test(_)) expect(read(text, new FakeRules())).toBe(text);
        },
      ),
    );
  });
});

describe('recorded spans', () => {
  const readerOf = (attribute: string, input: string): Reader => {
    if (attribute === 'url.query') return maskQueryText;
    if (/^(?:url\.|http\.(?:url|target))/.test(attribute)) return maskUrlText;
    if (!attribute.startsWith('db.') || attribute === 'db.url') return (text, rules) => rules.maskText(text);
    return /^(?:eval|set|get) /i.test(input) ? maskRedisText : (text, rules) => maskSqlText(text, {}, rules);
  };
  const rows = vectorCases('span-texts').filter(
    ({ attribute }) => !String(attribute).startsWith('messaging.'),
  );

  test.each(rows)('$id, $where $attribute', ({ input, attribute, expect: expected }) => {
    const rules = new FakeRules();
    const masked = Array.isArray(input)
      ? maskCommandArguments(input, rules).join('\n')
      : readerOf(String(attribute), String(input))(String(input), rules);
    for (const secret of expected['absent'] as readonly string[]) expect(masked).not.toContain(secret);
  });
});
