import { describe, expect, test } from '@jest/globals';
import { maskCommandLine } from '../../src/content/command-line.js';
import { maskFreeText } from '../../src/content/free-text.js';
import { maskHeaderText } from '../../src/content/header-text.js';
import { maskNamedPairs } from '../../src/content/named-pairs.js';
import { maskQueryText } from '../../src/content/query-text.js';
import { maskRedisText } from '../../src/content/redis-text.js';
import { maskSqlText } from '../../src/content/sql-text.js';
import { maskUrlText } from '../../src/content/url-text.js';
import type { ContentRules } from '../../src/content-rules.js';
import { builtInDetectors } from '../../src/detectors/built-in-detectors.js';
import { EVERYWHERE } from '../../src/scan/text-scan.js';
import { growsTooFast, leastMillis, NOISE } from '../growth-of-time.js';
import { textTraits } from '../traits.js';

const rules: ContentRules = {
  mask: '****',
  maskForName: (name) => (/pass|token|secret/i.test(name.slice(-64)) ? '****' : undefined),
  mayMask: (name) => /pass|token|secret/i.test(name.slice(-64)),
  judgesWords: () => true,
  marksOf: () => EVERYWHERE,
  maskText: (value) => maskFreeText(value, rules),
};

const PLAIN = [
  'a',
  '1',
  ' ',
  '=',
  ':',
  '@',
  '%',
  '/',
  '"',
  "'",
  '\\',
  '<',
  '-',
  '.',
  '+',
  '$',
  '{',
  '\n',
  '\u00e9',
  '\ud800',
];
const TEXTS = [
  ...[
    'password=',
    'password:',
    'password ',
    'password="',
    "password='",
    'password={',
    'password: :',
    'x: :',
    '://',
    'a://',
  ],
  ...[
    'a=',
    'a:',
    'a="',
    'a=\\"',
    'a://a:b@',
    'http://u:p@h/',
    '/reset/',
    '?a=',
    'a;',
    '%3D',
    'u=http://x?',
    'u=http%3A%2F%2Fx%3F',
  ],
  ...[
    '<a>',
    '<a ',
    '<password>',
    '<password>x',
    'Bearer ',
    'Authorization: ',
    'Cookie: a=b; ',
    'token is ',
    'curl -u ',
    '--password ',
  ],
  ...[
    '$$',
    '$a$',
    '--',
    '/*',
    "E'\\",
    "'a",
    '0x',
    '{0-',
    'SET k v\n',
    'HSET a b c\n',
    '*2\n$4\n',
    '*2\n$4\nAUTH\n$9\n',
    'password=ab1cd ab1cd ',
  ],
];
const VALUES = [
  ...[
    'a@',
    '@',
    'a%40',
    '%40',
    'a@b.c',
    '"a"@',
    'eyJ',
    'eyJhbGciOiJI.',
    'xoxb-',
    'sk-',
    'Q~',
    'a1bQ~',
    '12345678:AA',
    'SK0',
  ],
  ...[
    '-----BEGIN ',
    '-----BEGIN PRIVATE KEY-----',
    '-----END ',
    'bearer a1 ',
    'Basic YTpi ',
    'DE89 3704 ',
    'AKIA',
    '4111 ',
    '4111-1111-',
  ],
  ...['123-45-', '123-45-6789', '+1 415 ', '1.', '1:', '::', '1.1.1.1', 'a://', '://a:b/', 'abcdefghij1/'],
];

function expectLinear(run: (text: string) => unknown, seeds: readonly string[]): void {
  for (const seed of seeds) {
    expect({ seed, slow: growsTooFast(run, seed, 2000) }).toEqual({ seed, slow: false });
  }
}

describe('time grows with the length of the text', () => {
  test.each([...builtInDetectors.values()])('in the detector $name', (detector) => {
    expectLinear((text) => detector.find(text, () => undefined), [...PLAIN, ...VALUES]);
  });

  test.each<readonly [string, (text: string) => unknown]>([
    ['the traits', textTraits],
    ['free text', (text) => maskFreeText(text, rules)],
    ['URLs', (text) => maskUrlText(`https://h/${text}`, rules)],
    ['queries', (text) => maskQueryText(text, rules)],
    ['SQL', (text) => maskSqlText(`select ${text}`, { dialect: 'postgresql' }, rules)],
    ['MySQL', (text) => maskSqlText(`select ${text}`, { dialect: 'mysql' }, rules)],
    ['Redis commands', (text) => maskRedisText(text, rules)],
    ['command lines', (text) => maskCommandLine(text, rules)],
    ['cookies', (text) => maskHeaderText('set-cookie', text, rules)],
  ])('in %s', (_, run) => {
    expectLinear(run, [...PLAIN, ...TEXTS]);
  });
});

/** Beginnings of tokens and the characters that start a word anew, though they belong to the tokens' own alphabets. */
const PREFIXES =
  'eyJ eyJhbGciOiJI eyJrIjoi -----eyJ ops_eyJ sk sk- sk-proj ghp github_pat glpat xoxb xapp AKIA ASIA A AC SK AIza ya29 hvs. SG dapi dop_v1 npm pat re t1 v1.0 ' +
  'a1bQ~ A3- xoxb- sgp_ EAAA ZXlK v4.local. abcdefghijklmnopqrstuvw. 911602140448729| key=a1b2c3d4 key=a1b2c3d4= "a1b2c3d4 token:\u00a0a1b2c3d4 cloudflare=a1b2c3d4e5f6g7 curl\u00a0-u\u00a0a:b mysql\u00a0a\u00a0-p docker\u00a0login\u00a0a kind:\u00a0secret\n data:\n\u00a0a: 123456\u00a0is\u00a0your\u00a0code otp\u00a0code\u00a0is 1aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa bc1q 0x 00:1A: ssn123456789 a:b@tcp( 12345678:AA 12345678901234.atlasv1. bearer Bearer\u00a0a Basic -----BEGIN -----BEGIN\u00a0PRIVATE a@ a%40 4111 DE89 123-45 1.1 a://';
const SEPARATORS = ['-', '_', '.', '/', '+', '='];

/** Thirty-two thousand characters take at most a tenth of a second; walking them again from each candidate takes a second. */
function expectQuick(run: (text: string) => unknown, units: readonly string[]): void {
  const slow = units.filter((unit) => {
    const text = unit.repeat(Math.ceil(32_768 / unit.length));
    return leastMillis(run, text) >= 3 * NOISE;
  });
  expect(slow).toEqual([]);
}

test('a run of characters is walked once, however many tokens may begin in it', () => {
  const detectors = [...builtInDetectors.values()];
  const units = PREFIXES.replaceAll('\u00a0', ' ')
    .split(' ')
    .flatMap((prefix) => SEPARATORS.map((separator) => prefix + separator));
  expectQuick((text) => {
    for (const detector of detectors) detector.find(text, () => undefined);
  }, units);
});

test('what was read once in a text is not read again from the next name', () => {
  expectQuick(
    (text) => maskFreeText(text, rules),
    [
      ...[
        'cookie: %',
        'cookie: -H "::',
        'set-cookie: ,',
        'cookie: [',
        'cookie: ["',
        'cookie: "',
        '"cookie: ',
      ],
      ...['a: |\n ', 'password: |\n ', 'password:\n x', "password=N'", "f=('", '%2526', 'a%253D', '%22'],
      ...['(?a', ',?a', '[?a', "(?a'", '<a><![CDATA[', '<a><![CDATA[x'],
    ],
  );
  expectQuick((text) => maskNamedPairs(text, rules), ['a=', 'a:', 'a="', "a='", 'a= ']);
});
