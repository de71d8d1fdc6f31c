import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../../src/index.js';

const masker = createMasker({ controlCharacters: 'keep' });
const message = (text: string): unknown => masker.attribute('exception.message', text);

describe('a quote that closes the literal opens no value', () => {
  test.each([
    "{ message: 'csrf token mismatch', code: 'EBADCSRFTOKEN', status: 403 }",
    "{ error: 'Signature mismatch', code: 5 }",
    "{ errors: [ { path: 'password', msg: 'Invalid value', location: 'body' } ] }",
    "{ type: 'field', value: '', msg: 'Invalid value', path: 'password', location: 'body' }",
    'level=error msg="CSRF token mismatch" status=500',
    'level=error msg="Error: secretOrPrivateKey must have a value" status=500',
    `level=error msg="Field 'password' doesn't have a default value" status=500`,
    `{ code: 'E_FAIL', message: 'secret "db-credentials" not found', status: 500 }`,
    "{ code: 'E_FAIL', message: 'Parsing error: Unexpected token =>', status: 500 }",
  ])('%s', (text) => {
    expect(message(text)).toBe(text);
  });

  test.each([
    [
      "{ type: 'field', value: 'hunter2x', msg: 'Invalid value', path: 'password' }",
      "{ type: 'field', value: '****', msg: 'Invalid value', path: 'password' }",
    ],
    ["password mismatch: 'Zq8LmTvW', code: 5", "password mismatch: '****', code: 5"],
  ])('unless one opens there: %s', (text, masked) => {
    expect(message(text)).toBe(masked);
  });
});

describe('what only says how, which or what kind stays', () => {
  test.each([
    "{ auth: 'basic', secure: true }",
    "{ auth: 'oauth2', secure: true }",
    'auth: JWT',
    'auth=basic not allowed',
    'auth=basic',
    '{"login.password":"Password","login.token":"Token"}',
    '{"password":"Passwort"}',
    'token: "string"',
    "password: 'string'",
    '{"password":"***"}',
    '{"password":"[FILTERED]","user":"bob"}',
    'Password: (unchanged)',
    'Password: (attempt 2 of 5, retrying in 300 ms)',
    'otp=sent',
    'ask password: never',
    `Unexpected token 'o', "[object Obj"... is not valid JSON`,
    "expected token 'end of statement block', got 'endif'",
    'kubeadm join --discovery-token-ca-cert-hash sha256:7c2e69131a36ae2a042a339b33381c6d0d43887e2de83720eff5359e26aec866',
    'image.pullSecret: regcred',
    '/health?pass=1',
    'Detail: Key (id)=(574) already exists.',
    'EXPIRE token:count ?',
    'ssh carol@mq-checkout.example.com',
    'scp -P 22 a.txt carol@mq-checkout.example.com:/tmp',
    "Session { cookie: { path: '/', httpOnly: true, maxAge: 3600 } }",
  ])('%s', (text) => {
    expect(message(text)).toBe(text);
  });

  test.each([
    ['auth: Basic dXNlcjpwYXNz', 'auth: ****'],
    ['auth: bearer sesame', 'auth: ****'],
    ['{"password":"Password"}', '{"password":"****"}'],
    ['Detail: Key (pin)=(574) already exists.', 'Detail: Key (pin)=(****) already exists.'],
    ['/login?pass=481516', '/login?pass=****'],
    ['we logged in via ssh as carol@example.com', 'we logged in via ssh as ****'],
    [`Unexpected token 'o', "o-hunter2" is not valid JSON`, `Unexpected token 'o', "****" is not valid JSON`],
    ["{ cookie: { path: '/', value: 's3cr3tV4lue' } }", '{ cookie: **** }'],
  ])('and neither does its neighbour: %s', (text, masked) => {
    expect(message(text)).toBe(masked);
  });
});

describe('code in a literal or an element stays', () => {
  test.each([
    'level=error msg="password = getpass.getpass()" status=500',
    "{ code: 'E_FAIL', message: 'user.password = hash(password)', status: 500 }",
    '<fault><reason>token = os.getenv("TOKEN")</reason></fault>',
    'apiKey: fs.readFileSync("foo")',
    'SUMO_ACCESS_KEY=`etcdctl get /x`',
    'curl -H "Authorization: Bearer $1"',
    '<reason>Authorization: Bearer \u0024{TOKEN}</reason>',
    '<reason>User{id=458, password=null}</reason>',
    "e.g. 'Authorization: Bearer YOUR_SECRET_KEY'",
  ])('%s', (text) => {
    expect(message(text)).toBe(text);
  });
});

describe('what stands behind a secret stays', () => {
  test.each([
    ['RESTIC_PASSWORD=x1y2 restic snapshots', 'RESTIC_PASSWORD=**** restic snapshots'],
    ['API_TOKEN=x1y2 node x.js', 'API_TOKEN=**** node x.js'],
    ['API_TOKEN=x1y2 deploy /srv/app', 'API_TOKEN=**** deploy /srv/app'],
    ['DB_PASSWORD=correct horse battery', 'DB_PASSWORD=****'],
    [
      `{ message: 'Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, Signature=fe5f80f77d5fa3beca', status: 500 }`,
      "{ message: 'Authorization: ****', status: 500 }",
    ],
  ])('%s', (text, masked) => {
    expect(message(text)).toBe(masked);
  });
});

describe('a secret that nothing but its name gives away', () => {
  test.each([
    ['The password is muHor_ZGpZ', 'The password is ****'],
    ['login for bob with password NvXxZ_ab', 'login for bob with password ****'],
    ['The password is 0nyx1', 'The password is ****'],
    ['os.Setenv("DB_PASSWORD", "oPGio-Hr_wmy")', 'os.Setenv("DB_PASSWORD", "****")'],
  ])('goes when its case says so: %s', (text, masked) => {
    expect(message(text)).toBe(masked);
  });

  test.each([
    'The password is PasswordGrant',
    'the password is user_name',
    'the password is in config.yaml',
    'login with password Auth_Token_Store',
    'grant type with password authFlow',
  ])('and a name of a program stays: %s', (text) => {
    expect(message(text)).toBe(text);
  });

  test.each([
    ['<reason>The password is sunflower-42</reason>', '<reason>The password is ****</reason>'],
    ['<p>Your password is <b>hunter2!x</b></p>', '<p>Your password is <b>****</b></p>'],
    [
      'Your verification code is: <strong>546390</strong>',
      'Your verification code is: <strong>****</strong>',
    ],
    ['Your verification code is:\n\n546390', 'Your verification code is:\n\n****'],
    [
      "{ message: '<login><password>Ggrcr_0v!JWZ', status: 500 }",
      "{ message: '<login><password>****', status: 500 }",
    ],
  ])('goes in markup as well: %s', (text, masked) => {
    expect(message(text)).toBe(masked);
  });
});

describe('a URL that was cut off inside of its user information', () => {
  test.each([
    ['postgres://dave:hunter2x', 'postgres://****:****'],
    ['redis://:hunter2x', 'redis://:****'],
    ['connect redis://:hunter2x failed', 'connect redis://:**** failed'],
    ['connect failed: mongodb+srv://bob:hunter2x...', 'connect failed: mongodb+srv://****:****...'],
    ['{"url":"postgres://dave:hunter2x', '{"url":"postgres://****:****'],
    ["URL { href: 'https://u:yPa43_n", "URL { href: 'https://****:****"],
  ])('loses it: %s', (text, masked) => {
    expect(message(text)).toBe(masked);
    expect(message(masked)).toBe(masked);
  });

  test.each([
    'http://localhost:8080',
    'see http://localhost:3000)',
    'https://example.com:443...',
    'https://host:port',
    'http://host:\u0024PORT',
    'mongodb://a:27017,b:27017',
    'docker://registry:latest',
  ])('and one with a port stays: %s', (text) => {
    expect(message(text)).toBe(text);
  });
});
