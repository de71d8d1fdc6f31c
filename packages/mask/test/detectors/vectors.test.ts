import { describe, expect, test } from '@jest/globals';
import { maskWithDetector } from '../content/fake-rules.js';
import { type VectorCase, vectorCases } from '../vector-file.js';

const absent = ({ expect: { absent: strings } }: VectorCase): readonly string[] =>
  strings as readonly string[];
const inputOf = ({ input }: VectorCase): string => String(input);

describe('card numbers of the Datadog agent', () => {
  const rows = vectorCases('cards-datadog').filter(({ entity }) => entity === 'CREDIT_CARD');

  test.each(rows)('$id', (row) => {
    const masked = maskWithDetector(inputOf(row), 'payment-card');
    expect(masked !== inputOf(row)).toBe(row.expect['detect']);
  });
});

const DETECTOR_BY_ENTITY: ReadonlyMap<unknown, string> = new Map([
  ['CREDIT_CARD', 'payment-card'],
  ['IBAN_CODE', 'iban'],
  ['IP_ADDRESS', 'ip-address'],
  ['US_SSN', 'us-ssn'],
  ['EMAIL_ADDRESS', 'email'],
  ['PHONE_NUMBER', 'phone'],
  ['CRYPTO', 'crypto-wallet'],
  ['MAC_ADDRESS', 'mac-address'],
]);
/** No separators, or a form that needs to know the country. */
const LEFT_OUT: ReadonlySet<string> = new Set(['us_ssn/0', 'us_ssn/1', 'phone/11']);

describe('personal data of Presidio', () => {
  const rows = vectorCases('presidio-a').filter(
    ({ id, entity }) => DETECTOR_BY_ENTITY.has(entity) && !LEFT_OUT.has(id),
  );

  test.each(rows)('$id', (row) => {
    const masked = maskWithDetector(inputOf(row), DETECTOR_BY_ENTITY.get(row['entity']) ?? '');
    if (row.expect['unchanged'] === true) expect(masked).toBe(row.input);
    else for (const secret of absent(row)) expect(masked).not.toContain(secret);
  });
});

const TOKEN_DETECTORS = ['pem-private-key', 'jwt', 'api-token', 'aws-access-key-id'];
const maskTokens = (text: string): string =>
  TOKEN_DETECTORS.reduce((masked, name) => maskWithDetector(masked, name), text);

describe('token formats of gitleaks', () => {
  const rows = vectorCases('gitleaks-a');

  test.each(rows.filter((row) => row['truePositive'] === true && row['needsContext'] === false))(
    '$id: any cut after the prefix and 16 characters is safe',
    (row) => {
      const [secret = ''] = absent(row);
      const masked = maskTokens(secret);
      if (masked !== '****' || !/^(?:gh[opusr]_|gl[a-z]+-|xox[a-z]-|sk-ant-|dop_v1_|npm_|SG\.)/.test(secret))
        return;
      for (let length = 30; length < secret.length; length += 7) {
        expect(maskTokens(secret.slice(0, length))).not.toContain(secret.slice(8, length));
      }
    },
  );
});
