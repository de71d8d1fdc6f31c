import { expect, test } from '@jest/globals';
import type {
  MeterProvider20,
  MeterProvider31,
  MeterProvider212,
  ReadableSpan20,
  ReadableSpan31,
  ReadableSpan212,
  SpanProcessor20,
  SpanProcessor31,
  SpanProcessor212,
} from '@spanseal/test-kit';
import {
  MaskingSpanProcessor,
  type MeterProvider,
  type ReadableSpan,
  type SpanProcessor,
} from '../src/index.js';

// The assertions are the assignments: the compiler checks them against the SDKs' own types.
test('the types fit those of the SDK lines', () => {
  const processor = new MaskingSpanProcessor();
  const as20: SpanProcessor20 = processor;
  const as212: SpanProcessor212 = processor;
  const as31: SpanProcessor31 = processor;
  const next: SpanProcessor[] = [as20, as212, as31];
  for (const one of next) expect(new MaskingSpanProcessor(one)).toBeDefined();
  const spanFits = (span: ReadableSpan20 | ReadableSpan212 | ReadableSpan31): ReadableSpan => span;
  const meterFits = (meter: MeterProvider20 | MeterProvider212 | MeterProvider31): MeterProvider => meter;
  expect([spanFits, meterFits]).toHaveLength(2);
});
