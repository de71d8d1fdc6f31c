import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../../src/index.js';

const masker = createMasker();

describe('a member of an object goes', () => {
  test.each([
    ["{password:'sunshine',roles:['a']}", "{password:'****',roles:['a']}"],
    ["{password:'sunshine',roles:[]}", "{password:'****',roles:[]}"],
    ["{api_key:'sunshine',scopes:['r','w']}", "{api_key:'****',scopes:['r','w']}"],
    ["{clientSecret:'sunshine',uris:['https://x/cb']}", "{clientSecret:'****',uris:['https://x/cb']}"],
    ['{password:sunshine,roles:[a]}', '{password:****,roles:[a]}'],
    ["{'password':'sunshine','roles':{{x}}}", "{'password':'****','roles':{{x}}}"],
    ["password='sunshine' s:[]", "password='****' s:[]"],
    [
      "db.createUser({user:'app',pwd:'sunshine',roles:['readWrite']})",
      "db.createUser({user:'app',pwd:'****',roles:['readWrite']})",
    ],
    [
      "fetch(u,{headers:{authorization:'sunshine'},tags:['a']})",
      "fetch(u,{headers:{authorization:'****'},tags:['a']})",
    ],
    ['{"password": hunter2, "x": 1}', '{"password": "****", "x": 1}'],
    ['{"password": sunshine}', '{"password": "****"}'],
    ['config "password": Sunshine9', 'config "password": "****"'],
    ['login "password": 12345678', 'login "password": "****"'],
  ])('%s', (text, masked) => {
    expect(masker.text(text)).toBe(masked);
    expect(masker.text(masked)).toBe(masked);
  });
});

describe('what stays', () => {
  test.each([
    'Authorization: Basic $USER:$PASSWORD',
    'auth: user:$PASSWORD',
    'password: <user>:<password>',
    'job "rotate-secrets": exit status 1',
    'table "api_tokens": locked',
    'index "idx_session_token": rebuilt',
    'route "/reset-password": 200',
    'file "password.ts": formatted',
    'step "Get token": success',
    "mutex 'token': acquired",
    '"apiKey": required',
    'WARN field "secret": missing',
    'secret "sh.helm.release.v1.web.v3": already exists',
    'failed to load key "user:42": timeout',
    "The key 'orders:123' was not found in the cache",
  ])('%s', (text) => {
    expect(masker.text(text)).toBe(text);
  });

  test.each([
    ["The key 'Zq8LmTvW9x:42' is gone", "The key '****' is gone"],
    ['secret "x7k2m9p4q8w1z5" expired', 'secret "****" expired'],
    ['secret "abcde-12345-fghij-67890" expired', 'secret "****" expired'],
  ])('but not %s', (text, masked) => {
    expect(masker.text(text)).toBe(masked);
  });
});
