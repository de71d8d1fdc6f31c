import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../../src/index.js';

const masker = createMasker({ controlCharacters: 'keep' });
const message = (text: string): unknown => masker.attribute('exception.message', text);

describe('a word that a message shows of a secret goes', () => {
  test.each([
    ['Wrong password (given: harbor18)', 'Wrong password (given: ****)'],
    [
      'password must be longer than 8 characters, received harbor18',
      'password must be longer than 8 characters, received ****',
    ],
    ['Using password from env: Nv5PQ7_6FG', 'Using password from env: ****'],
    ['New API key for tenant acme: Zk8wq2LmX91p', 'New API key for tenant acme: ****'],
    ['env var API_KEY has value xaMptwNDbhj1-aPx0hB0', 'env var API_KEY has value ****'],
    ['Setting SECRET_KEY to TVrt3218vPeuyqpK8qty', 'Setting SECRET_KEY to ****'],
    ['bad secret (got b4mb001)', 'bad secret (got ****)'],
    ['password:\n  value: hunter2x\nx: 1', 'password:\n  value: ****\nx: 1'],
    ['PIN entered: 2495', 'PIN entered: ****'],
    ['Passwort falsch: cobalt78', 'Passwort falsch: ****'],
    ['senha inv\u00e1lida: 3mb3r1x', 'senha inv\u00e1lida: ****'],
  ])('behind other words: %s', (text, masked) => {
    expect(message(text)).toBe(masked);
    expect(message(masked)).toBe(masked);
  });

  test.each([
    [
      'expected token H00QSSNR7JaPuJbxsgnJ but got 4GmohrxTWGZk-KZT8P35hfS3GVy',
      'expected token **** but got ****',
    ],
    [
      'CSRF token mismatch: HAekor2BHfFUzvcJE0oy !== wuD0dqRfr2U3WkxLBbdQ',
      'CSRF token mismatch: **** !== ****',
    ],
    ['recovery codes: 825aefa0ee08, 207591b1ca57, 4e3cc455db24', 'recovery codes: ****, ****, ****'],
    ['Password mismatch: "r4v3n!" vs "velvet-glacier-59"', 'Password mismatch: "****" vs "****"'],
    ['password changed from tig3rrr! to pumpkin77', 'password changed from **** to ****'],
    ['secret rotated old=JFRszrF8fUZ69KNk4B new=kNk4B7tDXJFRsz8fU6', 'secret rotated old=**** new=****'],
  ])('with the one beside it: %s', (text, masked) => {
    expect(message(text)).toBe(masked);
    expect(message(masked)).toBe(masked);
  });

  test.each([
    ['"jmA27*Fr8" is not a valid password', '"****" is not a valid password'],
    ["'jRFgokasR8bG-K3a0v4aC' is not a valid API key", "'****' is not a valid API key"],
    ['mrAssGp4dLbi-cp077gcP is not a valid access token', '**** is not a valid access token'],
    ['Invalid value "h4rbor18" for password', 'Invalid value "****" for password'],
    [
      'invalid argument "0rchid!" for "-p, --password" flag: too short',
      'invalid argument "****" for "-p, --password" flag: too short',
    ],
  ])('before the name: %s', (text, masked) => {
    expect(message(text)).toBe(masked);
  });

  test.each([
    ['wrong credentials bob:ApZSg!eL*ckk', 'wrong credentials bob:****'],
    ['credentials (bob, h4rb0r77) rejected', 'credentials (bob, ****) rejected'],
    ['Login with bob/PngYo!p14r failed', 'Login with bob/**** failed'],
    ['login failed: bob:PngYo!p14r', 'login failed: bob:****'],
  ])('behind its user: %s', (text, masked) => {
    expect(message(text)).toBe(masked);
  });

  test.each([
    ['Session GK9mA6FMFDdSYeCvMH0Cx18CDm6rtag0 not found', 'Session **** not found'],
    ['session b51e975e70e76e9334bccb2f127a59a2 expired', 'session **** expired'],
    [
      '<SessionId>00D3hBV8ymt7EhD!AQesBoDoyfgN6yAMdjQdbNhxJvh01U4SKK</SessionId>',
      '<SessionId>****</SessionId>',
    ],
  ])('as the session that somebody asked with: %s', (text, masked) => {
    expect(message(text)).toBe(masked);
  });
});

describe('what a message shows beside the name of a secret and is none stays', () => {
  test.each([
    'token expired, got 401-Unauthorized response',
    'invalid token: expected 3 parts, got 2',
    'failed to get secret from kube-system/app-tls-2: not found',
    'password authentication failed for user app from 10.0.0.5:5432',
    'Invalid API key for host api-2.example.com: 403',
    'csrf token mismatch for request req-8f2a91c3',
    'JWT algorithm mismatch: expected RS256, got HS256',
    'using credentials from /root/.aws/credentials2',
    'using token from env: GITHUB_TOKEN2',
    'cache key value user42profile',
    'password policy changed from policy7x to policy8x',
    'password changed from 2024-01-01 to 2025-01-01',
    'token rotated from node-1 to node-2',
    'Object keys: item1a, item2b',
    'secret of another pod, got web-7d9f8b6c5-x2x4z',
    'backup codes: 10 remaining',
    'recovery codes: generated',
    'status codes: e401x, e402x',
    'password must be at least 12 characters, got 8',
    'wrong password\nexpected v2beta1x, got v2beta2x',
    "'end2of3' is not a valid keyword",
  ])('%s', (text) => {
    expect(message(text)).toBe(text);
  });

  test.each([
    'login: POST /api/v1/login1',
    'login: GET /dashboard2024',
    'login as admin, attempt3of5',
    'login 2024-01-01T10:30:22Z',
    'login failed: timeout:30000ms',
    'login failed: user:bob1234',
    'login from 192.168.1.10:55012',
    'credentials aws:default',
    'credentials kube-system/app-tls-2 not found',
    'session 7f3b9c2d1e4a5b6c started',
    'Session not found',
  ])('in pairs and sessions as well: %s', (text) => {
    expect(message(text)).toBe(text);
  });
});

describe('a code on a card', () => {
  test.each([
    ['{"cardCode":"592"}', '{"cardCode":"****"}'],
    ['<cardCode>592</cardCode>', '<cardCode>****</cardCode>'],
    ['x_login=a&x_card_code=592', 'x_login=a&x_card_code=****'],
  ])('goes: %s', (text, masked) => {
    expect(message(text)).toBe(masked);
  });

  test.each(['{"CardCode":"C20000"}', '<cardCode>VISA</cardCode>'])(
    'and what else is called so stays: %s',
    (text) => {
      expect(message(text)).toBe(text);
    },
  );
});
