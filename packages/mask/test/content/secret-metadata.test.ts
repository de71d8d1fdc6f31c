import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../../src/index.js';

const masker = createMasker();
const message = (text: string): unknown => masker.attribute('log.body', text);

describe('an object that only tells about a secret stays, however it is written', () => {
  test.each([
    'got {"password":{"type":"string","minLength":8}} as a schema',
    "{'password': {'type': 'string', 'minLength': 8}, 'title': 'x'}",
    '{"password"=>{"type"=>"string", "min_length"=>8}}',
    "{\n  password: {\n    type: 'string',\n    minLength: 8\n  }\n}",
    '{password={type=string, minLength=8}, title=x}',
    'map[password:map[minLength:8 type:string] title:x]',
    'data: "{\\"password\\":{\\"type\\":\\"string\\"}}"',
    'payload=%7B%22password%22%3A+%7B%22type%22%3A+%22string%22%7D%7D',
    '{"password":{"type":"string","pattern":"^[A-Z]{8,}#1$"}}',
    '{"apiKey":{"anyOf":[{"type":"string"},{"type":"null"}]}}',
    '{"password":{"$ref":"#/components/schemas/Password1"}}',
  ])('%s', (text) => {
    expect(message(text)).toBe(text);
    expect(masker.attribute('http.request.body', text)).toBe(text);
  });

  test.each([
    ["{'password': {'v': 'Zq8LmTvW'}}", 'Zq8LmTvW'],
    ["{'password': {'type': 'string', 'value': 'Zq8LmTvW'}}", 'Zq8LmTvW'],
    ["x {'password': {'type': 'Zq8LmTvWnR4kPy7x'}}", 'Zq8LmTvW'],
    ['{password={type=string, hash=Zq8LmTvW}}', 'Zq8LmTvW'],
    ['map[password:map[type:string raw:Zq8LmTvW]]', 'Zq8LmTvW'],
    ["{'password': ['lovecoffee']}", 'lovecoffee'],
  ])('but not in %s', (text, secret) => {
    expect(message(text)).not.toContain(secret);
  });
});
