import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../../src/index.js';

const masker = createMasker({ controlCharacters: 'keep' });

describe('what YAML has below the name of a secret goes', () => {
  test.each([
    ['password:\n  value: sunshine\nport: 1', 'password:\n  value: ****\nport: 1'],
    ['password:\n  value: 445786453282', 'password:\n  value: ****'],
    ['api_key:\r\n  secure: "sun shine"\r\n', 'api_key:\r\n  secure: "****"\r\n'],
    [
      'secrets:\n  db: hunter2x # of the shop\n  mail: k9x7c1q',
      'secrets:\n  db: **** # of the shop\n  mail: ****',
    ],
    [
      'a:\n  db_password:\n    production: hunter2x\n    at: 5',
      'a:\n  db_password:\n    production: ****\n    at: 5',
    ],
    [
      'secret:\n  encrypted: false\n  value: !vault hunter2x',
      'secret:\n  encrypted: false\n  value: !vault ****',
    ],
    ['password =\n    hunter2x9\n', 'password =\n    ****\n'],
  ])('%j', (text, masked) => {
    expect(masker.text(text)).toBe(masked);
    expect(masker.text(masked)).toBe(masked);
  });
});

describe('what tells about a secret stays', () => {
  test.each([
    'password:\n  type: string\n  minLength: 12\n  format: password',
    'apiKey:\n  in: header\n  name: X-API-KEY',
    'token:\n  issuer: https://auth.example.com/v2\n  ttl: 3600s\n  algorithm: RS256',
    'secret:\n  name: my-secret-v2\n  optional: true',
    'password:\n  value: <your-password>',
    'passwordPolicy:\n  pattern: abc1d2e3',
    'token:\nbuild: abc1d2e3',
  ])('%j', (text) => expect(masker.text(text)).toBe(text));
});
