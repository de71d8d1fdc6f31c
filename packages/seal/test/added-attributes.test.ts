import { describe, expect, test } from '@jest/globals';
import { canonicalCoreSpan, type KeyValue, type Span } from '@spanseal/otlp';
import { addedAttributes } from '../src/added-attributes.js';
import type { Finding } from '../src/index.js';
import { verify } from './anchored-stream.js';
import { spansOf } from './attacked-stream.js';
import { sampleSpan, sealedRequest, sealer } from './sealed-request.js';

const attribute = (key: string, length = 1): KeyValue => ({
  key,
  value: { stringValue: 'v'.repeat(length) },
});

/** What is said of a span with some attributes, to which others were added at a place. */
function finding(own: readonly KeyValue[], added: readonly KeyValue[], place = 0): Finding | undefined {
  const span: Span = { ...sampleSpan(), attributes: [...own] };
  const request = sealedRequest([span], sealer());
  spansOf(request)[0]?.attributes?.splice(place, 0, ...added);
  return verify([request]).findings[0];
}

const many = (count: number): KeyValue[] => Array.from({ length: count }, (_, at) => attribute(`own.${at}`));

describe('attributes that were added', () => {
  test('are named wherever they stand', () => {
    for (const place of [0, 1, 3, 4, 5]) {
      expect(finding(many(4), [attribute('x'), attribute('y')], place)).toMatchObject({
        ...{ verdict: 'additions', added: ['x', 'y'] },
        message: 'attributes were added after sealing',
      });
    }
    expect(finding([], [attribute('x')])).toMatchObject({ verdict: 'additions', added: ['x'] });
  });

  test('are looked for in at most 3,000 ways', () => {
    const three = ['x', 'y', 'z'].map((key) => attribute(key));
    // 27 attributes, of which three: 2,925 ways. 28: 3,276.
    expect(finding(many(24), three)).toMatchObject({ verdict: 'additions', added: ['x', 'y', 'z'] });
    expect(finding(many(25), three)).toMatchObject({ verdict: 'changed', section: 'attributes' });
    expect(finding(many(3000), [attribute('x')], 2999)).toMatchObject({ verdict: 'changed' });
    expect(finding(many(2999), [attribute('x')], 2999)).toMatchObject({ verdict: 'additions' });
    // Two of 77: 2,926 ways; of 78: 3,003.
    expect(finding(many(75), three.slice(1))).toMatchObject({ verdict: 'additions', added: ['y', 'z'] });
    expect(finding(many(76), three.slice(1))).toMatchObject({ verdict: 'changed' });
  });

  test('are not looked for in a span of more than 65,536 bytes', () => {
    expect(finding([attribute('own', 60_000)], [attribute('x')])).toMatchObject({ verdict: 'additions' });
    expect(finding([attribute('own', 70_000)], [attribute('x')])).toMatchObject({ verdict: 'changed' });
    expect(finding([attribute('own')], [attribute('x', 70_000)])).toMatchObject({ verdict: 'changed' });
  });

  test('are looked for in a span of exactly that length, and in none that is a byte longer', () => {
    const added = attribute('x');
    /** Bytes of the core form that the span has with what was added. */
    const bytes = (length: number): number =>
      canonicalCoreSpan({ ...sampleSpan(), attributes: [attribute('own', length), added] }).length;
    const longest = 60_000 + (65_536 - bytes(60_000));
    expect([bytes(longest), bytes(longest + 1)]).toEqual([65_536, 65_537]);
    expect(finding([attribute('own', longest)], [added])).toMatchObject({ verdict: 'additions' });
    expect(finding([attribute('own', longest + 1)], [added])).toMatchObject({ verdict: 'changed' });
  });

  test('are no excuse for another change, nor is a number of them that is wrong', () => {
    const [other, ...own] = many(3);
    const request = sealedRequest([{ ...sampleSpan(), attributes: many(3) }], sealer());
    const [span] = spansOf(request);
    if (span !== undefined)
      span.attributes = [{ ...other, value: { intValue: '1' } } as KeyValue, ...own, attribute('x')].concat(
        span.attributes?.slice(-1) ?? [],
      );
    expect(verify([request]).findings[0]).toMatchObject({ verdict: 'changed', section: 'attributes' });
    expect(verify([request]).findings[0]).not.toHaveProperty('added');
    if (span !== undefined) span.name = 'GET /other';
    expect(verify([request]).findings[0]).toMatchObject({ verdict: 'changed', section: 'span, attributes' });
  });

  test('are looked for one way after the other, the last places first, while the bytes for it last', () => {
    const attributes = ['a', 'b', 'c', 'd'].map((key) => attribute(key));
    /** The attributes of each trial, of which each costs 100 bytes and 1,024, and what is left of the bytes. */
    const tried = (left: number, count = 2): { trials: string[]; left: number } => {
      const budget = { left };
      const trials: string[] = [];
      const found = addedAttributes({ attributes }, { count, length: 100, budget }, (rest) => {
        trials.push(rest.map(({ key }) => key).join(''));
        return false;
      });
      expect(found).toBeUndefined();
      return { trials, left: budget.left };
    };
    const all = ['ab', 'ac', 'bc', 'ad', 'bd', 'cd'];
    expect(tried(10_000)).toEqual({ trials: all, left: 10_000 - 6 * 1124 });
    expect(tried(2 * 1124)).toEqual({ trials: all.slice(0, 2), left: 0 });
    expect(tried(2 * 1124 + 1).trials).toEqual(all.slice(0, 3));
    expect(tried(0).trials).toEqual([]);
    expect(tried(10_000, 3).trials).toEqual(['abc', 'abd', 'acd', 'bcd']);
    expect([tried(10_000, 4).trials, tried(10_000, 0).trials]).toEqual([[], []]);
  });

  test('cost a bounded sum of bytes over all spans: after that they are only a change', () => {
    const request = sealedRequest(
      Array.from({ length: 60 }, (_, number) => ({
        ...sampleSpan(number),
        attributes: [...many(24), attribute('long', 40_000)],
      })),
      sealer(),
    );
    for (const span of spansOf(request)) span.attributes?.unshift(attribute('x'), attribute('y'));
    const { additions = 0, changed } = verify([request]).spans;
    expect(additions + changed).toBe(60);
    expect(additions).toBeLessThan(10);
    expect(additions).toBeGreaterThan(0);
  });
});
