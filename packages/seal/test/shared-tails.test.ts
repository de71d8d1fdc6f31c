import { describe, expect, test } from '@jest/globals';
import type { Scope } from '@spanseal/otlp';
import { SpanSurroundings, type TailCounts } from '../src/span-surroundings.js';

// What spans have in common is computed once. A sealer and a verifier that both took the digest of another span would agree on it,
// and nobody would notice: so each is asked for here by itself.

const scope: Scope = { name: 'app' };
const counts: TailCounts = { flags: 1, attributes: 2, events: 3, links: 4 };

/** A tail for each make, told apart by its first byte. */
function maker() {
  let made = 0;
  const make = (): Uint8Array => {
    made += 1;
    return Uint8Array.of(made);
  };
  return { make, made: () => made };
}

describe('a tail without events and links', () => {
  test('is made once for the same counts', () => {
    const surroundings = new SpanSurroundings();
    const { make, made } = maker();
    const first = surroundings.tail({ scope }, counts, make);
    expect(surroundings.tail({ scope }, { ...counts }, make)).toBe(first);
    expect(surroundings.tail({ scope }, { ...counts, flags: 9 }, make)).not.toBe(first);
    expect(surroundings.tail({ scope }, counts, make)).toBe(first);
    expect(made()).toBe(2);
  });

  test.each(['flags', 'attributes', 'events', 'links'] as const)('is another when %s differ', (name) => {
    const surroundings = new SpanSurroundings();
    const { make } = maker();
    const first = surroundings.tail({ scope }, counts, make);
    const other = surroundings.tail({ scope }, { ...counts, [name]: 7 }, make);
    expect(Buffer.from(other)).not.toEqual(Buffer.from(first));
    expect(surroundings.tail({ scope }, counts, make)).toBe(first);
  });

  test.each<[string, object]>([
    ['scope', { scope: { name: 'app', attributes: [{ key: 'a', value: { intValue: '1' } }] } }],
    ['schema URL of its scope', { scope, scopeSchemaUrl: 'https://a.test' }],
    ['schema URL of its resource', { scope, resourceSchemaUrl: 'https://a.test' }],
  ])('is another behind another %s', (_, around) => {
    const surroundings = new SpanSurroundings();
    const { make } = maker();
    const first = surroundings.tail({ scope }, counts, make);
    const other = surroundings.tail(around, counts, make);
    expect(Buffer.from(other)).not.toEqual(Buffer.from(first));
    expect(surroundings.tail({ scope }, counts, make)).toBe(first);
  });

  test('is kept for a thousand counts, and not for as many as somebody sends', () => {
    const surroundings = new SpanSurroundings();
    const { make, made } = maker();
    const ask = (count: number): void => {
      for (let flags = 0; flags < count; flags += 1) surroundings.tail({ scope }, { ...counts, flags }, make);
    };
    ask(1000);
    ask(1000);
    expect(made()).toBe(1000);
    ask(3000);
    const before = made();
    ask(1000);
    expect(made()).toBeGreaterThan(before);
  });
});
