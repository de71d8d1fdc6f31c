import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../../src/index.js';

const masker = createMasker();
const OPAQUE = 'Zq8LmTvWnR4kPy7xBd3FqGz5';
const HEX = '9f86d081884c7d659a2feaa0c55ad015';
const KEY = 'Zq8LmTvWnR4kPy7xBd3FqGz5Hj8KsWvYc+/Ab1Cd2E0=';

describe('a name that is as often of something else is of a secret where the value is opaque', () => {
  test.each([
    ['WORDPRESS_NONCE_SALT', OPAQUE],
    ['devise.pepper', HEX],
    ['salt', HEX],
    ['sid', OPAQUE],
    ['sessionid', OPAQUE],
    ['GH_PAT', OPAQUE],
    ['http.request.header.x-shopify-hmac-sha256', KEY],
    ['http.request.header.cb-access-sign', HEX],
    ['paypal-transmission-sig', KEY],
    ['jenkins-crumb', HEX],
    ['authHeader', OPAQUE],
    ['primaryKey', KEY],
    ['storage.secondary_key', KEY],
    ['unseal_keys_b64', KEY],
    ['recovery_keys_hex', HEX],
    ['Plaintext', KEY],
    ['base32', 'JBSWY3DPEHPK3PXPJBSWY3DP'],
    ['pfx', `MIIK${OPAQUE}`.repeat(300)],
    ['kube_config_b64', `YXBp${OPAQUE}`.repeat(200)],
    ['routing_key', HEX],
    ['seedHex', HEX],
  ])('%s', (name, value) => {
    expect(masker.attribute(name, value)).toBe('****');
    expect(masker.attribute(name, [value])).toEqual(['****']);
    const body = JSON.stringify({ [name]: value });
    expect(masker.attribute('http.request.body', body)).toBe(JSON.stringify({ [name]: '****' }));
    const list = JSON.stringify({ [name]: [value, 'x', value], other: [value.slice(0, 8)] });
    expect(masker.attribute('http.request.body', list)).toBe(
      JSON.stringify({ [name]: ['****', 'x', '****'], other: [value.slice(0, 8)] }),
    );
  });

  test.each([
    ['salt', '2 tablespoons'],
    ['plaintext', 'HelloWorldMessage'],
    ['plaintext', 'see the attached file'],
    ['routing_key', 'orders.created.v1'],
    ['kubeconfig', '/home/bob/.kube/config'],
    ['pfx', 'certificate.pfx'],
    ['salt', 'sea'],
    ['sid', 'VisualEditor0'],
    ['sid', 'S-1-5-21-3623811015-3361044348-30300820-1013'],
    ['sessionid', '42'],
    ['sign', 'Capricorn'],
    ['authentication', 'Kerberos'],
    ['user_code', '12345678'],
    ['primary_key', '550e8400-e29b-41d4-a716-446655440000'],
    ['primary_key', 'orders#2026-11-30'],
    ['secondary_key', HEX],
    ['pat', 'Patricia'],
  ])('%s: %s stays', (name, value) => {
    expect(masker.attribute(name, value)).toBe(value);
    const body = JSON.stringify({ [name]: value });
    expect(masker.attribute('http.request.body', body)).toBe(body);
    expect(masker.attribute(name, [value])).toEqual([value]);
  });
});

test.each([
  ['clientAssertion', 'x1'],
  ['app.client-assertion', 'x1'],
  ['saml_response', 'x1'],
  ['laravelSession', 'x1'],
  ['http.request.header.laravel-session', 'x1'],
  ['password_digest', 'x1'],
  ['passwd.digest', 'x1'],
  ['otp_attempt', '123456'],
  ['ccv', '123'],
  ['securityAnswer', 'Rex'],
  ['wallet_seed', 'abandon ability'],
  ['recovery_phrase', 'abandon ability'],
  ['default_primary_key', 'x1'],
  ['replicaSetKey', 'x1'],
  ['_APP_OPENSSL_KEY_V1', 'x1'],
  ['VAULT_DEV_ROOT_TOKEN_ID', 'x1'],
  ['snmp-community', 'public1'],
  ['jelszó', 'x1'],
  ['\u0e23\u0e2b\u0e31\u0e2a\u0e1c\u0e48\u0e32\u0e19', 'x1'],
  ['\u05e1\u05d9\u05e1\u05de\u05d4', 'x1'],
])('%s is the name of a secret', (name, value) => {
  expect(masker.attribute(name, value)).toBe('****');
  const body = JSON.stringify({ [name]: value });
  expect(masker.attribute('http.request.body', body)).toBe(JSON.stringify({ [name]: '****' }));
});

test.each([
  ['gen_ai.response.time_to_first_token', 0.685],
  ['gen_ai.server.time_per_output_token', 0.02],
  ['nextPageToken', OPAQUE],
  ['NextToken', OPAQUE],
  ['ClientRequestToken', OPAQUE],
  ['continuationToken', OPAQUE],
  ['eos_token', '</s>'],
  ['token_balance', '12.5'],
  ['next_token_probability', '0.25'],
  ['http.response.header.x-ratelimit-reset-tokens', '6ms'],
  ['process.code_signature.flags', 'adhoc'],
  ['access_token_lifetime', '3600'],
  ['secret_backend', 'kv-v2'],
  ['authorization_model', 'rbac'],
  ['csrf_protection', 'on'],
  ['password_digests_total', '7'],
  ['otp_attempts', '3'],
  ['cloudflare.r2.request.key', 'img/1.png'],
  ['consul.key', 'config/app'],
  ['experiment_key', 'checkout-v2'],
  ['aws.kms.key', 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab'],
  ['db_secret', 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db-AbCdEf'],
  ['secret', 'projects/shop/secrets/db-password/versions/3'],
  ['password', 'required|string|min:8'],
  ['UnprocessedKeys', {}],
  ['apiKeyIdType', 'x'],
  ['passwordIsSet', 'yes'],
  ['secretsByNamespace', 3],
  ['AUTH_PASSWORD_VALIDATORS', 'django.contrib.auth'],
  ['CSRF_TRUSTED_ORIGINS', 'shop.example'],
  ['tokenSigningPublicKeys', 'see jwks'],
  ['tokenAddress', 'street 5'],
  ['x-credential-identifier', 'kiosk'],
  ['no-secrets', 'error'],
  ['passRating', '98.1'],
  ['timeSignature', '3/4'],
])('%s: %s is none', (name, value) => {
  expect(masker.attributes({ [name]: value as string })).toEqual({ [name]: value });
  const body = JSON.stringify({ [name]: value });
  expect(masker.attribute('http.request.body', body)).toBe(body);
});

test('a piece of a text is no token', () => {
  const body =
    '{"content":[{"token":"Hello","logprob":-0.3,"bytes":[72]},{"tok_str":" world", "prob":0.9},{"token":"abc","start_offset":0}]}';
  expect(masker.attribute('http.response.body', body)).toBe(body);
  expect(masker.attribute('http.response.body', '{"token":"hello","expires":1}')).toBe(
    '{"token":"****","expires":1}',
  );
});

test('a way to authenticate is no secret in settings, and the scheme of a header is none by itself', () => {
  const body = '{"auth":"basic","authentication":"OAuth2"}';
  expect(masker.attribute('http.request.body', body)).toBe(body);
  expect(masker.text('Authorization: Digest username="a", response="aaaa7kaaa"')).not.toContain('aaa7');
});

describe('what a session is known by goes where a request or a text has it', () => {
  const ID = '550e8400-e29b-41d4-a716-446655440000';

  test.each([
    ['http.request.body', `session=${HEX}`, 'session=****'],
    ['http.request.body', `login ok, session_id: ${HEX} user=4`, 'login ok, session_id: **** user=4'],
    ['http.request.body', `{"sessionId":"${ID}","n":1}`, '{"sessionId":"****","n":1}'],
    ['url.full', `https://h/p?sess_id=${ID}&x=1`, 'https://h/p?sess_id=****&x=1'],
    ['http.request.header.x-session-id', ID, '****'],
    ['http.request.header.x-session', OPAQUE, '****'],
    ['http.request.header.baggage', `user=alice,session=${HEX}`, 'user=alice,session=****'],
  ])('%s: %s', (key, value, masked) => {
    expect(masker.attribute(key, value)).toBe(masked);
  });

  test.each([
    ['session.id', HEX],
    ['session.previous_id', ID],
    ['session_id', ID],
    ['mcp.session.id', ID],
    ['aws.bedrock.session_id', ID],
    ['gen_ai.conversation.id', ID],
    ['http.request.body', `{"session.id":"${ID}"}`],
    ['http.request.header.baggage', `session.id=${ID}`],
    ['http.request.body', 'session=42'],
    ['http.request.body', 'session: morning'],
    ['http.request.body', '{"sessionId":12,"session":"morning-yoga"}'],
    ['http.request.body', `session ${HEX} started`],
  ])('but %s: %s stays', (key, value) => {
    expect(masker.attribute(key, value)).toBe(value);
  });
});

describe('a name tells when its value does', () => {
  test.each([
    ['sso_ticket', OPAQUE, 'pending'],
    ['sas', OPAQUE, 'blob-container'],
    ['storage_key', OPAQUE, 'avatars/550e8400/pic.png'],
    ['http.request.header.x-origin-verify', HEX, 'yes'],
    ['http.request.header.x-edge-key', OPAQUE, 'edge-7'],
    ['magic_link', 'https://app.example/m/Zq8LmTvW', 'https://app.example/login'],
    ['magic_link', 'https://app.example/login?x=Zq8LmTvW', 'requested'],
  ])('%s: %s, and not %s', (name, value, harmless) => {
    expect(masker.attribute(name, value)).toBe('****');
    expect(masker.attribute(name, harmless)).toBe(harmless);
    for (const [text, masked] of [
      [value, '****'],
      [harmless, harmless],
    ])
      expect(masker.attribute('http.request.body', JSON.stringify({ [name]: text }))).toBe(
        JSON.stringify({ [name]: masked }),
      );
  });

  test.each(['card_verification_value', 'csc', 'cvn', 'puk'])('%s always does', (name) => {
    expect(masker.attribute(name, '39281')).toBe('****');
    expect(masker.attribute('http.request.body', `${name}=39281`)).toBe(`${name}=****`);
  });

  test('keys that Vault prints go, and keys of entries stay', () => {
    const keys = { keys: [KEY, `${HEX}${HEX}`], root_token: 'x' };
    expect(masker.attribute('note', JSON.stringify(keys))).toBe(
      '{"keys":["****","****"],"root_token":"****"}',
    );
    const harmless = JSON.stringify({ keys: ['orders:2025', HEX, '550e8400-e29b-41d4-a716-446655440000'] });
    expect(masker.attribute('note', harmless)).toBe(harmless);
  });
});
