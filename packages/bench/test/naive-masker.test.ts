import { describe, expect, test } from '@jest/globals';
import { createMasker } from '@spanseal/mask';
import { maskAttributesNaively } from '../src/naive-masker.js';
import { generateSpans, type ShapeAttributes, type ShapeName } from '../src/span-shape.js';

const spans = (shape: ShapeName): readonly ShapeAttributes[] => generateSpans(shape, 200);
const masker = createMasker();

/** What is planted in a span, by the names and forms that the generator uses. */
function plantedIn(attributes: ShapeAttributes): string[] {
  const text = Object.values(attributes).join('\n');
  const forms = [
    /session_key=([0-9a-f]{16})/g,
    /"password":"([^"]+)"/g,
    /"(?:apiKey|x-api-key)":"([^"]+)"/g,
    /Bearer ([\w.-]+)/g,
  ];
  return forms.flatMap((form) => [...text.matchAll(form)].map(([, secret = '']) => secret));
}

describe.each(['lean', 'heavy'] as const)('on %s spans', (shape) => {
  test('the naive masker and ours take away every planted secret', () => {
    const planted = spans(shape).flatMap((attributes) => {
      const naive = JSON.stringify(maskAttributesNaively(attributes));
      const ours = JSON.stringify(masker.attributes(attributes));
      return plantedIn(attributes).map((secret) => [naive.includes(secret), ours.includes(secret)]);
    });
    expect(planted.length).toBeGreaterThan(shape === 'lean' ? 30 : 1000);
    expect(planted.filter(([inNaive, inOurs]) => inNaive || inOurs)).toEqual([]);
  });

  test('both change the same attributes', () => {
    const changed = (before: ShapeAttributes, after: Readonly<Record<string, unknown>>): string[] =>
      Object.keys(before).filter((key) => before[key] !== after[key]);
    for (const attributes of spans(shape)) {
      expect(changed(attributes, maskAttributesNaively(attributes))).toEqual(
        changed(attributes, masker.attributes(attributes)),
      );
    }
  });

  test('no two spans share a URL, a host, an address or a user agent', () => {
    for (const key of [
      'url.full',
      'url.query',
      'url.path',
      'server.address',
      'client.address',
      'user_agent.original',
    ]) {
      expect(new Set(spans(shape).map((attributes) => attributes[key])).size).toBe(200);
    }
  });
});

test('the naive masker finds one example of each kind of secret', () => {
  const examples = [
    'card 4111 1111 1111 1111',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl',
    `id ${'AKIA'}IOSFODNN7EXAMPLE`,
    `aws_secret_access_key = ${'wJalrXUtnFEMI/K7MDENG'}/bPxRfiCYEXAMPLEKEY`,
    'mail jane.doe@example.com',
    'postgres://jane:hunter22@db.example.com/shop',
    'ssn 123-45-6789',
    'iban DE89 3704 0044 0532 0130 00',
    `${'-----BEGIN RSA'} PRIVATE KEY-----`,
    'Bearer abcdefghijkl',
    'Basic amFuZTpodW50ZXI=',
    `${'ghp'}_${'x1'.repeat(18)}`,
  ];
  const masked = maskAttributesNaively(
    Object.fromEntries(examples.map((text, index) => [`note.${index}`, text])),
  );
  expect(Object.values(masked).filter((text) => !String(text).includes('****'))).toEqual([]);
});
