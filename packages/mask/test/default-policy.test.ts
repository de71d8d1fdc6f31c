import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../src/index.js';
import { type VectorCase, vectorCases } from './vector-file.js';

// Whole corpora through the whole default policy, as text and as an attribute whose name says nothing.

// Escapes of line ends and tabs are another matter: control-characters.test.ts.
const masker = createMasker({ controlCharacters: 'keep' });
const personal = createMasker({ extends: ['default', 'pii'], controlCharacters: 'keep' });
type Masker = ReturnType<typeof createMasker>;

const inputOf = ({ input }: VectorCase): string => String(input);
const absentOf = ({ expect: { absent } }: VectorCase): readonly string[] =>
  (absent ?? []) as readonly string[];
const masked = (row: VectorCase, by: Masker): readonly string[] => [
  by.text(inputOf(row)),
  String(by.attribute('note', inputOf(row))),
];
const leaks = (row: VectorCase, by: Masker): boolean =>
  masked(row, by).some((text) => absentOf(row).some((secret) => text.includes(secret)));
const changes = (row: VectorCase, by: Masker): boolean =>
  masked(row, by).some((text) => text !== inputOf(row));
const ids = (rows: readonly VectorCase[]): readonly string[] => rows.map(({ id }) => id);

describe('gitleaks', () => {
  const rows = vectorCases('gitleaks-a');
  const positives = rows.filter(({ truePositive }) => truePositive === true);
  const negatives = rows.filter(
    ({ truePositive, detectedByOtherRules }) =>
      truePositive !== true && ((detectedByOtherRules ?? []) as readonly string[]).length === 0,
  );

  test('no secret of any of its rules is left, with or without context', () => {
    expect(positives.length).toBe(794);
    expect(ids(positives.filter((row) => leaks(row, masker)))).toEqual([]);
  });

  /** What one rule of gitleaks leaves and a policy masks, by the reason. */
  const deviations: Readonly<Record<string, string>> = {
    // The name beside it is a secret's, and a policy masks what stands under such a name, whatever its form.
    name:
      'azure-ad-client-secret/fp8 flyio-access-token/fp2 flyio-access-token/fp3 freemius-secret-key/fp0 freemius-secret-key/fp1 ' +
      'freemius-secret-key/fp2 nuget-config-password/fp0 nuget-config-password/fp1 nuget-config-password/fp3 ' +
      'telegram-bot-api-token/fp0 telegram-bot-api-token/fp1 telegram-bot-api-token/fp3 telegram-bot-api-token/fp5 ' +
      'telegram-bot-api-token/fp6 telegram-bot-api-token/fp7 telegram-bot-api-token/fp8 telegram-bot-api-token/fp9 ' +
      'telegram-bot-api-token/fp10',
    // Shorter than a whole token at the end of a value: a length limit may have cut one.
    cut: 'anthropic-api-key/fp0 sentry-user-token/fp0',
    // Longer than the tokens that are given out today, or made of one word, as a sample of its rule that must be found is as well.
    form: 'anthropic-api-key/fp1 aws-amazon-bedrock-api-key-long-lived/fp1',
  };

  test('what is no secret stays, but for the deviations that are listed', () => {
    expect(negatives.length).toBe(140);
    const listed = Object.values(deviations).flatMap((list) => list.split(' '));
    expect([...ids(negatives.filter((row) => changes(row, masker)))].sort()).toEqual(listed.sort());
  });
});

const PERSONAL = new Set(['IP_ADDRESS', 'PHONE_NUMBER', 'CRYPTO', 'MAC_ADDRESS']);
const DEFAULT = new Set(['CREDIT_CARD', 'IBAN_CODE', 'US_SSN', 'EMAIL_ADDRESS']);

describe('Presidio', () => {
  const rows = vectorCases('presidio-a').filter(
    ({ entity }) => DEFAULT.has(String(entity)) || PERSONAL.has(String(entity)),
  );
  const policyOf = ({ entity }: VectorCase): Masker => (DEFAULT.has(String(entity)) ? masker : personal);

  test('personal data is masked, but for numbers without a word that names them', () => {
    const left = rows.filter((row) => row.expect['unchanged'] !== true && leaks(row, policyOf(row)));
    // Nine bare digits are any number; a phone number that is glued to a word is none.
    expect(ids(left)).toEqual(['us_ssn/0', 'us_ssn/1', 'phone/11']);
  });

  test('look-alikes stay', () => {
    const changed = rows.filter((row) => row.expect['unchanged'] === true && changes(row, policyOf(row)));
    // No IP address, but a hardware address, which the preset masks as well.
    expect(ids(changed)).toEqual(['ip/52']);
  });
});

test('card numbers of the Datadog agent are masked, and nothing that is none', () => {
  const rows = vectorCases('cards-datadog').filter(({ entity }) => entity === 'CREDIT_CARD');
  expect(ids(rows.filter((row) => changes(row, masker) !== row.expect['detect']))).toEqual([]);
});
