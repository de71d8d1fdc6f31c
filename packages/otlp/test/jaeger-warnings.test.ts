import { expect, test } from '@jest/globals';
import { parseStoredTraces } from '../src/index.js';

/** How long a span with so many warnings takes, at best, in milliseconds. */
function millisOf(count: number): number {
  const attributes = Array(count).fill('{"key":"@jaeger@warnings"}').join(',');
  const span = `{"traceId":"${'1'.repeat(32)}","spanId":"${'2'.repeat(16)}","attributes":[${attributes}]}`;
  const text = `{"result":{"resourceSpans":[{"scopeSpans":[{"spans":[${span}]}]}]}}`;
  const times = Array.from({ length: 3 }, () => {
    const start = performance.now();
    const { request } = parseStoredTraces(text, { duplicateKeys: 'keep', maxListLength: 4_000_000 });
    expect(request.resourceSpans[0]?.scopeSpans[0]?.spans[0]?.attributes).toBeUndefined();
    return performance.now() - start;
  });
  return Math.min(...times);
}

test('warnings of Jaeger are taken out in linear time, however many a span has', () => {
  const [few, many] = [millisOf(10_000), millisOf(80_000)];
  expect(many).toBeLessThan(few * 24 + 100);
});
