import { describe, expect, test } from '@jest/globals';
import { maskFreeText } from '../../src/content/free-text.js';
import { FakeRules } from './fake-rules.js';

const rules = new FakeRules();

describe('a placeholder is no secret, and has no echo', () => {
  test.each([
    'mutation Login($email: String!, $password: String!) { login(email: $email, password: $password) { id } }',
    'UPDATE users SET password = $1 WHERE id = $2',
    'UPDATE users SET password = :password, secret = @p1',
    'SET password = ?',
    `password=\${DB_PASSWORD}`,
    `password=\${DB_PASSWORD}, next`,
    'password: {{ .Values.password }}',
    'password: "{{ .Values.password }}"',
    'api_key=$API_KEY',
    'password: process.env.DB_PASSWORD',
    'password=%s token=%(token)s',
    'password="<your password>"',
    "fetch(u, { credentials: 'include' })",
    'credentials: same-origin',
    '--password $DB_PASSWORD',
  ])('%j', (text) => {
    expect(maskFreeText(text, rules)).toBe(text);
  });

  test.each([
    [`password=\${DB_PASSWORD:-swordfish}`, 'password=****'],
    ['password=$w0rdfishX7', 'password=****'],
    [`password: "pa\${x}ss"`, 'password: "****"'],
    ['secret: include', 'secret: ****'],
  ])('%j holds one', (text, masked) => {
    expect(maskFreeText(text, rules)).toBe(masked);
  });
});
