import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../../src/index.js';

const masker = createMasker();

describe('JSON in the value of a form or a query is read as JSON', () => {
  test.each([
    ['payload=%7B%22password%22%3A+%22Zq8LmTvW+x%22%7D', 'payload=%7B%22password%22%3A+%22****%22%7D'],
    ['payload=%7B%22password%22%3A%22Zq8%263x%22%7D', 'payload=%7B%22password%22%3A%22****%22%7D'],
    [
      'p=%7B%22password%22%3A%22Zq%5C%228%3Bx%22%2C%22n%22%3A1%7D&z=2',
      'p=%7B%22password%22%3A%22****%22%2C%22n%22%3A1%7D&z=2',
    ],
    [
      'p=%5B%7B%22name%22%3A%22password%22%2C%22value%22%3A%22Zq8%2Bx%22%7D%5D',
      'p=%5B%7B%22name%22%3A%22password%22%2C%22value%22%3A%22****%22%7D%5D',
    ],
    [
      'p=%257B%2522password%2522%253A%2B%2522Zq8%25263x%2522%257D',
      'p=%257B%2522password%2522%253A%2B%2522****%2522%257D',
    ],
  ])('%s', (text, masked) => {
    for (const key of ['http.request.body', 'url.query']) {
      expect(masker.attribute(key, text)).toBe(masked);
      expect(masker.attribute(key, masked)).toBe(masked);
    }
  });

  test('an escaped quote closes the value that it opens, in other text as well', () => {
    expect(masker.text('sent a%3D1%26password%3D%22ab%26cd99%22')).toBe('sent a%3D1%26password%3D%22****%22');
  });

  test.each([
    'payload=%7B%22city%22%3A+%22Berlin+Mitte%22%2C+%22password_policy%22%3A+true%7D',
    'q=%7B%22sort%22%3A+%22name%22%7D&keyboard=de',
  ])('but stays as it came without a secret: %s', (text) => {
    expect(masker.attribute('http.request.body', text)).toBe(text);
    expect(masker.attribute('url.query', text)).toBe(text);
  });
});

describe('a type, a constructor or a line break between a name and its value hides nothing', () => {
  test.each([
    [
      'http.Header{"Accept":[]string{"*/*"}, "X-Api-Key":[]string{"Zq8LmTvW"}}',
      'http.Header{"Accept":[]string{"*/*"}, "X-Api-Key":[]string{"****"}}',
    ],
    ['password: Some(\n    "Sommer2024!",\n)', 'password: Some(\n    "****",\n)'],
    ['{\n  "api_key": Some(\n    "Zq8LmTvW9",\n  ),\n}', '{\n  "api_key": Some(\n    "****",\n  ),\n}'],
    [String.raw`b'{"password":"Zq8\\"LmTvW","n":1}'`, `b'{"password":"****","n":1}'`],
    [
      String.raw`<a data-p="{&quot;password&quot;:&quot;Zq8\&quot;LmTvW&quot;,&quot;n&quot;:1}">`,
      '<a data-p="{&quot;password&quot;:&quot;****&quot;,&quot;n&quot;:1}">',
    ],
    ['ApiKey(\n    "Zq8LmTvW9pLw",\n)', 'ApiKey(\n    "****",\n)'],
    [' Password: (string) (len=8) "Zq8LmTvW",', ' Password: (string) (len=8) "****",'],
    [
      '["password":"App\\User":private]=> string(8) "Zq8LmTvW"',
      '["password":"App\\User":private]=> string(8) "****"',
    ],
    ['[password:App\\User:private] => Zq8LmTvW', '[password:App\\User:private] => ****'],
    ['[password:protected] => Zq8LmTvW', '[password:protected] => ****'],
    ['id|i:42;api_key|s:8:"Zq8LmTvW";', 'id|i:42;api_key|s:8:"****";'],
    ['#{password => <<"Zq8LmTvW">>,user => <<"bob">>}', '#{password => <<"****">>,user => <<"bob">>}'],
    ['[{user,"bob"},{password,"Zq8LmTvW9"}]', '[{user,"bob"},{password,"****"}]'],
    ['{"user" "bob" "password" "Zq8LmTvW"}', '{"user" "bob" "password" "****"}'],
    ['map[password:[Zq8LmTvW] user:[bob]]', 'map[password:**** user:[bob]]'],
    ["{ [Symbol(password)]: 'Zq8LmTvW' }", "{ [Symbol(password)]: '****' }"],
    ['let password: String = String::from("Zq8LmTvW");', 'let password: String = String::from("****");'],
    ["DECLARE @password NVARCHAR(50) = N'Zq8LmTvW';", 'DECLARE @password NVARCHAR(?) = ?;'],
    [
      'parser.add_argument("--password", help="of it", default="Zq8LmTvW")',
      'parser.add_argument("--password", help="of it", default="****")',
    ],
    ["set :password, 'Zq8LmTvW!'", "set :password, '****'"],
    ['ENV.fetch("DB_PASSWORD") { "Zq8LmTvW9" }', 'ENV.fetch("DB_PASSWORD") { "****" }'],
  ])('%s', (text, masked) => {
    expect(masker.attribute('log.body', text)).toBe(masked);
    expect(masker.text(masker.text(text))).toBe(masker.text(masked));
  });

  test.each([
    'http.Header{"Accept":[]string{"*/*"}, "Content-Type":[]string{"text/plain"}}',
    'fn password(&self) -> Option<&str> { Some(self.inner) }',
    'case {token,"ident"} of',
    'necessaryKeys := []string{"dependencies", "others"}',
    'wantSignature: []string{"signature"},',
    'type Login struct { Password string }',
    '["name":protected]=> string(3) "bob"',
    'set :keep_releases, 5',
    'parser.add_argument("--token", help="the token")',
  ])('but %s stays', (text) => {
    expect(masker.text(text)).toBe(text);
  });
});
