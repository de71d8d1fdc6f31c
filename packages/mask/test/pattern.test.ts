import { describe, expect, test } from '@jest/globals';
import { createMasker, type Policy, PolicyError } from '../src/index.js';
import { cpuMillis } from './cpu-time.js';
import { vectorCases } from './vector-file.js';

const byName = (pattern: string, name: string, unsafe = false): boolean =>
  createMasker({ extends: [], keys: [{ pattern, unsafe }] }).attribute(name, 'v') === '****';
const inText = (pattern: string, text: string, replace?: string): string =>
  createMasker({
    extends: [],
    values: [{ name: 'x', pattern, ...(replace === undefined ? {} : { replace }) }],
  }).text(text);

function reason(policy: Policy): string {
  try {
    createMasker(policy);
  } catch (error) {
    if (error instanceof PolicyError) return error.faults.map(({ got }) => got).join();
    throw error;
  }
  return 'none';
}

describe('a pattern in the spelling of another language', () => {
  test.each<[string, string, string]>([
    ['(?i)abc', 'xABCx', 'ab'],
    ['(?s)a.b', 'a\nb', 'ab'],
    ['(?m)^b$', 'a\nb\nc', 'abc'],
    ['(?im)^B', 'a\nb', 'ab'],
    ['x(?i:ab)', 'xAB', 'XAB'],
    ['(?-i)ab', 'ab', 'AB'],
    ['(?u)é', 'é', 'e'],
    ['(?P<year>[0-9]{4})-', '2024-', '24-'],
    ['(?<year>[0-9]{4})-', '2024-', '24-'],
    ["(?'year'[0-9]{4})-", '2024-', '24-'],
    ['(?#a comment)ab', 'ab', 'acomment'],
    ['\\Aab', 'abc', 'cab'],
    ['ab\\z', 'cab', 'abc'],
    ['ab\\Z', 'cab', 'abc'],
    ['[[:alpha:]]{3}', 'abc', 'ab1'],
    ['[[:^digit:]]$', '12x', 'x12'],
    ['\\Qa.b\\E', 'xa.bx', 'aXb'],
    ['\\Q(a', '(a', 'a'],
    ['a{,2}b$', 'aab', 'aac'],
    ['^a{,2}b$', 'aab', 'aaab'],
    ['\\p{Lu}\\p{L}', 'É1Éa'.slice(2), '1a'],
    ['\\p{Script=Greek}', 'αβγ', 'abc'],
    ['\\p{IsAlphabetic}2', 'é2', '-2'],
    ['^\\P{L}$', '1', 'a'],
    ['\\u0041b', 'Ab', 'Bb'],
    ['\\u{1F600}', '😀', '😁'],
    ['\\ud83d\\ude00', '😀', '😁'],
    ['\\x41\\x{42}', 'AB', 'BA'],
    ['a\\cIb', 'a\tb', 'ab'],
    ['a\\0b', 'a\0b', 'ab'],
    ['a\\eb', 'a\x1bb', 'aeb'],
    ['a\\Rb', 'a\r\nb', 'aRb'],
    ['a\\sb', 'a\u00a0b', 'asb'],
    ['a[^\\S]b', 'a\u2003b', 'aSb'],
    ['[\\w-.]z', '-z', '+z'],
    ['[a-\\d]z', '-z', 'bz'],
    ['[^]z', '\nz', 'z'],
    ['[[a]z', '[z', 'bz'],
    ['a{b}', 'a{b}', 'ab'],
    ['\\/\\-\\_\\@', '/-_@', '/-_'],
    ['[\\b]x', '\bx', 'bx'],
  ])('%j hits %j and not %j', (pattern, hit, miss) => {
    // Names are matched in any case, so a pattern about case is one for text.
    const sensitive = /^\(\?-|\\p\{Lu|\(\?i:/.test(pattern);
    const hits = (text: string): boolean =>
      sensitive ? inText(pattern, text) !== text : byName(pattern, text);
    expect([hits(hit), hits(miss)]).toEqual([true, false]);
  });

  test.each<[string, string]>([
    ['a(?=b)', 'look-around, which no linear-time engine can do'],
    ['a(?!b)', 'look-around, which no linear-time engine can do'],
    ['(?<=a)b', 'look-around, which no linear-time engine can do'],
    ['(?<!a)b', 'look-around, which no linear-time engine can do'],
    ['(a)\\1', 'a back-reference, which no linear-time engine can do'],
    ['(?<a>b)\\k<a>', 'a back-reference, which no linear-time engine can do'],
    ['(?P<a>b)(?P=a)', 'a back-reference, which no linear-time engine can do'],
    ['(a)\\g{1}', 'a back-reference, which no linear-time engine can do'],
    ['(?>a)b', 'an atomic group, which no linear-time engine can do'],
    ['a++b', 'a possessive quantifier, which no linear-time engine can do'],
    ['a{2}+b', 'a possessive quantifier, which no linear-time engine can do'],
    ['(a)(?(1)b|c)', 'a conditional, which no linear-time engine can do'],
    ['\\((?R)?\\)', 'a recursion, which no linear-time engine can do'],
    ['(a)(?1)', 'a recursion, which no linear-time engine can do'],
    ['(*FAIL)a', 'a control verb'],
    ['(?x)a b', 'free spacing (the flag x)'],
    ['(?L)a', 'a flag of unknown meaning'],
    ['a\\hb', 'an escape of unknown meaning, or that languages read differently'],
    ['\\Ga', 'an escape of unknown meaning, or that languages read differently'],
    ['\\p{Nope}', 'a Unicode property of unknown name'],
    ['a{3,2}', 'a count whose ends are out of order'],
    ['[a', 'no valid regular expression (missing closing ])'],
    ['(a', 'no valid regular expression (missing closing ))'],
    ['a\\', 'no valid regular expression (trailing backslash)'],
    ['a)', 'no valid regular expression (unexpected ))'],
    ['*a', 'no valid regular expression (missing argument to repetition operator)'],
    ['a**', 'no valid regular expression (invalid nested repetition operator)'],
    ['a{2}{3}', 'no valid regular expression (invalid nested repetition operator)'],
    ['[z-a]', 'no valid regular expression (invalid character class)'],
    ['(?<a-b>c)', 'no valid regular expression (invalid named capture)'],
    ['(?<a>b)(?<a>c)', 'no valid regular expression (duplicate capture group name)'],
    ['(?i)', 'an empty pattern'],
    ['a[]', 'a pattern that can never match (an empty class)'],
    ['a^b', 'a pattern that can never match (text before ^ or after $)'],
  ])('%j is refused for its reason', (pattern, expected) => {
    expect(reason({ extends: [], keys: [pattern] })).toBe(expected);
  });
});

describe('a pattern that is large', () => {
  test('is refused when it nests deeper than RE2 goes', () => {
    const nested = (depth: number): string => `${'('.repeat(depth)}a${')'.repeat(depth)}`;
    expect(inText(nested(1000), 'cab')).toBe('c****b');
    expect(reason({ extends: [], keys: [nested(1001)] })).toBe(
      'no valid regular expression (expression nests too deeply)',
    );
  });

  test('is refused when it cannot be written out', () => {
    expect(reason({ extends: [], keys: [`(?:${'ab?c*|'.repeat(4000)}d)`] })).toBe(
      'a pattern that is too large',
    );
    expect(reason({ extends: [], keys: ['a'.repeat(100_001)] })).toBe(
      'no valid regular expression (expression is too large)',
    );
  });

  test('counts exactly up to thousands, and further masks more, not less', () => {
    expect(inText('(?:ab){1200}', 'ab'.repeat(1199))).toBe('ab'.repeat(1199));
    expect(inText('(?:ab){1200}', 'ab'.repeat(1201))).toBe('****ab');
    expect(inText('(?:ab){2,200000}c', 'ababc')).toBe('****');
  });
});

describe('a value rule', () => {
  test('replaces all that its pattern covers, runs of anything at its ends included', () => {
    expect(inText('pw:.*', 'a pw: hunter2')).toBe('a ****');
    expect(inText('.*secret.*', 'one\na secret b\ntwo')).toBe('one\n****\ntwo');
    expect(inText('.*', 'all of it')).toBe('****');
    expect(inText('(?i)PW:.*?;', 'pw: x; y')).toBe('**** y');
  });

  test('replaces by groups, with numbers and with names', () => {
    expect(inText('(?<key>id)=(?P<digits>[0-9]+)', 'id=77', '$<key>=<$2>')).toBe('id=<77>');
    expect(inText('(a)(b)c', 'abc', '$20$$1')).toBe('b0$1');
    expect(reason({ values: [{ name: 'x', pattern: '(a)', replace: '$<nope>' }] })).toBe('another group');
    expect(reason({ values: [{ name: 'x', pattern: '(a)', replace: '$<__proto__>' }] })).toBe(
      'another group',
    );
  });
});

describe('an unsafe pattern', () => {
  test('does what no linear-time engine can', () => {
    expect(byName('^(?!public_).*_id$', 'user_id', true)).toBe(true);
    expect(byName('^(?!public_).*_id$', 'public_id', true)).toBe(false);
    expect(byName('(?i)(?P<x>.)(?P=x)\\Z', 'abB', true)).toBe(true);
    expect(byName('(?i)(?P<x>.)(?P=x)\\Z', 'abc', true)).toBe(false);
    const masker = createMasker({
      extends: [],
      values: [{ name: 'x', pattern: '(?<=pin: )(?<pin>\\d+)', replace: '<$<pin>>', unsafe: true }],
    });
    expect(masker.text('the pin: 1234 and 5678')).toBe('the pin: <1234> and 5678');
  });

  test('never passes what it was not allowed to read', () => {
    const long = `${'x'.repeat(1100)} pin: 1234`;
    const values = [{ name: 'x', pattern: '(?<=pin: )\\d+', unsafe: true }] as const;
    expect(createMasker({ extends: [], values }).text(long)).toBe('****');
    expect(createMasker({ extends: [], values: [{ ...values[0], replace: '<$&>' }] }).text(long)).toBe(
      '****',
    );
    expect(createMasker({ extends: [], values: [{ ...values[0], action: 'keep' }] }).text(long)).toBe(long);
    expect(byName('(?<=a)b', 'z'.repeat(1100), true)).toBe(true);
    // A pattern that the linear engine takes has no cap.
    expect(byName('ab', 'z'.repeat(1100), true)).toBe(false);
  });

  test('is refused like any other when it is no regular expression', () => {
    expect(reason({ keys: [{ pattern: '(?=a', unsafe: true }] })).toContain('look-around');
    expect(reason({ keys: [{ pattern: 'a++', unsafe: true }] })).toContain('possessive');
  });
});

describe('a pattern on 100 kB of hostile text', () => {
  test.each(
    vectorCases('redos-regexes').map(({ id, input, attack }) => ({ id, input, attack })) as {
      id: string;
      input: { regex: string; flags: string };
      attack: { prefix: string; pump: string; suffix: string };
    }[],
  )('takes little time as a value rule: $id', ({ input, attack }) => {
    const { prefix, pump, suffix } = attack;
    const text = prefix + pump.repeat(Math.ceil(100_000 / pump.length)) + suffix;
    const pattern = input.flags.includes('i') ? `(?i)${input.regex}` : input.regex;
    const masker = createMasker({ extends: [], values: [{ name: 'x', pattern }] });
    const bare = createMasker({ extends: [] });
    const times = [1, 2, 3].map(() => timeOf(() => masker.text(text)) - timeOf(() => bare.text(text)));
    expect(Math.min(...times)).toBeLessThan(50);
  });

  test.each(['a[^b]*b|a', '(a.*b)?a', '(?:a+)+b|a', 'a(?:.*?b)?', '(a{500}|a)', '(?:a|b)+c|a'])(
    'takes linear time for all matches together: %s',
    (pattern) => {
      const masker = createMasker({ extends: [], values: [{ name: 'x', pattern }] });
      expect(timeOf(() => masker.text('a'.repeat(40_000)))).toBeLessThan(2000);
      const clean = `${'a'.repeat(20)} `.repeat(20);
      expect(masker.text(clean)).not.toContain('a');
    },
  );
});

function timeOf(run: () => void): number {
  const start = cpuMillis();
  run();
  return cpuMillis() - start;
}
