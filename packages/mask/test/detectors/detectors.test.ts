import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { builtInDetectors } from '../../src/detectors/built-in-detectors.js';
import { looksSecret } from '../../src/detectors/secret-shape.js';
import { maskWithDetector } from '../content/fake-rules.js';
import { textTraits } from '../traits.js';

// Built at run time, so that no scanner takes them for live tokens.
const joined = (...parts: readonly string[]): string => parts.join('');
const BODY = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8';
const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const JWT = [
  encode({ alg: 'HS256', typ: 'JWT' }),
  encode({ sub: '1234567890', name: 'Alice' }),
  'c2lnbmF0dXJl',
].join('.');

interface Case {
  readonly detector: string;
  readonly text: string;
  readonly masked: string;
}

const positives: readonly Case[] = [
  ['payment-card', 'card 4111 1111 1111 1111 declined', 'card **** declined'],
  ['payment-card', 'q=4111+1111+1111+1111&x', 'q=****&x'],
  ['payment-card', '4111%201111%201111%201111', '****'],
  ['payment-card', '/card/378282246310005', '/card/****'],
  ['jwt', `sub ${JWT} end`, 'sub **** end'],
  ['jwt', `cut ${JWT.slice(0, 24)}`, 'cut ****'],
  ['jwt', `cut ${JWT.slice(0, JWT.indexOf('.') + 12)}`, 'cut ****'],
  ['aws-access-key-id', `id=${joined('AKIA', 'IOSFODNN7', 'EXAMPLE')}`, 'id=****'],
  ['aws-secret-access-key', joined('wJalrXUtnFEMI/K7MDENG', '/bPxRfiCYEXAMPLEKEY'), '****'],
  ['email', 'v=alice@example.com', 'v=****'],
  ['email', 'to alice%40example.com.', 'to ****.'],
  ['email', 'x%3Dalice%40example.com', 'x%3D****'],
  ['email', 'jürgen@münchen.example', '****'],
  ['url-userinfo', 'postgres://admin:hunter2@db:99999/x', 'postgres://****:****@db:99999/x'],
  ['url-userinfo', 'redis://:pw@host', 'redis://:****@host'],
  ['url-userinfo', 'amqp://u:p/w@host/v', 'amqp://****:****@host/v'],
  ['us-ssn', '/boom/123-45-6789', '/boom/****'],
  ['us-ssn', 'ssn 123 45 6789', 'ssn ****'],
  ['iban', 'DE89 3704 0044 0532 0130 00.', '****.'],
  [
    'pem-private-key',
    `${joined('-----BEGIN ', 'PRIVATE KEY-----')}\nMIIEvQIBADANBgkq\n-----END PRIVATE KEY-----!`,
    '****!',
  ],
  ['pem-private-key', `${joined('-----BEGIN RSA ', 'PRIVATE KEY-----')}\\nMIIEvQIBADANBgkqAAAA`, '****'],
  ['bearer-token', 'Bearer abc123DEF456', 'Bearer ****'],
  ['basic-credentials', `Basic ${btoa('alice:hunter2')}`, 'Basic ****'],
  ['api-token', joined('ghp', '_', BODY), '****'],
  ['api-token', `token=${joined('ghp', '_', BODY.slice(0, 16))}`, 'token=****'],
  ['api-token', joined('\\n', 'glpat', '-', BODY.slice(0, 20)), '\\n****'],
  ['api-token', joined('SK', '0123456789abcdef', '0123456789abcdef'), '****'],
  ['api-token', joined('SK', '0123456789abcdef01'), '****'],
  [
    'api-token',
    `https://${joined('hooks.slack.com/', 'services/')}T0000/B0000/${BODY}`,
    'https://hooks.slack.com/services/****',
  ],
  ['phone', 'call +1 (415) 555-0132 now', 'call **** now'],
  ['phone', '+15551234567', '****'],
  ['ip-address', 'from 10.0.0.1:8080 and [2001:db8::1]:443', 'from ****:8080 and [****]:443'],
].map(([detector = '', text = '', masked = '']) => ({ detector, text, masked }));

describe('what a detector is for is masked', () => {
  test.each(positives)('$detector in "$text"', ({ detector, text, masked }) => {
    expect(maskWithDetector(text, detector)).toBe(masked);
  });

  test.each(positives)('the traits of "$text" let $detector run', ({ detector, text }) => {
    const needs = builtInDetectors.get(detector)?.needs ?? -1;
    expect(textTraits(text) & needs).toBe(needs);
  });
});

const nearMisses: readonly (readonly [detector: string, text: string])[] = [
  ['payment-card', 'trace 4111111111111112'],
  ['payment-card', 'ms 1748503543012, ns 1748503543012345678'],
  ['payment-card', 'a1b2c3d4-5678-4111-8111-111111111111'],
  ['payment-card', '2024-01-15 12:34:56.123456'],
  ['payment-card', '0.4111111111111111'],
  ['payment-card', 'deadbeef4111111111111111'],
  ['jwt', 'cursor eyJpZCI6MTIzNDU2Nzg5MDEyMzQ1Njc4OTB9'],
  ['jwt', 'heyJude eyJ'],
  ['aws-access-key-id', joined('AKIA', 'IOSFODNN7', 'EXAMPLEX')],
  ['aws-secret-access-key', 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
  ['aws-secret-access-key', 'src/content/detectors/BuiltInDetectors12'],
  ['aws-secret-access-key', 'SecretsManagerGetSecretValueCommandInput'],
  ['email', 'router@2.0.0/node_modules/@opentelemetry/api@1.9.0'],
  ['email', 'load@app.js:10:5 logo@2x.png git@github.com:owner/name.git'],
  ['email', 'a:b@c.d my email is info@presidio.'],
  ['url-userinfo', 'https://h.example:8080/@scope/name:1.0@latest'],
  ['url-userinfo', 'ssh://git@github.com/owner/name'],
  ['us-ssn', '000-12-3456 666-12-3456 900-12-3456 123-00-4567 123-45-0000'],
  ['us-ssn', '1123-45-6789 123-45-67890 123-45.6789 a-123-45-6789'],
  ['iban', 'DE89 3704 0044 0532 0130 01'],
  ['pem-private-key', `expected ${joined('-----BEGIN ', 'PRIVATE KEY-----')} in the file`],
  ['pem-private-key', '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0B\n-----END PUBLIC KEY-----'],
  ['bearer-token', 'Bearer token expired, bearer authentication required'],
  ['basic-credentials', 'Basic authentication is required'],
  ['api-token', joined('ghp', '_', 'x'.repeat(36))],
  ['api-token', 'sk-learn-estimator npm_config_user_agent hf_transformers api_org_controller'],
  ['api-token', 'vipul-f0eb1acf0da84c06a50c5b2c59932001997786b1.png'],
  ['phone', '1e+15551234567 +0100 2024-01-15'],
  ['ip-address', '1.2.3 12:34:56 std::cout aa:bb:cc:dd:ee:ff Chrome/120.0.0.0 1.2.3.4.5 256.1.1.1'],
];

test.each(nearMisses)('%s leaves "%s"', (detector, text) => {
  expect(maskWithDetector(text, detector)).toBe(text);
});

test('every detector has the name that it is found by', () => {
  expect([...builtInDetectors].every(([name, detector]) => detector.name === name)).toBe(true);
  expect(builtInDetectors.size).toBe(17);
});

describe('on any text', () => {
  const tricky = fc.array(
    fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        ...positives.map(({ text }) => text),
        '@',
        '%40',
        '://',
        'eyJ',
        'Q~',
        '::',
        '-----BEGIN ',
        'Bearer ',
      ),
    ),
    { maxLength: 6 },
  );

  test.each([...builtInDetectors.keys()])(
    '%s reports ascending stretches inside the text, only with its traits',
    (name) => {
      fc.assert(
        fc.property(tricky, (parts) => {
          const text = parts.join('');
          const detector = builtInDetectors.get(name);
          let last = 0;
          let found = 0;
          detector?.find(text, (start, end) => {
            found += 1;
            expect(start).toBeGreaterThanOrEqual(last);
            expect(end).toBeGreaterThan(start);
            expect(end).toBeLessThanOrEqual(text.length);
            last = end;
          });
          const needs = detector?.needs ?? 0;
          if (found > 0) expect(textTraits(text) & needs).toBe(needs);
        }),
      );
    },
  );
});

describe('a secret-looking word', () => {
  test.each([
    'hunter2',
    'hunter2-thrown',
    'Tr0ub4dor&3',
    'aGVsbG8gd29ybGQhIQ1',
    '550e8400-e29b-41d4-a716-446655440000',
  ])('is %s', (word) => {
    expect(looksSecret(word)).toBe(true);
  });

  test.each([
    'expired',
    'v1.2.3-beta.1',
    '2024-01-15T12:34:56Z',
    '8-character',
    '256-bit',
    'sha256',
    'OAuth2',
    'index.js:5:24',
    'DB_PASSWORD_2',
    'naïveté',
    'step3',
  ])('is not %s', (word) => {
    expect(looksSecret(word)).toBe(false);
  });
});
