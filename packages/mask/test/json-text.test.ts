import { describe, expect, test } from '@jest/globals';
import { createMasker } from '../src/index.js';
import { cpuMillis } from './cpu-time.js';

const masker = createMasker();
const mask = (text: string): unknown => masker.attribute('body', text);

describe('JSON in a text', () => {
  test('is masked by member name, with format and spelling kept', () => {
    const text =
      '{ "a" : 1.50e+2,\n\t"password" :  "hunter2", "b": [ true , {"apiKey":"x\\"y"} ] , "a":-0.0 }';
    expect(mask(text)).toBe(
      '{ "a" : 1.50e+2,\n\t"password" :  "****", "b": [ true , {"apiKey":"****"} ] , "a":-0.0 }',
    );
  });

  test('loses a member of any type under a secret name, but not a yes or no', () => {
    expect(mask('{"secret":{"a":["}"]},"token":[1,"]"],"pin":1234,"password":true,"pwd":null,"x":1}')).toBe(
      '{"secret":"****","token":"****","pin":"****","password":true,"pwd":null,"x":1}',
    );
  });

  test('masks every one of duplicate members', () => {
    expect(mask('{"password":"a1","password":"b2"}')).toBe('{"password":"****","password":"****"}');
  });

  test('reads escaped names', () => {
    expect(mask('{"pass\\u0077ord":"hunter2"}')).toBe('{"pass\\u0077ord":"****"}');
    expect(mask('{"\\u0070\\u0061\\u0073\\u0073\\u0077\\u006f\\u0072\\u0064":"hunter2"}')).not.toContain(
      'hunter2',
    );
  });

  test('is masked wherever it is cut off', () => {
    const text =
      '{"user":{"id":1,"password":"hunter2-hunter2","tags":["a","b"]},"apiKey":["k-secret-1","k-secret-2"],"end":1}';
    for (let length = 0; length <= text.length; length += 1) {
      const masked = String(mask(text.slice(0, length)));
      expect(masked).not.toMatch(/hunter|k-secret/);
      expect(masked.startsWith(text.slice(0, Math.min(length, 21)))).toBe(true);
    }
  });

  test('is masked inside of JSON strings, at any depth', () => {
    let text = '{"password":"hunter2","n":1}';
    for (let depth = 0; depth < 6; depth += 1) {
      expect(mask(text)).not.toContain('hunter2');
      expect(String(mask(text))).toContain('****');
      text = JSON.stringify({ inner: text });
    }
  });

  test('keeps what it does not mask inside of strings', () => {
    const inner = '{"a": 1.0, "password":"x1", "é":"ü"}';
    const masked = String(mask(JSON.stringify({ inner, rest: 'as\nis' })));
    expect(JSON.parse(masked)).toEqual({ inner: '{"a": 1.0, "password":"****", "é":"ü"}', rest: 'as\nis' });
  });

  test('is masked when it was escaped as a whole', () => {
    let text = '{"password":"hun\\"ter2","ok":"yes"}';
    for (let level = 0; level < 3; level += 1) {
      text = JSON.stringify(text).slice(1, -1);
      const masked = String(mask(text));
      expect(masked).not.toMatch(/hun|ter2/);
      expect(masked).toContain('yes');
    }
    expect(mask('{\\"password\\":\\"hunter2\\",\\"ok\\":1}')).toBe('{\\"password\\":\\"****\\",\\"ok\\":1}');
  });

  test('is masked between other text', () => {
    expect(mask('POST failed: {"password":"hunter2"} after 3 s')).toBe(
      'POST failed: {"password":"****"} after 3 s',
    );
  });

  test('has its strings and numbers looked at for secrets of any kind', () => {
    const masked = String(
      mask(
        '{"note":"see AKIAIOSFODNN7EXAMPLE","cc":4111111111111111,"list":[5500000000000004,7],"mail":"a.b@example.com"}',
      ),
    );
    expect(masked).toBe('{"note":"see ****","cc":"****","list":["****",7],"mail":"****"}');
  });

  test('is the same reference when it is clean', () => {
    const text = '{"id": 7, "name":"caf\\u00e9 \\/ bar", "list":[1,2,{"deep":"x"}]}';
    expect(mask(text)).toBe(text);
  });

  test('that is nested past the limit is masked as a whole', () => {
    const shallow = createMasker({ limits: { depth: 2 } });
    let text = '{"password":"hunter2"}';
    for (let depth = 0; depth < 5; depth += 1) text = JSON.stringify({ inner: text });
    expect(String(shallow.attribute('body', text))).not.toContain('hunter2');
    expect(shallow.counters().limits).toBeGreaterThan(0);
  });

  test('takes time linear in its length', () => {
    const item =
      '{"id":1,"name":"some name","password":"x","nested":{"a":[1,2,3],"text":"hello \\"world\\""}},';
    const time = (length: number): number => {
      const text = `[${item.repeat(length / item.length)}`;
      const start = cpuMillis();
      mask(text);
      return cpuMillis() - start;
    };
    time(100_000);
    expect(time(1_000_000)).toBeLessThan(1000);
  });

  test.each([
    ['open braces', '{'],
    ['open members', '{"a":'],
    ['open secrets', '{"password":{"a":'],
    ['quotes', '"'],
    ['backslashes', '\\'],
    ['escaped quotes', '\\"'],
    ['deeper and deeper quotes', '\\\\\\"'],
    ['names', '"password":'],
    ['brackets', '"a":['],
    ['open strings', '{"a":"'],
  ])('stays linear on many %s', (_name, unit) => {
    const start = cpuMillis();
    mask(`{"a":${unit.repeat(200_000 / unit.length)}`);
    expect(cpuMillis() - start).toBeLessThan(2000);
  });
});
