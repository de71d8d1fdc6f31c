import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Attributes, createMasker } from '../src/index.js';

const pieces = [
  'pass',
  'word',
  '=hunter2x',
  'api_',
  'key',
  ': s3cr3t-and-long',
  'AKIA',
  'IOSFODNN7EXAMPLE',
  '4111 1111',
  ' 1111 1111',
  'jane@',
  'example.com',
  'https://u:p@',
  'h.example/x?sig=1',
  'ghp_',
  'abcdefghijklmnopqrstuvwxyz0123456789',
  '\u00ff',
  '\u0161',
  '\u0000',
  '\n',
  '%3D',
  '\\',
  ' ',
  '&',
];
const keys = ['note', 'http.route', 'url.full', 'url.query', 'server.address', 'a', 'b', 'exception.message'];
const text = fc.array(fc.constantFrom(...pieces), { maxLength: 6 }).map((parts) => parts.join(''));
const bag = fc.dictionary(fc.constantFrom(...keys), text, { maxKeys: 8, noNullPrototype: true });

const alone = createMasker();
const maskedAlone = (attributes: Attributes): Attributes =>
  Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, alone.attribute(key, value)]));

describe('the attributes of a bag', () => {
  test('come out as each of them comes out alone', () => {
    const together = createMasker();
    fc.assert(
      fc.property(bag, (attributes) => {
        const masked = together.attributes(attributes);
        expect(masked).toEqual(maskedAlone(attributes));
        expect(Object.keys(masked)).toEqual(Object.keys(attributes));
      }),
      { numRuns: 3000 },
    );
  });

  test('are nothing together that none of them is alone', () => {
    const attributes = {
      a: 'pass',
      b: 'word=hunter2',
      c: 'AKIAIOSF',
      d: 'ODNN7EXAMPLE',
      e: '4111111',
      f: '111111111',
    };
    expect(createMasker().attributes(attributes)).toBe(attributes);
  });

  test.each([0, 1, 2, 3])('are masked wherever among them a secret stands', (place) => {
    const values: string[] = Array.from({ length: 4 }, (_, index) => `plain text ${index}`);
    values[place] = 'password=hunter2';
    const attributes = Object.fromEntries(values.map((value, index) => [`app.part${index}`, value]));
    const masked = createMasker().attributes(attributes);
    expect(masked).toEqual({ ...attributes, [`app.part${place}`]: 'password=****' });
  });

  test('are all masked, however many there are', () => {
    const attributes = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [`app.part${index}`, `token=${index}-s3cr3t-and-long`]),
    );
    const masked = createMasker().attributes(attributes);
    expect(JSON.stringify(masked)).not.toContain('s3cr3t');
  });

  test('are counted each, clean or not', () => {
    const masker = createMasker();
    masker.attributes({ a: 'plain', b: 'plain too', c: 'password=hunter2', d: 7, e: true });
    expect(masker.counters()).toMatchObject({ values: 5, masked: 1 });
  });

  test('are as they were when one of them cannot be read, but for that one', () => {
    const attributes = {
      a: 'plain',
      get b(): string {
        throw new Error('no');
      },
      c: 'password=hunter2',
    };
    const masker = createMasker();
    expect(masker.attributes(attributes)).toEqual({ a: 'plain', b: '****', c: 'password=****' });
    expect(masker.attributes({ x: 'of another bag', y: 'clean' })).toEqual({
      x: 'of another bag',
      y: 'clean',
    });
  });
});

describe('a URL or a query of which a pair was masked', () => {
  const masker = createMasker();
  const custom = createMasker({ mask: 'gone' });

  test.each([
    'https://h.example/a?ref=4111111111111111&page=2',
    'https://h.example/a?email=jane.doe@example.com',
    'https://h.example/a?session_key=90cd37e4de8a2ca5&user=5',
    'https://h.example/jane.doe@example.com/x?session_key=90cd37e4de8a2ca5',
    'https://h.example/a?x=jane.doe@example.com;y=4111111111111111&session_key=90cd37e4de8a2ca5',
    'https://h.example/a?session_key=90cd37e4de8a2ca5#email=jane.doe@example.com',
    'https://u:p@h.example/a?session_key=90cd37e4de8a2ca5',
    'https://h.example/a?session_key=90cd37e4de8a2ca5&note=jane.doe%40example.com',
    'https://h.example/reset/0a1b2c3d4e5f60718293?session_key=90cd37e4de8a2ca5',
    'https://h.example/a?a=password%3Dhunter2&b=4111111111111111',
  ])('holds nothing else any more: %s', (url) => {
    const masked = String(masker.attribute('url.full', url));
    expect(masked).not.toMatch(/4111111111111111|jane\.doe|90cd37e4|hunter2|0a1b2c3d|u:p@/);
    expect(masker.attribute('url.full', masked)).toBe(masked);
    expect(masked).toBe(String(custom.attribute('url.full', url)).replaceAll('gone', '****'));
    const query = url.slice(url.indexOf('?') + 1);
    const maskedQuery = String(masker.attribute('url.query', query));
    expect(maskedQuery).not.toMatch(/4111111111111111|jane\.doe|90cd37e4|hunter2/);
    expect(masker.attribute('url.query', maskedQuery)).toBe(maskedQuery);
  });
});
