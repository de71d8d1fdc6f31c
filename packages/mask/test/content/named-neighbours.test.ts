import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../../src/index.js';

const masker = createMasker();

describe('a value goes that a neighbour names, or calls a secret', () => {
  test.each([
    ['{"name"=>"password", "value"=>"Zq8;LmTvW"}', '{"name"=>"password", "value"=>"****"}'],
    ['{:name=>"password", :value=>"Zq8LmTvW"}', '{:name=>"password", :value=>"****"}'],
    ["{\n  name: 'password',\n  value: 'Zq8\"LmTvW'\n}", "{\n  name: 'password',\n  value: '****'\n}"],
    ['Field(name="password", value="Zq8LmTvW")', 'Field(name="password", value="****")'],
    [
      '<pre>{\n  &quot;name&quot;: &quot;password&quot;,\n  &quot;value&quot;: &quot;Zq8LmTvW&quot;\n}</pre>',
      '<pre>{\n  &quot;name&quot;: &quot;password&quot;,\n  &quot;value&quot;: &quot;****&quot;\n}</pre>',
    ],
    ['fields[0][name]=password&fields[0][value]=Zq8LmTvW', 'fields[0][name]=password&fields[0][value]=****'],
    [
      'f%5B0%5D%5Bname%5D=password&f%5B0%5D%5Bvalue%5D=Zq8LmTvW&a=1',
      'f%5B0%5D%5Bname%5D=password&f%5B0%5D%5Bvalue%5D=****&a=1',
    ],
    ['{"label":"Password","answer":"Zq8LmTvW"}', '{"label":"Password","answer":"****"}'],
    ['{"varName":"API_TOKEN","varValue":"Zq8LmTvW"}', '{"varName":"API_TOKEN","varValue":"****"}'],
    [
      '{"OptionName":"DBPassword","Namespace":"a","Value":"Zq8LmTvW"}',
      '{"OptionName":"DBPassword","Namespace":"a","Value":"****"}',
    ],
    [
      '[{"Name":"/a/level","Type":"String","Value":"info"},{"Name":"/a/pay","Type":"SecureString","Value":"Zq8LmTvW"}]',
      '[{"Name":"/a/level","Type":"String","Value":"info"},{"Name":"/a/pay","Type":"SecureString","Value":"****"}]',
    ],
    ['{"id":"x1","type":"CONCEALED","value":"Zq8LmTvW"}', '{"id":"x1","type":"CONCEALED","value":"****"}'],
    ['{"key":"api","value":"Zq8LmTvW","sensitive":true}', '{"key":"api","value":"****","sensitive":true}'],
    ['{"secret":true,"value":"Zq8LmTvW"}', '{"secret":true,"value":"****"}'],
    [
      '{"name":"readonly token","status":"active","value":"Zq8LmTvW9pLw"}',
      '{"name":"readonly token","status":"active","value":"****"}',
    ],
    ['{"keyName":"key1","value":"Zq8LmTvW9pLwXk2R"}', '{"keyName":"key1","value":"****"}'],
    [
      '<Password><Value>Zq8LmTvW</Value><PlainText>true</PlainText></Password>',
      '<Password><Value>****</Value><PlainText>true</PlainText></Password>',
    ],
  ])('%s', (text, masked) => {
    for (const key of ['http.request.body', 'url.query']) {
      if (key === 'url.query' && !text.includes('&f')) continue;
      expect(masker.attribute(key, text)).toBe(masked);
      expect(masker.attribute(key, masked)).toBe(masked);
    }
  });

  test.each([
    '{"name"=>"city", "value"=>"Berlin"}',
    'fields[0][name]=city&fields[0][value]=Berlin',
    '{"key":"level","value":"info","sensitive":false}',
    '{"secret":false,"value":"info"}',
    '{"Name":"/a/level","Type":"String","Value":"info"}',
    '{"label":"Forgot password","value":"Send me a link"}',
    '{"keyName":"left","value":"ArrowLeft"}',
    '<Address><Value>Main Street 5</Value></Address>',
  ])('but %s stays', (text) => {
    expect(masker.attribute('http.request.body', text)).toBe(text);
  });

  test('of a map as of JSON', () => {
    const value = { key: 'api', value: 'Zq8LmTvW', sensitive: true };
    expect(masker.attribute('b', value)).toEqual({ ...value, value: '****' });
    const plain = { ...value, sensitive: false };
    expect(masker.attribute('b', plain)).toBe(plain);
  });
});
