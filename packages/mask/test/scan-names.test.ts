import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { personalNameRule } from '../src/personal-names.js';
import { readPolicy } from '../src/policy-reader.js';
import { planScan } from '../src/scan/scan-plan.js';
import { secretNameRule } from '../src/secret-names.js';
import * as words from '../src/secret-words.js';
import { TRAIT_HIDDEN, TRAIT_NAME } from '../src/text-traits.js';
import { vectorCases } from './vector-file.js';

const all = [...Object.values(words)].flatMap((list) => [...list.keys()]);
const more =
  'api access client my aws x the user id Token KEY apiKey password pwd card number code verification one time social security pg db bundle sonar login first last name zip ip'.split(
    ' ',
  );
const joints = ['', '_', '-', '.', ' ', '2', '__'];
const shapes: ((word: string) => string)[] = [
  (word) => word,
  (word) => word.toUpperCase(),
  (word) => word.charAt(0).toUpperCase() + word.slice(1),
];
const name = fc
  .array(fc.tuple(fc.constantFrom(...all, ...more), fc.constantFrom(...joints), fc.constantFrom(...shapes)), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.map(([word, joint, shape]) => shape(word) + joint).join(''));

/** Whether a scan says that a text with this name in it has to be read. */
const seen = (policy: object): ((text: string) => boolean) => {
  const { scanner } = planScan(readPolicy(policy));
  return (text) => (scanner.scan(text).traits & TRAIT_NAME) !== 0;
};

describe('a scan sees every name that a rule hits', () => {
  const secret = seen({});
  const personal = seen({ extends: 'pii' });

  test('of secrets', () => {
    fc.assert(
      fc.property(
        name,
        fc.constantFrom('member', 'query', 'assignment', 'header', 'argument'),
        (text, place) => {
          if (secretNameRule(text, place) === undefined) return;
          const asParameter = [`${text}=x`, `?a=b&${text}=x`, `%3D${text}=x`];
          // What is a secret only as a parameter has to be seen only there.
          const elsewhere = place === 'query' ? [] : [`{"${text}":"x"}`, `\\n${text}: x`];
          for (const around of [...asParameter, ...elsewhere])
            expect({ around, seen: secret(around) }).toEqual({ around, seen: true });
        },
      ),
      { numRuns: 20_000 },
    );
  });

  test('of secrets, as applications and conventions spell them', () => {
    for (const { input } of vectorCases('keys-semconv')) {
      const text = String(input);
      if (secretNameRule(text, 'member') !== undefined)
        expect({ text, seen: secret(`"${text}":"x"`) }).toEqual({ text, seen: true });
    }
  });

  test('of personal data', () => {
    fc.assert(
      fc.property(name, (text) => {
        if (personalNameRule(text) !== undefined) expect(personal(`"${text}":"x"`)).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  test('of a policy, whatever its patterns', () => {
    const patterns = [
      'tenant_.*',
      'order|parcel',
      '^x-(?:a|b)$',
      'k[0-9]+',
      'a+b',
      '(?i)Colou?r',
      'foo\\.bar',
      'zip?code',
      'kilo{2}gram',
    ];
    for (const pattern of patterns) {
      const sees = seen({ extends: [], keys: [pattern] });
      const { keys } = readPolicy({ extends: [], keys: [pattern] });
      const opaque = keys.some(({ triggers }) => triggers === undefined);
      for (const text of [
        'TENANT_ID',
        'parcelNumber',
        'x-a',
        'k9',
        'aab',
        'color',
        'Colour',
        'foo.bar',
        'zicode',
        'zipcode',
        'kilooogram',
        'kilogram',
        'kiloogram',
      ]) {
        if (keys.some((rule) => rule.test(text, 'member') !== false))
          expect(opaque || sees(`"${text}":1`)).toBe(true);
      }
    }
  });
});

test('a scan sees every backslash that decoding takes away', () => {
  const { scanner } = planScan(readPolicy({}));
  for (let code = 0x21; code < 0x100; code += 1) {
    const text = `pas\\${String.fromCharCode(code)}x`;
    const hides =
      /[A-Za-z0-9@%+/~._\\\u0080-\u00ff-]/.test(text[4] ?? '') && !'bfnrtux'.includes(text[4] ?? '');
    if (hides) expect([text, scanner.scan(text).traits & TRAIT_HIDDEN]).toEqual([text, TRAIT_HIDDEN]);
  }
});
