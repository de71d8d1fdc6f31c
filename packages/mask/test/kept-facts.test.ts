import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../src/index.js';

// What names a secret or tells of it, and what only looks like one.

const masker = createMasker();

describe('texts stay as they are', () => {
  test.each([
    ['ARNs', 'arn:aws:lambda:us-east-1:123456789012:function:my-token:live'],
    ['ARNs of secrets', 'arn:aws:secretsmanager:us-east-1:123456789012:secret:MySecret-a1B2c3'],
    ['tags of images', 'ghcr.io/acme/token-svc:sha-7f3a9c1'],
    ['names of images', 'registry.example.com:5000/team/token-svc:prod'],
    ['users of a vendor', 'auth0|507f1f77bcf86cd799439011'],
    ['the key of an entry', 'cache miss for key: product:1234'],
    ['the key of a record', 'Consumed record with key order-88213'],
    ['the id of a key', 'Rotating signing key kid=2024-05'],
    ['how long a code is', 'otp: 6 digits'],
    ['a count', 'token: 12 of 100'],
    ['how many tests passed', 'tests=90 pass=87 fail=3'],
    ['a state', 'token=rotated'],
    ['a state without a colon', 'pin=wrong'],
    ['a decision', 'authorization: allow'],
    ['a way to authenticate', 'auth=oidc provider=keycloak'],
    ['what is not there', 'token: (not set)'],
    ['what is hidden', 'password: (hidden)'],
    ['where to read on', 'auth: see RFC 6749'],
    ['an object before a tag', '<reason>{"a":1,"token":null}</reason>'],
    ['an object of Java before a tag', '<reason>User{id=4, password=null}</reason>'],
    ['a variable before a tag', '<reason>Authorization: Bearer $ACCESS_TOKEN</reason>'],
    [
      'settings of a cookie',
      'msg="Session { cookie: { path: \'/\', httpOnly: true, maxAge: 3600 } }" status=500',
    ],
    [
      'settings of a cookie in JSON',
      '{"cookie":{"path":"/","secure":true,"originalMaxAge":3600,"sameSite":"lax"}}',
    ],
    ['the key of a validator', '{"validatorKey":"len","validatorName":"len"}'],
    ['another name', 'refactor: rename pass -> password in login form'],
    ['a type', 'type Token = string;'],
    ['a member of the argument', 'tokens.map(token => token.id)'],
    ['what Node.js prints for a function', '{ password: [Function: validate] }'],
    ['names of machines', 'rabbit@rabbitmq-0.rabbitmq-headless.mq.svc.cluster.local'],
    ['names of machines of a cloud', 'celery@worker1.prod.internal'],
    ['names of files', 'logo@1.5x.png'],
    ['what SOPS encrypted', 'db-password: ENC[AES256_GCM,data:O+5l4g==,iv:c/dS4B=,tag:KkQfh6Oy==,type:str]'],
    ['arguments of a script', 'curl --user "$1:$2" https://example.com'],
    ['values of a chart', 'curl --user "{{ .Values.user }}:{{ .Values.password }}" https://example.com'],
  ])('%s: %s', (_, text) => {
    expect(masker.text(text)).toBe(text);
    expect(masker.attribute('app.note', text)).toBe(text);
  });

  test.each([
    'code=404',
    'code=not_found',
    'code=de-DE',
    'filter[key]=color&filter[value]=red',
    'auth=basic',
    'cookies=accepted',
  ])('in a query: %s', (query) => expect(masker.attribute('url.query', query)).toBe(query));

  test.each([
    '{"apiKeys":[]}',
    '{"pass":87,"fail":3,"skip":0}',
    '{"secret":{"rotated":true}}',
    '{"token":{"id":42}}',
    '{"jwt":{"alg":"RS256","kid":"2024-05"}}',
    '{"apiKey":{"type":"apiKey","in":"header","name":"X-API-Key"}}',
    '{"authorization":{"decision":"allow"}}',
    '{"authorization":"allowed"}',
    '{"errors":{"password":["is too short (minimum is 12 characters)"]}}',
    '{"validation":{"password":"must contain a digit"}}',
    '{"errors":{"token":"expired"}}',
    '{"credentials":"same-origin","mode":"cors"}',
    '{"SecretId":"prod/db/main","VersionStage":"AWSCURRENT"}',
  ])('in JSON: %s', (json) => expect(masker.attribute('http.request.body', json)).toBe(json));

  test.each([
    ['jwt.kid', 'LXmN3bQ4'],
    ['token.exp', 1714561200],
    ['evicted_keys', 3],
    ['db0.keys', 12],
    ['summary.pass', 87],
    ['authorization.decision', 'allow'],
    ['api_key.tier', 'gold'],
    ['variant_key', 'B'],
    ['processInstanceKey', '2251799813685249'],
    ['cookie.same_site', 'lax'],
    ['password_auth', 'enabled'],
  ])('under the name %s', (key, value) => expect(masker.attribute(key, value)).toBe(value));

  test('on several lines, where the name says that there are some', () => {
    expect(masker.attribute('code.snippet', 'a\nb')).toBe('a\nb');
    expect(masker.attribute('k8s.pod.name', 'a\nb')).toBe('a\\nb');
  });
});

describe('and the secrets beside them go', () => {
  test.each([
    ['app.note', '<reason>{"a":1,"token":"Zk7qWm3x9a8"}</reason>'],
    ['app.note', '<reason>Authorization: Bearer Zk7qWm3x9a8</reason>'],
    ['app.note', '{"cookie":{"path":"/","value":"Zk7qWm3x9a8"}}'],
    ['app.note', 'arn:aws:iam::123456789012:user/x secret: Zk7qWm3x9'],
    ['app.note', 'the key Zk7qWm3xPd8LqR2'],
    ['app.note', 'api key: Zk7qWm3x'],
    ['app.note', 'auth: Zk7qWm3x'],
    ['app.note', 'signing key Zk7qWm3xPd8LqR2'],
    ['http.request.body', '{"apiKeys":["Zk7qWm3x"]}'],
    ['http.request.body', '{"secret":{"rotated":true,"value":"Zk7qWm3x"}}'],
    ['http.request.body', '{"password":"is Zk7qWm3x"}'],
    ['http.request.body', '{"SecretId":"0bb2c1e5-5d5c-4ef3-9bb4-Zk7qWm3x1234"}'],
    ['http.request.body', '{"secret_id":"Zk7qWm3x"}'],
    ['url.query', 'code=Zk7qWm3x'],
    ['jwt', 'Zk7qWm3x'],
    ['api_key', 'Zk7qWm3x'],
  ])('%s %s', (key, value) => expect(masker.attribute(key, value)).not.toContain('Wm3x'));

  test('a number that is no count', () => {
    expect(masker.attribute('pin', 1234)).toBe('****');
    expect(masker.attribute('pass', 123456)).toBe('****');
    expect(masker.attribute('http.request.body', '{"password":123456}')).toBe('{"password":"****"}');
  });
});

test('what a secret is called in another store stays', () => {
  const text = 'data:\n  - secretKey: api-key\n    remoteRef:\n      key: team/db';
  expect(masker.attribute('app.note', text)).toBe(text);
  expect(masker.text(text)).toBe(text.replaceAll('\n', '\\n'));
});

test.each(['k8s.pod.annotation.checksum/secret', 'secretKeyRef.key'])('%s tells about a secret', (key) => {
  expect(masker.attribute(key, '3f7a9c1b2d4e')).toBe('3f7a9c1b2d4e');
});

test('an object that tells about a secret and holds something to mask goes whole, so that the next time finds nothing', () => {
  const masked = masker.attributes({ mnemonic: { token_type: 'otp%3A2(' } });
  expect(masked).toEqual({ mnemonic: '****' });
  expect(masker.attributes(masked)).toBe(masked);
  const schema = { password: { type: 'string', minLength: 8 } };
  expect(masker.attributes(schema)).toBe(schema);
});
