import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../../src/index.js';
import { expectGone } from './expected-masking.js';

// Secrets as libraries, servers and people really write them.

const masker = createMasker({ controlCharacters: 'keep' });
const PASSWORD = 'purp671AR_omk';
const TOKEN = '8jBK3cpmiuojWrjEyc4REzSV2gVVf624';
/** With slashes in it. */
const BASE64 = 'NErLEpn7oC8el/K1HsE6b6k=';

describe('nothing is left of', () => {
  test.each([
    `//npm.acme.test/:_password=${BASE64}\n//npm.acme.test/:username=bob`,
    `//npm.acme.test/a/b/:_authToken=${BASE64}`,
    `//npm.acme.test/:_auth="${BASE64}"`,
  ])('base64 with slashes in a setting of npm: %s', (text) => {
    expectGone(text, BASE64);
  });

  test('a secret in brackets behind the name of a clause', () => {
    expectGone(`COPY INTO 's3://x' FROM t CREDENTIALS = (AWS_TOKEN = '${TOKEN}')`, TOKEN);
  });

  test.each([
    `The password you entered (${PASSWORD}) is incorrect`,
    `Password provided (${PASSWORD}) is invalid`,
    `The token you provided '${TOKEN}' is not valid`,
    `the key you supplied "${TOKEN}" was rejected`,
  ])('what somebody entered: %s', (text) => {
    expectGone(text, text.includes(TOKEN) ? TOKEN : PASSWORD);
  });

  test.each([
    `Invalid username or password: bob / ${PASSWORD}`,
    `unauthorized: incorrect username or password bob:${PASSWORD}`,
    `invalid user or password (bob, ${PASSWORD})`,
    `authentication failed for bob:${PASSWORD}`,
    `Auth failed: bob/${PASSWORD}`,
  ])('a password behind the user of a failed login: %s', (text) => {
    expectGone(text, PASSWORD);
  });

  test('a value on the line below its name', () => {
    expectGone(`Key: api_key\nValue: ${TOKEN}`, TOKEN);
  });

  test('a hash of a password as LDAP writes it', () => {
    expectGone(`{SSHA}${TOKEN}`, TOKEN);
  });

  test.each([
    `{"grant_type":"authorization_code","code":"4/0AX4XfWhS1${TOKEN}"}`,
    `Failed to obtain access token (code=${TOKEN})`,
    `{ code: '${TOKEN}', redirect_uri: 'https://a.test' }`,
  ])('a code that is exchanged for a token: %s', (text) => {
    expectGone(text, TOKEN);
  });

  test('a password with a question mark in it', () => {
    expectGone('Your new password is a58x?%z%FBUA47', 'a58x?%z%FBUA47');
  });

  test.each([
    `Passwort für die Datenbank: ${PASSWORD}`,
    `mot de passe pour la base: ${PASSWORD}`,
    `contraseña para bob: ${PASSWORD}`,
    `пароль от базы: ${PASSWORD}`,
    `密码是${PASSWORD}`,
    `パスワードは ${PASSWORD} です`,
    `비밀번호는 ${PASSWORD} 입니다`,
    `use ${PASSWORD} as the password`,
  ])('a password that a sentence tells: %s', (text) => {
    expectGone(text, PASSWORD);
  });

  test.each([
    '<p>Your verification code is:</p><h1>991152</h1>',
    '<p>Your code: <strong>991152</strong></p>',
    '<p>Your login code is:</p>\n  <p style="x"><b>991152</b></p>',
  ])('a code behind the tags of a letter: %s', (text) => {
    expectGone(text, '991152');
  });

  test('a password of an app in its groups of letters', () => {
    expectGone('SMTP_PASS=abcd efgh ijkl mnop', 'abcd efgh ijkl mnop');
  });

  test('a value in escaped quotes on a line below the first', () => {
    expectGone(`<log>env:\n  - name: DB_PASSWORD\n    value: &quot;${PASSWORD}&quot;\n</log>`, PASSWORD);
  });

  test('user and password behind a colon', () => {
    expectGone(`Default credentials: admin / ${PASSWORD}`, PASSWORD);
  });

  test.each([
    ['http.request.body', 'Body=Your+verification+code+is+975913&To=%2B1555', '975913'],
    ['http.request.body', 'From=a&Body=the%20password%20is%20purp671AR_omk&x=1', PASSWORD],
    ['url.query', 'Body=Your+verification+code+is+975913&To=%2B1555', '975913'],
  ])('a sentence in the form of %s', (key, text, secret) => {
    expect(masker.attribute(key, text)).not.toContain(secret);
  });
});
