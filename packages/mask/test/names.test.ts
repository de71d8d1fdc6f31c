import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../src/index.js';
import { vectorCases } from './vector-file.js';

const masker = createMasker();
const hits = (key: string): boolean => masker.attribute(key, 'zz top') === '****';

describe('names under the default policy', () => {
  test.each(vectorCases('keys-semconv').filter(({ expect: { byKey } }) => byKey !== 'policy'))(
    'decides about $id as the conventions and applications mean it',
    ({ input, expect: { byKey } }) => {
      expect(hits(String(input))).toBe(byKey === 'mask');
    },
  );

  test.each(
    'apiKey api_key API-KEY api.key x-api-key secretKey private_key db.password client_secret refreshToken userPassword stripe_key mypassword MYSECRET aws_secret_access_key access_key_id x-amz-security-token signing-key oauthToken OAuthToken pwd_old csrf_token xsrf-token otp mfaCode verification_code card.cvv passwordConfirmation new_password_2 basicAuth proxy-authorization kek webhook_secret secret_id gitlab.token DATABASE_PASSWORD masterKey'.split(
      ' ',
    ),
  )('masks what stands under %s', (key) => {
    expect(hits(key)).toBe(true);
  });

  test.each(
    'monkey keyboard.layout turkey author authority primaryKey foreign-key sortKey rowKey cacheKey messaging.kafka.message.key aws.dynamodb.key_schema tls.client.issuer session.id token_type secretArn password_policy gen_ai.usage.input_tokens compass surpassed underpass by-pass passengerCount keynote keyspace tokenizer.name secretary classpath db.cassandra.keyspace credential_type is_password_set has_token signature_version requestId pinned opinion spinning company expand panorama gpio_pin cookie_policy authorName auth_type token.ttl key_id keyName aws.kms.key_id password_changed_at'.split(
      ' ',
    ),
  )('keeps what stands under %s', (key) => {
    expect(hits(key)).toBe(false);
  });

  test('a yes or no is no secret, and neither is a number of tokens, but a numeric pin is', () => {
    expect(masker.attribute('password', true)).toBe(true);
    expect(masker.attribute('access_tokens', 12)).toBe(12);
    expect(masker.attribute('gen_ai.usage.output_tokens', 4096)).toBe(4096);
    expect(masker.attribute('password', 1234)).toBe('****');
    expect(masker.attribute('pin', 1234)).toBe('****');
  });

  test('an array under a hit keeps its shape', () => {
    expect(masker.attribute('tokens.access_token', ['a', 1, true, null])).toEqual([
      '****',
      '****',
      true,
      null,
    ]);
  });

  test('a name that is longer than any real one is judged without the keep list', () => {
    expect(hits(`monkey_${'x'.repeat(300)}`)).toBe(true);
    expect(hits(`colour_${'x'.repeat(300)}`)).toBe(false);
  });
});

describe('names under the preset lumigo', () => {
  const lumigo = createMasker({ extends: 'lumigo' });

  test('hits every name that holds one of the ten patterns, keep list or not', () => {
    for (const key of [
      'monkey',
      'primary_key',
      'compass',
      'Signature',
      'my.AUTHORIZATION',
      'x-amz-security-token',
      'SessionToken',
    ]) {
      expect(lumigo.attribute(key, 'v')).toBe('****');
    }
  });

  test('hits nothing else', () => {
    const attributes = {
      token: 'v',
      cookie: 'v',
      'user.email': 'a@example.com',
      card: '4111 1111 1111 1111',
    };
    expect(lumigo.attributes(attributes)).toBe(attributes);
    expect(lumigo.sensitiveService({ 'rpc.system': 'aws-api', 'rpc.service': 'KMS' })).toBeUndefined();
  });
});

describe('a policy without presets', () => {
  const bare = createMasker({ extends: [] });

  test('masks nothing', () => {
    const attributes = {
      password: 'hunter2',
      'url.full': 'https://user:pw@example.com/?password=x&X-Amz-Signature=abc',
      'db.query.text': "SELECT * FROM t WHERE a = 'x' AND password = 'y'",
      'http.request.header.authorization': ['Bearer abcdef'],
      'process.command_args': ['mysql', '--password=x'],
      body: '{"password":"x","card":"4111111111111111"}',
      mail: 'a@example.com, token: abcdefgh12345678',
      'messaging.destination.name': '+15551234567',
      'user@example.com': 'x',
    };
    expect(bare.attributes(attributes)).toBe(attributes);
    expect(bare.text('password=hunter2 https://u:p@example.com')).toBe(
      'password=hunter2 https://u:p@example.com',
    );
    expect(bare.sensitiveService({ 'server.address': 'kms.us-east-1.amazonaws.com' })).toBeUndefined();
  });
});
