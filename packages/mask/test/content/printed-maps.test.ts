import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../../src/index.js';

const masker = createMasker();
const message = (text: string): unknown => masker.attribute('log.body', text);

describe('a value without quotes in a printed map goes whole', () => {
  test.each([
    ['{user=bob, password=Zq8 Lm"TvW&x=1, n=1}', '{user=bob, password=****, n=1}'],
    ['{data={type=x, apiKey=Zq8 LmTvW}, ok=true}', '{data={type=x, apiKey=****}, ok=true}'],
    ['map[user:bob password:Zq8 Lm"TvW n:1]', 'map[user:bob password:**** n:1]'],
    ['{fields=[{name=password, value=Zq8 LmTvW}]}', '{fields=[{name=password, value=****}]}'],
    ['map[fields:[map[name:password value:Zq8;LmTvW]]]', 'map[fields:[map[name:password value:****]]]'],
    ['[--password, Zq8LmTvW9, --host, db]', '[--password, ****, --host, db]'],
  ])('%s', (text, masked) => {
    expect(message(text)).toBe(masked);
    expect(message(masked)).toBe(masked);
  });

  test.each([
    ['user=bob, password=Zq8LmTvW failed for {x=1}', 'user=bob, password=**** failed for {x=1}'],
    ['f(user=bob, password=Zq8LmTvW) and {a}', 'f(user=bob, password=****) and {a}'],
    ['password:Zq8LmTvW then map[a:b]', 'password:**** then map[a:b]'],
    ['{name=city, value=New York}', '{name=city, value=New York}'],
    ['[--token-type, bearer, --host, db]', '[--token-type, bearer, --host, db]'],
  ])('and no more than the value: %s', (text, masked) => {
    expect(message(text)).toBe(masked);
  });
});

describe('words and signs between a name and its value', () => {
  test.each([
    [
      'use the following password to proceed to installation: f072f816de84a43ed227',
      'use the following password to proceed to installation: ****',
    ],
    [
      'The password for the elastic built-in superuser is: 6AcL6fEZz4hQ',
      'The password for the elastic built-in superuser is: ****',
    ],
    ["Rejecting Authorization header 'Basic Zq8LmTvW=='", "Rejecting Authorization header '****'"],
    ['API key not valid: 6Wrf8UK3JUCj2f. Pass another.', 'API key not valid: ****. Pass another.'],
    [
      'The token included in the request is invalid: Zq8LmTvW9',
      'The token included in the request is invalid: ****',
    ],
    [
      'HikariConfig - password...........................Zq8LmTvW',
      'HikariConfig - password...........................****',
    ],
    ['Password ........ Zq8LmTvW', 'Password ........ ****'],
    ['password is now Zq8LmTvW', 'password is now ****'],
    ['password equals Zq8LmTvW', 'password equals ****'],
  ])('%s', (text, masked) => {
    expect(message(text)).toBe(masked);
    expect(message(masked)).toBe(masked);
  });

  test.each([
    'use a token to proceed to checkout: see step2',
    'API key not valid: expired yesterday',
    'password is now required',
    'the token equals null',
    'password... is wrong',
    'loading keys.........done',
    "the Authorization header 'X-Auth' is missing",
  ])('but %s stays', (text) => {
    expect(message(text)).toBe(text);
  });
});
