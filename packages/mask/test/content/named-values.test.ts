import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../../src/index.js';

// A value whose name is another value, and text that was escaped for HTML.

const masker = createMasker();
const masked = (text: string): unknown => masker.attribute('note', text);

describe('a value beside its name loses the secret', () => {
  test.each([
    ['env:\n- name: DB_PASSWORD\n  value: swordfish\n', 'env:\n- name: DB_PASSWORD\n  value: ****\n'],
    ['- name: API_KEY\n  value: "sword fish"', '- name: API_KEY\n  value: "****"'],
    ['- name: API_KEY\n  value: "swordfi', '- name: API_KEY\n  value: "****'],
    ['- {name: API_KEY, value: swordfish}', '- {name: API_KEY, value: ****}'],
    [
      '- name: TLS_KEY\n  value: |\n    sword\n    fish\n- name: A',
      '- name: TLS_KEY\n  value: |\n    ****\n- name: A',
    ],
    [
      '- name: DB_PASSWORD\n  labels:\n    a: b\n  optional: true\n  value: swordfish',
      '- name: DB_PASSWORD\n  labels:\n    a: b\n  optional: true\n  value: ****',
    ],
    [
      'entries { key: "API_TOKEN" value { string_value: "swordfish" } }',
      'entries { key: "API_TOKEN" value { string_value: "****" } }',
    ],
    [
      'ParameterKey: DBPassword\n  ParameterValue: swordfish',
      'ParameterKey: DBPassword\n  ParameterValue: ****',
    ],
    [
      '{"ParameterKey":"DBPassword","ParameterValue":"swordfish"}',
      '{"ParameterKey":"DBPassword","ParameterValue":"****"}',
    ],
  ])('%s', (text, expected) => {
    expect(masked(text)).toBe(expected);
    expect(masked(expected)).toBe(expected);
  });

  test.each([
    '- name: APP_ENV\n  value: production',
    '- name: DB_PASSWORD\n  valueFrom:\n    secretKeyRef: {name: db}',
    `- name: DB_PASSWORD\n  value: "\${DB_PASSWORD}"`,
    '- name: DB_PASSWORD_LENGTH\n  value: 12',
    '- name: DB_PASSWORD\n  labels:\n    a: b\n- name: colour\n  value: swordfish',
    '- name: DB_PASSWORD\n  labels:\n    value: swordfish\n  optional: true',
    'entries { key: "API_NAME" value { string_value: "swordfish" } }',
  ])('%s stays', (text) => {
    expect(masked(text)).toBe(text);
  });
});

describe('a secret of Kubernetes in JSON loses its data', () => {
  test.each([
    '{"kind":"Secret","metadata":{"name":"x"},"data":{"x":"c3dvcmRmaXNo"}}',
    '{"apiVersion":"v1","data":{"x":"c3dvcmRmaXNo"},"kind":"Secret"}',
    '{"items":[{"kind":"Secret","stringData":{"x":"c3dvcmRmaXNo"}}]}',
    JSON.stringify({ body: '{"data":{"x":"c3dvcmRmaXNo"},"kind":"Secret"}' }),
  ])('%s', (text) => {
    expect(masked(text)).not.toContain('c3dvcmRmaXNo');
    expect(JSON.parse(String(masked(text)))).toBeDefined();
    expect(masked(String(masked(text)))).toBe(masked(text));
  });

  test('and nothing else does', () => {
    for (const text of ['{"kind":"ConfigMap","data":{"x":"hello"}}', '{"data":{"a":"b"},"kind":"secretary"}'])
      expect(masked(text)).toBe(text);
  });
});

describe('text that was escaped for HTML is read', () => {
  test.each([
    ['&quot;password&quot;:&quot;swordfish&quot;', '&quot;password&quot;:&quot;****&quot;'],
    ['&lt;password&gt;swordfish&lt;/password&gt;', '&lt;password&gt;****&lt;/password&gt;'],
    ['password&#61;swordfish', 'password&#61;****'],
    ['password&#x3D;swordfish', 'password&#x3D;****'],
    ['mail bob&#64;example.com', 'mail ****'],
    ['<a>&lt;password&gt;swordfish&lt;/password&gt;</a>', '<a>&lt;password&gt;****&lt;/password&gt;</a>'],
    ['<p class="x">Bob &lt;bob@example.com&gt;</p>', '<p class="x">Bob &lt;****&gt;</p>'],
  ])('%s', (text, expected) => {
    expect(masked(text)).toBe(expected);
    expect(masked(expected)).toBe(expected);
  });

  test.each([
    '&quot;name&quot;:&quot;bob&quot;',
    'a &lt;b&gt; c',
    '<a href="/x?a=1&amp;y=2">',
    'R&D; token &co',
  ])('%s stays', (text) => {
    expect(masked(text)).toBe(text);
  });
});

describe('a value goes whose name stands on the line that opens its block', () => {
  test.each([
    [
      'variable "db_password" {\n  type = string\n  default = "Walnut7"\n}',
      'variable "db_password" {\n  type = string\n  default = "****"\n}',
    ],
    [
      'variable "db_password" {\n  description = "a } default = 1"\n  default   = "walnut"\n}',
      'variable "db_password" {\n  description = "a } default = 1"\n  default   = "****"\n}',
    ],
    ['variable "password" { default = "Walnut7" }', 'variable "password" { default = "****" }'],
    [
      'Parameters:\n  DBPassword:\n    Type: String\n    Default: Walnut7\n    NoEcho: true',
      'Parameters:\n  DBPassword:\n    Type: String\n    Default: ****\n    NoEcho: true',
    ],
    ['password = <<EOT\nDrizzle9\nEOT\nx = 1', 'password = <<EOT\n****\nEOT\nx = 1'],
    ['password = <<-EOT\n  two words\n  EOT\n', 'password = <<-EOT\n  ****\n  EOT\n'],
    ['Username: bob\nPassword:\nDrizzle$8056', 'Username: bob\nPassword:\n****'],
  ])('%j', (text, expected) => {
    expect(masked(text)).toBe(expected);
    expect(masked(expected)).toBe(expected);
  });

  test.each([
    'variable "region" {\n  default = "eu-west-1"\n}',
    'variable "db_password" {\n  type = string\n  sensitive = true\n}\nlocals {\n  default = "x"\n}',
    'script = <<EOT\necho hello\nEOT',
    'Password:\nThanks for asking',
    'Token:\nexpired',
    'password:\nnext_step-2: x',
  ])('but %j stays', (text) => {
    expect(masked(text)).toBe(text);
  });
});
