import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Attributes, type AttributeValue, createMasker } from '../src/index.js';

const words = [
  'password',
  'apiKey',
  'token=abc',
  '4111 1111 1111 1111',
  'a@example.com',
  'https://u:p@h.example/x?sig=1',
  '{"pin":"1',
  '\\"secret\\":\\"x',
  "SELECT 'x'",
  '****',
  'Bearer abcdefghijklmnop',
  'AKIAIOSFODNN7EXAMPLE',
  '\u00e9',
  '\ud800',
  '"',
  '\\',
  ':',
  '=',
  '&',
  '?',
  ' ',
];
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.array(fc.constantFrom(...words), { maxLength: 10 }).map((parts) => parts.join('')),
  fc.json({ maxDepth: 3 }),
);
const key = fc.oneof(
  fc.constantFrom(
    'password',
    'db.statement',
    'db.query.text',
    'url.full',
    'url.query',
    'process.command_args',
    'http.request.header.cookie',
    'http.request.header.x-a',
    'messaging.destination.name',
    'note',
    '__proto__',
    'tokens',
    'db.system',
  ),
  fc.string({ maxLength: 20 }),
);
const { value } = fc.letrec<{ value: AttributeValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.double(),
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constantFrom(null, undefined),
    fc.uint8Array({ maxLength: 30 }),
    text.map((written) => new TextEncoder().encode(written)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));
const attributes = fc.dictionary(key, value, { maxKeys: 6, noNullPrototype: true });

const policies = [
  createMasker(),
  createMasker({ extends: 'lumigo' }),
  createMasker({ extends: ['default', 'pii', 'payments', 'genai'], mask: '[gone]' }),
  createMasker({
    hashKey: `hex:${'0f'.repeat(32)}`,
    keys: [
      { glob: '*note*', action: 'hash' },
      { glob: '*a*', action: 'partial' },
      { glob: 'drop*', action: 'drop' },
    ],
  }),
];
const masker = fc.constantFrom(...policies);

describe('for any input', () => {
  test('masking twice is masking once', () => {
    fc.assert(
      fc.property(masker, attributes, (subject, given: Attributes) => {
        const once = subject.attributes(given);
        expect(subject.attributes(once)).toBe(once);
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(masker, text, (subject, given) => {
        const once = subject.text(given);
        expect(subject.text(once)).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });

  test('nothing is changed in place, and what is equal is the same reference', () => {
    fc.assert(
      fc.property(masker, attributes, (subject, given: Attributes) => {
        const before = structuredClone(given);
        const masked = subject.attributes(given);
        expect(given).toStrictEqual(before);
        for (const name of Object.keys(masked)) {
          const now = masked[name];
          // Not compared as JSON, which leaves out a member that is undefined, and its masked name with it.
          if (typeof now === 'object' && isDeepStrictEqual(now, given[name])) expect(now).toBe(given[name]);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('there is no fault inside', () => {
    const subject = createMasker();
    fc.assert(
      fc.property(key, value, (name, given) => {
        subject.attribute(name, given);
        subject.explain(name, given);
        subject.sensitiveService({
          [name]: given,
          'server.address': given,
          'url.full': given,
          'rpc.service': given,
        });
      }),
      { numRuns: 2000 },
    );
    expect(subject.counters().faults).toBe(0);
  });

  test('a secret under a secret name is in no encoding of the result', () => {
    fc.assert(
      fc.property(
        masker,
        attributes,
        fc.constantFrom('password', 'apiKey', 'client_secret'),
        (subject, given, name) => {
          const secret = 'zq7-canary-zq7';
          const masked = subject.attributes({
            ...given,
            [name]: [secret, { deep: secret }],
            json: JSON.stringify({ given, [name]: { secret } }),
          });
          expect(JSON.stringify(masked)).not.toContain(secret);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
