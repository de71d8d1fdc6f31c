import { describe, expect, test } from '@jest/globals';
import { createMasker, type KeyRule, type Policy, PolicyError } from '../src/index.js';

const only = (...keys: KeyRule[]) => createMasker({ extends: [], keys });

function faultPaths(policy: unknown): string[] {
  try {
    createMasker(policy as Policy);
  } catch (error) {
    if (error instanceof PolicyError) return error.faults.map(({ path }) => path);
  }
  return [];
}

describe('a rule within attributes', () => {
  test('judges what is nested in any of them', () => {
    const mask = only({ pattern: 'pin', within: ['a.*', 'body'] });
    expect(mask.attribute('body', '{"pin":1,"x":{"PIN":2}}')).toBe('{"pin":"****","x":{"PIN":"****"}}');
    expect(mask.attribute('a.b', 'pin=1')).toBe('pin=****');
    expect(mask.attribute('c', 'pin=1')).toBe('pin=1');
    expect(mask.text('pin=1')).toBe('pin=1');
  });

  test('judges the names that its star stands for', () => {
    const mask = only({ pattern: '^x-own$', within: 'http.request.header.*' });
    const attributes = { 'HTTP.request.header.X-Own': 'a', 'http.request.header.x-own.b': 'c', 'x-own': 'd' };
    expect(mask.attributes(attributes)).toEqual({ ...attributes, 'HTTP.request.header.X-Own': '****' });
  });

  test('judges no empty name', () => {
    const attributes = { 'header.': 'a', header: 'b' };
    expect(only({ pattern: '.*', within: 'header.*' }).attributes(attributes)).toBe(attributes);
  });

  test('takes its globs from a list', () => {
    const mask = createMasker({
      extends: [],
      define: { bodies: ['a', 'b'] },
      keys: [{ pattern: 'pin', within: '$bodies' }],
    });
    expect(mask.attributes({ a: 'pin=1', b: 'pin=1', c: 'pin=1' })).toEqual({
      a: 'pin=****',
      b: 'pin=****',
      c: 'pin=1',
    });
  });
});

test('a rule outside of attributes leaves what is nested in them', () => {
  const mask = only({ pattern: 'pin', outside: ['body', 'header.*'] });
  const attributes = { body: 'pin=1', other: 'pin=1', 'header.pin': 1, 'x.pin': 1 };
  expect(mask.attributes(attributes)).toEqual({ ...attributes, other: 'pin=****', 'x.pin': '****' });
  expect(mask.text('pin=1')).toBe('pin=****');
});

describe('a rule in exact case', () => {
  test('compares names as they are written', () => {
    for (const rule of [{ glob: 'user.Id' }, { pattern: '^user\\.Id$' }]) {
      const mask = only({ ...rule, caseSensitive: true });
      const attributes = { 'user.Id': 'a', 'user.id': 'b', user_Id: 'c' };
      expect(mask.attributes(attributes)).toEqual({ ...attributes, 'user.Id': '****' });
      expect(mask.attribute('x', '{"user.Id":1,"user.id":2}')).toBe('{"user.Id":"****","user.id":2}');
    }
  });
});

describe('a rule for whole attributes', () => {
  test('masks values of any type as one', () => {
    const mask = only({ glob: 'a*', whole: true });
    const masked = mask.attributes({ a: true, a1: '', a2: ['x', 1], a3: { b: 1 }, a4: null, b: true });
    expect(masked).toEqual({ a: '****', a1: '****', a2: '****', a3: '****', a4: '****', b: true });
    expect(mask.attributes(masked)).toBe(masked);
    expect(mask.counters().hits['a*']).toBe(5);
  });

  test('masks no name that is nested', () => {
    const attributes = { b: '{"pin":1}', c: 'pin=1', d: { pin: 1 } };
    expect(only({ pattern: 'pin', whole: true }).attributes(attributes)).toBe(attributes);
  });

  test('drops and keeps', () => {
    const mask = only({ glob: 'a', whole: true, action: 'drop' }, { glob: 'b', whole: true, action: 'keep' });
    expect(mask.attributes({ a: 1, b: 2 })).toEqual({ b: 2 });
  });
});

test.each<[unknown, string]>([
  [{ keys: [{ pattern: 'a', within: [] }] }, 'keys[0].within'],
  [{ keys: [{ pattern: 'a', outside: 5 }] }, 'keys[0].outside'],
  [{ keys: [{ pattern: 'a', outside: [''] }] }, 'keys[0].outside[0]'],
  [{ keys: [{ pattern: 'a', caseSensitive: 'yes' }] }, 'keys[0].caseSensitive'],
  [{ keys: [{ pattern: 'a', whole: true, action: 'partial' }] }, 'keys[0].whole'],
  [{ paths: 'a.b' }, 'paths'],
  [{ paths: ['a', 'a..b'] }, 'paths[1]'],
  [{ services: [{ name: 'x', hostPattern: '(' }] }, 'services[0].hostPattern'],
  [{ redaction: { blocked_values: ['('] } }, 'redaction.blocked_values[0]'],
  [{ redaction: { bogus: 1 } }, 'redaction.bogus'],
])('the policy %j is refused', (policy, path) => {
  expect(faultPaths(policy)).toEqual([path]);
});

test('a service is known by a pattern on its host or URL', () => {
  const mask = createMasker({
    extends: [],
    services: [{ name: 'inner', hostPattern: '^inner\\.|/secrets/', port: 8443 }],
  });
  expect(mask.sensitiveService({ 'server.address': 'INNER.example', 'server.port': 8443 })?.service).toBe(
    'inner',
  );
  expect(mask.sensitiveService({ 'url.full': 'https://a.example:8443/secrets/1' })?.rule).toBe('inner');
  expect(mask.sensitiveService({ 'server.address': 'inner.example', 'server.port': 1 })).toBeUndefined();
  expect(mask.sensitiveService({ 'server.address': 'x.inner', 'server.port': 8443 })).toBeUndefined();
});
