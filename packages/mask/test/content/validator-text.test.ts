import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../../src/index.js';

const masker = createMasker();

describe('a validator that quotes a value away from its name', () => {
  test.each([
    [
      "1 validation error for Login\npassword\n  String should have at least 30 characters [type=string_too_short, input_value='Zq8LmTvW', input_type=str]",
      "1 validation error for Login\npassword\n  String should have at least 30 characters [type=string_too_short, input_value='****', input_type=str]",
    ],
    [
      "Login password String should have at least 30 characters [input_value='Zq8LmTvW', input_type=str]",
      "Login password String should have at least 30 characters [input_value='****', input_type=str]",
    ],
    [
      "Field error on field 'password': rejected value [Zq8LmTvW]; codes [Size.login.password]",
      "Field error on field 'password': rejected value [****]; codes [Size.login.password]",
    ],
    [
      "{propertyPath=password, rootBeanClass=class Login, value='Zq8LmTvW'}",
      "{propertyPath=password, rootBeanClass=class Login, value='****'}",
    ],
    [
      "Invalid type for parameter Password, value: ['Zq8LmTvW'], type: <class 'list'>",
      "Invalid type for parameter Password, value: ['****'], type: <class 'list'>",
    ],
    [
      'invalid value "Zq8LmTvW" for flag -password: parse error',
      'invalid value "****" for flag -password: parse error',
    ],
    [
      "error: unexpected argument 'Zq8LmTvW' found for --password",
      "error: unexpected argument '****' found for --password",
    ],
    [
      'cannot unmarshal string into field Login.password of type int: "Zq8LmTvW"',
      'cannot unmarshal string into field Login.password of type int: "****"',
    ],
    [
      'expected: <Zq8LmTvW> but was: <Xw9PkRt2> for field password',
      'expected: <****> but was: <****> for field password',
    ],
    ['unexpected password: got "Zq8LmTvW", want "Xw9PkRt2"', 'unexpected password: got "****", want "****"'],
    ["Password mismatch: 'Zq8LmTvW' != 'Xw9PkRt2'", "Password mismatch: '****' != '****'"],
    [
      "User bob changed password from 'Zq8LmTvW' to 'Xw9PkRt2'",
      "User bob changed password from '****' to '****'",
    ],
    ['password too weak: Zq8LmTvW', 'password too weak: ****'],
    ["On instance['password']:\n    'Zq8LmTvW'", "On instance['password']:\n    '****'"],
    [
      "[ { instancePath: '/user/password', params: { limit: 8 }, message: 'must NOT be short', data: 'Tjkn2^O' } ]",
      "[ { instancePath: '/user/password', params: { limit: 8 }, message: 'must NOT be short', data: '****' } ]",
    ],
    ["{ dataPath: '.password',\n  data: 'tjknxo' }", "{ dataPath: '.password',\n  data: '****' }"],
  ])('%s', (text, masked) => {
    expect(masker.attribute('exception.message', text)).toBe(masked);
    expect(masker.attribute('exception.message', masked)).toBe(masked);
  });

  test.each([
    "name\n  String should have at least 3 characters [type=string_too_short, input_value='x', input_type=str]",
    "Field error on field 'email': rejected value [bob]; codes [Size.login.email]",
    "{ instancePath: '/password', message: 'must be string' }",
    "[ { instancePath: '/password', message: 'x' }, { instancePath: '/email', data: 'bob' } ]",
    'unexpected status: got "400", want "200"',
    'Unexpected token: got "}", want "]"',
    'renamed table from "a" to "b" for the token service',
    'password too short: minimum is 8 characters',
    'token rejected: ExpiredSignatureError',
    'expected token to be "string"',
    "token changed from 'idle' to 'busy'",
    "{'password': ['This field is required.']}",
    "passwords:\n  'invalid'",
  ])('but %s stays', (text) => {
    expect(masker.attribute('exception.message', text)).toBe(text);
  });
});
