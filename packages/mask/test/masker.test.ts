import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { type Attributes, type AttributeValue, createMasker } from '../src/index.js';
import { cpuMillis } from './cpu-time.js';

const masker = createMasker();

describe('attributes', () => {
  test('come back as the same reference when nothing changed', () => {
    const attributes = {
      'http.route': '/users/:id',
      n: 1.5,
      nan: Number.NaN,
      ok: true,
      none: null,
      gone: undefined,
      list: ['a', 1, { b: 'c' }, Number.NaN],
      map: { nan: Number.NaN, below: { nan: Number.NaN } },
      bytes: new Uint8Array([1, 2, 3]),
    };
    expect(masker.attributes(attributes)).toBe(attributes);
  });

  test('are copied, never changed', () => {
    const list = ['a', { token: 'x' }];
    const attributes = Object.freeze({ list, password: 'x', same: { a: 1 } });
    const before = JSON.stringify(attributes);
    const masked = masker.attributes(attributes);
    expect(masked).toEqual({ list: ['a', { token: '****' }], password: '****', same: { a: 1 } });
    expect(masked.same).toBe(attributes.same);
    expect(JSON.stringify(attributes)).toBe(before);
  });

  test('are read without the methods of a list, which can be its own', () => {
    const listOf = (item: string) =>
      Object.assign([item], {
        map() {
          return this;
        },
      });
    const masked = createMasker().attributes({
      note: listOf('token=8jBK3cpmiuojWrjEyc4REzSV2gVVf624'),
      password: listOf('purp671AR_omk'),
      session_hmac: listOf('8jBK3cpmiuojWrjEyc4REzSV2gVVf624'),
    });
    expect(masked).toEqual({ note: ['token=****'], password: ['****'], session_hmac: ['****'] });
  });

  test('keep the shape of nested values', () => {
    const masked = masker.attribute('data', {
      user: { password: 'x', name: 'n' },
      list: [{ apiKey: 'k' }, 'card 4111 1111 1111 1111', 7, null],
      bytes: new TextEncoder().encode('{"password":"hunter2"}'),
    });
    expect(masked).toEqual({
      user: { password: '****', name: 'n' },
      list: [{ apiKey: '****' }, 'card ****', 7, null],
      bytes: new TextEncoder().encode('{"password":"****"}'),
    });
  });

  test('take bytes as text, also when the text is cut off or only a part of them', () => {
    const secret = new TextEncoder().encode('é password=hunter2-hunter2 ü');
    const bare = createMasker({ values: [{ name: 'own', pattern: 'hunter2-hunter2' }] });
    for (const bytes of [secret, secret.subarray(0, -1), new Uint8Array([255, 0, 254, ...secret])]) {
      const masked = bare.attribute('payload', bytes);
      expect(masked).toBeInstanceOf(Uint8Array);
      expect(Buffer.from(masked as Uint8Array).toString('latin1')).not.toContain('hunter2');
    }
    expect(masker.attribute('password', secret)).toEqual(new TextEncoder().encode('****'));
  });

  test('lose numbers that are payment cards', () => {
    expect(masker.attribute('n', 4111111111111111)).toBe('****');
    expect(masker.attribute('n', 4111111111111112)).toBe(4111111111111112);
    expect(masker.attribute('time', 1700000000000)).toBe(1700000000000);
  });

  test('lose secrets in their keys', () => {
    expect(masker.attributes({ 'cart of alice@example.com': 1, rest: 2 })).toEqual({
      'cart of ****': 1,
      rest: 2,
    });
    expect(masker.attribute('map', { 'alice@example.com': 1 })).toEqual({ '****': 1 });
  });

  test('whose name is __proto__ are attributes like any other', () => {
    const attributes: Attributes = JSON.parse('{"__proto__":{"password":"x"},"password":"y"}');
    const masked = masker.attributes(attributes);
    expect(Object.keys(masked)).toEqual(['__proto__', 'password']);
    expect(JSON.stringify(masked)).toBe('{"__proto__":{"password":"****"},"password":"****"}');
    expect(Object.getPrototypeOf(masked)).toBe(Object.prototype);
  });

  test('are masked twice like once', () => {
    const once = masker.attributes({
      password: 'x',
      body: '{"token":"x"}',
      n: 4111111111111111,
      list: [{ key: 1, apiKey: 'z' }],
    });
    expect(masker.attributes(once)).toBe(once);
  });

  test('choose how a statement is read by the database beside it', () => {
    const masked = masker.attributes({ 'db.system.name': 'postgresql', 'db.query.text': "SELECT 'hunter2'" });
    expect(masked['db.query.text']).not.toContain('hunter2');
  });

  test('that are phone numbers of a destination are masked', () => {
    expect(masker.attribute('messaging.destination.name', '+15551234567')).toBe('****');
    expect(masker.attribute('messaging.destination.name', 'orders-15551234567')).toBe('orders-15551234567');
  });
});

describe('nothing throws', () => {
  const cyclic: { [key: string]: AttributeValue } = { password: 'x' };
  cyclic['self'] = cyclic;
  cyclic['list'] = [cyclic, cyclic];
  let deep: AttributeValue = { password: 'hunter2' };
  for (let depth = 0; depth < 5000; depth += 1) deep = depth % 2 === 0 ? [deep] : { deep };
  let wide: AttributeValue = { password: 'x' };
  for (let depth = 0; depth < 31; depth += 1) wide = [wide, wide];
  const hostile = new Proxy(
    {},
    {
      ownKeys: () => {
        throw new Error('no');
      },
      get: () => {
        throw new Error('no');
      },
    },
  );

  test.each<[string, unknown]>([
    ['cycles', cyclic],
    ['depth', deep],
    ['a proxy', hostile],
    ['a symbol', Symbol('x')],
    ['a function', () => 1],
    ['a bigint', 4111111111111111n],
    ['a date', new Date(0)],
    ['a map', new Map([['password', 'x']])],
  ])('for %s', (_name, value) => {
    const attribute = value as AttributeValue;
    expect(() => masker.attribute('a', attribute)).not.toThrow();
    expect(() => masker.attribute('password', attribute)).not.toThrow();
    expect(() => masker.attributes({ a: attribute })).not.toThrow();
    expect(() => masker.attributes(attribute as Attributes)).not.toThrow();
    expect(() => masker.text(attribute as string)).not.toThrow();
    expect(() => masker.sensitiveService(attribute as Attributes)).not.toThrow();
    expect(() => masker.explain('a', attribute)).not.toThrow();
  });

  test('for parts that are shared over and over, which are read once', () => {
    const start = cpuMillis();
    masker.attribute('a', wide);
    masker.attribute('password', wide);
    masker.attributes({ password: wide, a: wide });
    expect(cpuMillis() - start).toBeLessThan(200);
  });

  test('what holds itself is masked where it begins again', () => {
    expect(masker.attribute('a', cyclic)).toEqual({ password: '****', self: '****', list: ['****', '****'] });
  });

  test('what is nested too deep is masked', () => {
    expect(inspect(masker.attribute('a', deep), { depth: 99 })).not.toContain('hunter2');
  });

  test('a getter that throws becomes the mask text, and is counted', () => {
    const fresh = createMasker();
    const attributes = {
      get bad(): string {
        throw new Error('secret');
      },
      good: 'x',
    };
    expect(fresh.attributes(attributes)).toEqual({ bad: '****', good: 'x' });
    expect(
      fresh.attributes({
        password: 'x',
        get bad(): string {
          throw new Error('secret');
        },
      }),
    ).toEqual({ password: '****', bad: '****' });
    expect(fresh.counters().faults).toBe(2);
  });
});

describe('what the operator sees', () => {
  test('counts by rule, without a value', () => {
    const fresh = createMasker();
    fresh.attributes({ password: 'hunter2', note: 'card 4111111111111111', ok: 1 });
    expect(fresh.counters()).toEqual({
      values: 3,
      masked: 2,
      hits: { 'default:pass': 1, 'payment-card': 1 },
      hitsByField: { other: { 'default:pass': 1, 'payment-card': 1 } },
      faults: 0,
      limits: 0,
    });
  });

  test('an explanation names the rule, and shows the masked result', () => {
    expect(masker.explain('apiKey', 'hunter2')).toMatchObject({
      action: 'mask',
      rule: 'default:key',
      result: '****',
    });
    expect(masker.explain('primary_key', 'hunter2')).toMatchObject({
      action: 'keep',
      rule: undefined,
      result: 'hunter2',
    });
    expect(masker.explain('note', 'card 4111111111111111')).toMatchObject({
      action: 'redact-match',
      rule: 'payment-card',
    });
    expect(masker.explain(undefined, 'card 4111111111111111').result).toBe('card ****');
  });

  test('nothing of the policy or of values in an inspection', () => {
    const keyed = createMasker({
      hashKey: `base64:${Buffer.alloc(32, 'hunter2').toString('base64')}`,
      keys: [{ glob: 'a', action: 'hash' }],
    });
    keyed.attribute('a', 'zebra-zebra');
    const shown = inspect(keyed, { depth: 20, showHidden: true }) + JSON.stringify(keyed) + String(keyed);
    expect(shown).not.toMatch(/hunter2|aHVudGVy|zebra/);
  });
});

describe('limits', () => {
  test('what lies past the longest value is masked unread', () => {
    const short = createMasker({ limits: { valueLength: 100 } });
    const text = `${'word '.repeat(30)}password=hunter2`;
    const masked = short.text(text);
    expect(masked.endsWith('****')).toBe(true);
    expect(masked).not.toContain('hunter2');
    expect(masked.length).toBeLessThanOrEqual(100);
    expect(short.text(masked)).toBe(masked);
    expect(short.counters().limits).toBe(1);
  });

  test('what lies past the work of a span is masked unread', () => {
    const small = createMasker({ limits: { spanLength: 100 } });
    expect(small.attributes({ a: 'x'.repeat(90), b: 'y'.repeat(90), c: 7 })).toEqual({
      a: 'x'.repeat(90),
      b: '****',
      c: 7,
    });
  });
});

test('a text is free text, and an empty one stays empty', () => {
  expect(masker.text('paid with 4111 1111 1111 1111')).toBe('paid with ****');
  expect(masker.text('')).toBe('');
  expect(masker.attribute('password', '')).toBe('');
  expect(masker.text('GET /users/:id')).toBe('GET /users/:id');
});

describe('counters', () => {
  test('tell hits by rule and by the field that the caller names', () => {
    const subject = createMasker();
    subject.text('GET /pay password=hunter2', 'span.name');
    subject.text('to jane@example.com', 'status.message');
    subject.attributes({ 'user.password': 'x', note: 'jane@example.com' }, 'span.attributes');
    subject.attribute('api_key', 'x');
    const { hits, hitsByField } = subject.counters();
    expect(hits).toMatchObject({ 'default:pass': 2, email: 2, 'default:key': 1 });
    expect(hitsByField).toMatchObject({
      'span.name': { 'default:pass': 1 },
      'status.message': { email: 1 },
      'span.attributes': { 'default:pass': 1, email: 1 },
      other: { 'default:key': 1 },
    });
    expect(Object.getPrototypeOf(hitsByField)).toBeNull();
  });
});
