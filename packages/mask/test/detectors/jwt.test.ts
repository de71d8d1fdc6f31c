import { expect, test } from '@jest/globals';
import { maskWithDetector } from '../content/fake-rules.js';

const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';

test.each(['eyJ-', 'eyJ_eyJ-', '-----', 'x_', 'eyJ.', 'eyJ-.eyJ_.'])('a token after %j is found', (lead) => {
  expect(maskWithDetector(`a ${lead}${TOKEN} b`, 'jwt')).not.toContain('c2lnbmF0dXJl');
});

test.each([
  [
    'a token that is encrypted with a key that both sides know',
    'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..48V1_ALb6US04U3b.5eym8TW_c8SuK0lt.XFBoMYUZodetZdvT',
  ],
  ['a signature whose payload is sent apart', 'eyJhbGciOiJIUzI1NiJ9..c2lnbmF0dXJl'],
])('%s is found whole', (_, token) => {
  expect(maskWithDetector(`a ${token} b`, 'jwt')).toBe('a **** b');
});

test('a token before dots of omission is found without them', () => {
  expect(maskWithDetector('eyJhbGciOiJIUzI1NiJ9... b', 'jwt')).toBe('****... b');
});

test('a header that was cut off is found behind candidates of the same run', () => {
  expect(maskWithDetector('eyJ-eyJ_eyJhbGciOiJIUzI1NiJ9', 'jwt')).toBe('eyJ-eyJ_****');
});

const encoded = (text: string): string => Buffer.from(text).toString('base64url');

test.each([
  '{ "alg": "HS256" }',
  '{\n  "alg": "HS256"\n}',
  '{\r\n "typ":"JWT",\r\n "alg":"none"}',
  '{\n\t"enc":"A128GCM"}',
])('a token whose header is %j is found whole', (header) => {
  const token = `${encoded(header)}.${encoded('{ "sub": 1 }')}.c2lnbmF0dXJl`;
  expect(maskWithDetector(`a ${token} b`, 'jwt')).toBe('a **** b');
});

test.each(['{ "id": 12, "name": "a" }', '{\n  "algorithm": "HS256"\n}'])(
  '%j before a dot is no header',
  (header) => {
    const text = `a ${encoded(header)}.${encoded('{ "sub": 1 }')}.c2lnbmF0dXJl b`;
    expect(maskWithDetector(text, 'jwt')).toBe(text);
  },
);

test('what a token discloses goes with it, and a token behind it', () => {
  const claim = encoded('["2GLC42sKQveCfGfryNRN9w", "given_name", "John"]');
  expect(maskWithDetector(`a ${TOKEN}~${claim}~${claim}~ b`, 'jwt')).toBe('a ****~ b');
  expect(maskWithDetector(`a ${TOKEN}~${claim}~${TOKEN} b`, 'jwt')).toBe('a ****~**** b');
  expect(maskWithDetector(`a ${TOKEN}~user b`, 'jwt')).toBe('a ****~user b');
});

test.each([
  'eyJ1c2VyIjoxfQ:1hMOBl:mwLHtouBImIKmiFMxbr7gSvT7To',
  'eyJpZCI6MX0.ZWlabc.FaVGnfeoLfiEXtMVmY7Rm8_DtlY',
])('an object with its time and signature is found: %s', (signed) => {
  expect(maskWithDetector(`a ${signed} b`, 'jwt')).toBe('a **** b');
});

test('an object beside colons or names is none', () => {
  const text =
    'eyJpZCI6MX0:1hMOBl:short eyJpZCI6MX0.mod.ts eyJpZCI6MX0:abcdef:FaVGnfeoLfiEXtMVmY7Rm8_DtlYFaVGnfeoLfiEXtMVmY7Rm8';
  expect(maskWithDetector(text, 'jwt')).toBe(text);
});

test('a token whose dots are escaped is found whole', () => {
  expect(maskWithDetector(`a ${TOKEN.replaceAll('.', '%2E')} b`, 'jwt')).toBe('a **** b');
  expect(maskWithDetector(`a ${TOKEN.replaceAll('.', '%2e')} b`, 'jwt')).toBe('a **** b');
});
