import { describe, test } from '@jest/globals';
import { expectGone, expectKept } from './expected-masking.js';

// Messages and code in which there is nothing to hide, as libraries and servers really write them, and their look-alikes.

const TOKEN = '8jBK3cpmiuojWrjEyc4REzSV2gVVf624';

describe('nothing changes in', () => {
  test.each([
    'Unrecognized key: "hidden"',
    "no such key: 'abc'",
    'Header name must be a valid HTTP token ["foo bar"]',
    'Attempted to resolve unregistered dependency token: "FooService"',
  ])('the name of a key or a token that is missing: %s', expectKept);

  test.each([
    '"keyv": "^4.5.3 || ^5"',
    '"passport-jwt": ">=4 <5"',
    '"jsonwebtoken": ">= 4.0.0 < 5.0.0-beta.1"',
    'const id_SecretBag = "1.2.840.113549.1.12.10.1.5";',
  ])('a version or the number of a kind: %s', expectKept);

  test.each([
    'jwt: RS256',
    '{"jwt":"ES384"}',
    '{"x":["client_secret_basic","client_secret_post"]}',
    '{"securitySchemes":{"bearerAuth":{"type":"http","scheme":"bearer","bearerFormat":"JWT"}}}',
    '{"api_auth":{"type":"oauth2","flows":{"implicit":{"authorizationUrl":"https://a.test/o","scopes":{"read:pets":"read your pets"}}}}}',
  ])('a description of how to authenticate: %s', expectKept);

  test.each([
    'const token = header;',
    'const key = generateKey(a, b)',
    'self.password = password_manager',
    'key_password=key_password,',
    'setCredentials(credentials: CallCredentials): void;',
    '$user->password = Hash::make($request->password);',
    "const signature = createHmac('sha256', secret)",
    "secretOrKey: configService.get<string>('JWT_SECRET'),",
    'password: DataTypes.STRING,',
    "typeof exportsValue[key] === 'object' &&",
    'string password = 2;',
    'optional string token = 14 [deprecated = true];',
  ])('code: %s', expectKept);

  test.each([
    '{"code":"ERR_HTTP2_STREAM_CANCEL_LATER"}',
    '{"code":"auth/account-exists-with-different-credential"}',
    "{ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }",
    '{"code":"PROD-2024-000123-DE-BER","sku":"SKU-AB12-CD34-EF56-GH78"}',
    '{"code":"550e8400-e29b-41d4-a716-446655440000"}',
    'cannot redeem code: SUMMER2024SALE20OFFALL',
    '<p>Key ID: <code>1234abcd-12ab-34cd-56ef-1234567890ab</code></p>',
  ])('the code of an error, of a thing, or of a program: %s', expectKept);

  test.each([
    'Passwort: mindestens 8 Zeichen',
    'Contraseña: mínimo 8 caracteres',
    'パスワード：8文字以上',
    '密码：至少8个字符',
    '密码是必填项',
    'password: open this door here',
  ])('a hint in another language: %s', expectKept);

  test.each(['authentication failed for user-service:8080', 'login failed for tenant/prod-eu-1'])(
    'the host or the tenant of a failed login: %s',
    expectKept,
  );

  test.each([
    'Unable to attach or mount volumes: unattached volumes=[secrets kube-api-access-x7k2p]: timed out',
    'MountVolume.SetUp failed for volume "x" : failed to fetch token: serviceaccounts "app" not found',
    'image registry.acme.test/auth:9d59409 not found: manifest unknown',
    'Integrity check failed for jsonwebtoken@9.0.2: expected sha512-PRp66vJ865SSqOlgqS8hujT5U4AOgMfhrwYIuIhfKaoSCZcirrmASQr8CX7cUg==',
  ])('names of objects, images and digests: %s', expectKept);

  test.each([
    '{"keywords":["password","hash"]}',
    '{"auth":{"method":"password","success":false,"attempts":3}}',
    '{"authorization":{"decision":"allow","policy":"admin"}}',
  ])('a list of names, and what was decided: %s', expectKept);

  test.each(['{"authorization":"Bearer ***"}', '{"authorization":"Basic [REDACTED]"}'])(
    'credentials that another masker left: %s',
    expectKept,
  );

  test.each([
    '<a href="Complex.html" accesskey="n" rel="next">Complex types</a>',
    'src/passwd.c: Likewise.',
    'src/auth/password.ts: error TS2339',
    '{"key":"csrf","val":"^7.0.2"}',
  ])('a key of a page, what is said of a source, a version that a sibling names: %s', expectKept);

  test('words of a form', () => {
    expectKept('city=New+York&comment=the+password+is+too+short&x=1');
  });
});

describe('still masked', () => {
  test.each([
    [`const token = ${TOKEN};`, TOKEN],
    [`let password = 'purp671AR_omk';`, 'purp671AR_omk'],
    ['{"password":"01.02.1990"}', '01.02.1990'],
    ['{"password":"12345678"}', '12345678'],
    ['Unexpected token: "hunter2"', 'hunter2'],
    [`for token=380025158778 (using password: YES)`, '380025158778'],
    [`["api_key","api_${TOKEN}"]`, TOKEN],
  ])('the secret of a look-alike: %s', expectGone);
});
