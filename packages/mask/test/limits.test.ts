import { describe, expect, test } from '@jest/globals';
import { type AttributeValue, createMasker, type Masker, type PolicyLimits } from '../src/index.js';

const secret = 'hunter2';
const limited = (limits: PolicyLimits) => createMasker({ extends: [], keys: ['password'], limits });

function nested(depth: number, inner: AttributeValue): AttributeValue {
  let value = inner;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

describe('the limit valueLength', () => {
  test('masks what lies behind it, at white space when there is some near', () => {
    const masker = limited({ valueLength: 100 });
    const text = `${'word '.repeat(19)}${secret} ${secret}`;
    const masked = masker.text(text);
    expect(masked.startsWith('word word')).toBe(true);
    expect(masked.endsWith('****')).toBe(true);
    expect(masked).not.toContain(secret);
    expect(masked.length).toBeLessThanOrEqual(101);
    expect(masker.counters().limits).toBe(1);
    expect(masker.text(masked)).toBe(masked);
    expect(masker.text('x'.repeat(100))).toBe('x'.repeat(100));
  });

  test('cuts no character in two', () => {
    const masked = limited({ valueLength: 64 }).text('😀'.repeat(40));
    expect(masked).toBe(`${'😀'.repeat(16)}****`);
  });

  test('holds for every text of a value', () => {
    const masker = limited({ valueLength: 64 });
    const long = `${'y'.repeat(60)}${secret}`;
    const value = { a: [long, { b: long }], c: new TextEncoder().encode(long) };
    const masked = masker.attribute('x', value) as { c: Uint8Array };
    expect(JSON.stringify(masked)).not.toContain(secret);
    expect(new TextDecoder().decode(masked.c)).not.toContain(secret);
  });
});

describe('the limit depth', () => {
  test('masks maps and arrays below it', () => {
    const masker = limited({ depth: 4 });
    expect(JSON.stringify(masker.attribute('x', nested(3, secret)))).toContain(secret);
    expect(masker.counters().limits).toBe(0);
    expect(JSON.stringify(masker.attribute('x', nested(8, secret)))).not.toContain(secret);
    expect(masker.counters().limits).toBe(1);
  });

  test('masks texts inside of texts below it', () => {
    let text = JSON.stringify({ password: secret });
    for (let level = 0; level < 5; level += 1) text = JSON.stringify({ a: text });
    expect(limited({ depth: 3 }).text(text)).not.toContain(secret);
    expect(limited({}).text(text)).not.toContain(secret);
  });
});

describe('the limit spanLength', () => {
  const masker = limited({ spanLength: 100 });

  test('masks whole what does not fit, and keeps what holds no text', () => {
    const attributes = {
      a: 'x'.repeat(60),
      b: `${'y'.repeat(60)}${secret}`,
      c: secret,
      n: 5,
      t: true,
      z: null,
    };
    expect(masker.attributes(attributes)).toEqual({
      a: 'x'.repeat(60),
      b: '****',
      c: '****',
      n: 5,
      t: true,
      z: null,
    });
    expect(masker.counters().limits).toBe(2);
  });

  test('counts text in lists, maps and bytes', () => {
    const filler: AttributeValue[] = [
      ['x'.repeat(50), 'x'.repeat(60)],
      { a: { b: 'x'.repeat(110) } },
      { ['n'.repeat(120)]: 1 },
      new Uint8Array(120),
    ];
    for (const value of filler)
      expect(masker.attributes({ a: value, b: secret })).toEqual({ a: '****', b: '****' });
    expect(masker.attributes({ a: ['x'], b: secret })).toEqual({ a: ['x'], b: secret });
  });

  test('ends for values that hold themselves, and counts a shared one once', () => {
    const ring: { [name: string]: AttributeValue } = { text: 'x' };
    ring['self'] = ring;
    expect(masker.attributes({ a: ring, b: secret })).toMatchObject({ b: secret });
    const shared = ['x'.repeat(20)];
    expect(masker.attributes({ a: [shared, shared], b: secret })).toMatchObject({ b: secret });
  });

  test('is shared by a span, its events and its links', () => {
    const bag = { a: 'x'.repeat(40) };
    for (let span = 0; span < 2; span += 1) {
      expect(masker.attributes(bag, 'span.attributes')).toEqual(bag);
      expect(masker.attributes(bag, 'event.attributes')).toEqual(bag);
      expect(masker.attributes(bag, 'event.attributes')).toEqual({ a: '****' });
      expect(masker.attributes({ ...bag, n: 1 }, 'link.attributes')).toEqual({ a: '****', n: 1 });
    }
    expect(masker.attributes(bag, 'resource.attributes')).toEqual(bag);
    expect(masker.attributes(bag)).toEqual(bag);
  });

  test('begins anew with each bag', () => {
    for (let round = 0; round < 3; round += 1)
      expect(masker.attributes({ a: 'x'.repeat(90) })).toEqual({ a: 'x'.repeat(90) });
  });
});

describe('the limits that no policy sets', () => {
  test('how long one rule looks at a text: what lies behind is masked', () => {
    const masker = createMasker({
      extends: [],
      values: [{ name: 'open', pattern: 'x(?:.*y)?', action: 'redact-match' }],
    });
    const masked = masker.text(`${'x'.repeat(20_000)} ${secret}`);
    expect(masked).not.toContain(secret);
    expect(masked.endsWith('****')).toBe(true);
    expect(masker.counters().limits).toBe(1);
  });

  test('how deep a path is followed: what lies deeper is masked', () => {
    const masker = createMasker({ extends: [], paths: ['a.b'] });
    const lists = (depth: number): AttributeValue => {
      let value: AttributeValue = secret;
      for (let level = 0; level < depth; level += 1) value = [value];
      return value;
    };
    expect(JSON.stringify(masker.attribute('x', lists(4)))).toContain(secret);
    expect(JSON.stringify(masker.attribute('x', lists(500)))).not.toContain(secret);
    expect(masker.counters().limits).toBeGreaterThan(0);
  });

  test('what a redaction reads of a text: the rest is masked', () => {
    const masker = createMasker({
      extends: [],
      redaction: { allow_all_keys: true, blocked_values: [secret] },
      limits: { valueLength: 64 },
    });
    const masked = masker.attribute('x', `${'z'.repeat(80)}${secret}`);
    expect(masked).not.toContain(secret);
    expect(masker.counters().limits).toBeGreaterThan(0);
  });
});

describe('the limit places', () => {
  const counted = (places: number): Masker => createMasker({ limits: { places } });
  const pairs = (count: number): string =>
    Array.from({ length: count }, (_, index) => `token=${secret}${index}`).join(' ');

  test('masks a text with more places whole, and takes nothing for it', () => {
    const masker = counted(24);
    expect(masker.attributes({ a: `start ${pairs(4)} end`, b: `${pairs(3)} end` })).toEqual({
      a: '****',
      b: 'token=**** token=**** token=**** end',
    });
    expect(masker.counters().limits).toBe(1);
    expect(masker.text(pairs(3))).toBe('token=**** token=**** token=****');
  });

  test('gives one attribute an eighth, however many texts it has', () => {
    const masker = counted(24);
    const { a, b } = masker.attributes({ a: [pairs(2), pairs(2), 'clean', pairs(1)], b: pairs(3) });
    expect(a).toEqual(['token=**** token=****', '****', 'clean', 'token=****']);
    expect(b).toBe('token=**** token=**** token=****');
  });

  test('counts eight escapes as one: a text in another script is full of them', () => {
    const masker = createMasker();
    const query = `q=${encodeURIComponent('\u4e2d'.repeat(4000))}`;
    expect(masker.attribute('url.query', query)).toBe(query);
    const body = JSON.stringify({ q: '\u4e2d'.repeat(9000) }).replaceAll('\u4e2d', '\\u4e2d');
    expect(masker.attribute('http.request.body', body)).toBe(body);
    expect(masker.counters().limits).toBe(0);
    expect(counted(8).text('a%41'.repeat(100))).toBe('****');
    const shown = masker.text('\u001b'.repeat(5000));
    expect(masker.text(shown)).toBe(shown);
  });

  test('is no limit for a text without such places, however long it is', () => {
    const masker = counted(1);
    const text = 'a plain line of a log\n'.repeat(10_000);
    expect(masker.attribute('http.request.body', text)).toBe(text);
    expect(masker.counters().limits).toBe(0);
  });

  test('is shared by a span, its events and its links, and begins anew with the next one', () => {
    const masker = counted(16);
    for (let span = 0; span < 2; span += 1) {
      expect(masker.attributes({ a: pairs(2), n: 1 }, 'span.attributes')).toEqual({
        a: 'token=**** token=****',
        n: 1,
      });
      for (let event = 0; event < 7; event += 1) {
        expect(masker.attributes({ a: pairs(2) }, 'event.attributes')).toEqual({
          a: 'token=**** token=****',
        });
      }
      expect(masker.attributes({ a: pairs(2), b: 'clean' }, 'link.attributes')).toEqual({
        a: '****',
        b: 'clean',
      });
      expect(masker.text(pairs(1), 'event.name')).toBe('****');
    }
    expect(masker.text(pairs(2), 'span.name')).toBe('token=**** token=****');
  });

  test('counts the names that only the reading of a text shows', () => {
    const masker = createMasker({ extends: ['strict'], limits: { places: 40 } });
    const text = Array.from({ length: 9 }, (_, index) => `name${index}=value${index}`).join('&');
    expect(masker.attribute('error.type', text)).toBe('****');
    expect(masker.counters().limits).toBe(1);
    expect(masker.attribute('error.type', 'name=value&other=one')).toBe('name=****&other=****');
  });

  test('counts eight words as one where every word can be a name', () => {
    const strict = createMasker({ extends: ['strict'], limits: { places: 1600 } });
    const words = (count: number): string => 'plain text '.repeat(count / 2);
    expect(strict.attribute('error.type', words(1600))).toBe(words(1600));
    expect(strict.counters().limits).toBe(0);
    expect(strict.attribute('error.type', words(1602))).toBe('****');
    expect(strict.counters().limits).toBe(1);
    expect(counted(1600).attribute('error.type', words(16_000))).toBe(words(16_000));
  });

  test('holds the time of a text of nothing but secrets', () => {
    const masker = createMasker();
    const text = 'curl -u a:b '.repeat(80_000);
    masker.attribute('url.query', text.slice(0, 20_000));
    const start = process.cpuUsage();
    expect(masker.attribute('url.query', text)).not.toContain('a:b');
    expect(process.cpuUsage(start).user).toBeLessThan(500_000);
  });
});

describe('statements and commands', () => {
  test('are masked behind so many literals and words', () => {
    const statement = `INSERT INTO t VALUES ${Array.from({ length: 9000 }, (_, index) => `(${index})`).join(',')}`;
    const masked = createMasker().attribute('db.query.text', statement) as string;
    expect(masked.startsWith('INSERT INTO t VALUES (?),(?),')).toBe(true);
    expect(masked).not.toMatch(/\d/);
    expect(masked.endsWith('****')).toBe(true);
    expect(createMasker().attribute('db.query.text', masked)).toBe(masked);
    const words = Array.from({ length: 9000 }, (_, index) => `file${index}`);
    const command = createMasker().attribute('process.command_line', `cc ${words.join(' ')} --password x`);
    expect(command).toMatch(/^cc file0 file1 .* file4094 \*{4}$/);
    const long = createMasker().attribute(
      'process.command_line',
      `run a ${'x'.repeat(300_000)} --password y`,
    );
    expect(long).toBe('run a ****');
    const list = createMasker().attribute('process.command_args', ['cc', ...words]) as string[];
    expect(list).toHaveLength(9001);
    expect(list.slice(4094, 4098)).toEqual(['file4093', 'file4094', '****', '****']);
  });
});
