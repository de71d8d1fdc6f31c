import { describe, expect, test } from '@jest/globals';
import type { Resource, TraceRequest } from '@spanseal/otlp';
import { createSpanSealer, type Report } from '../src/index.js';
import { carrying, numbers, verify } from './anchored-stream.js';
import { ring, sampleSpan, startMillis } from './sealed-request.js';

const minute = 60_000;

interface Process {
  readonly service?: string;
  readonly instance?: string;
  /** When its stream begins, in milliseconds after the tests do. */
  readonly start?: number;
  readonly end?: boolean;
  readonly checkpoints?: boolean;
  /** When its spans are sealed, in milliseconds after its start. */
  readonly sealed?: number;
}

/** What a process sends in all: two spans, and a checkpoint. */
function sent({ service, instance, start = 0, ...ways }: Process, fill: number): TraceRequest[] {
  const { end = false, checkpoints = true, sealed = 0 } = ways;
  const named = { 'service.name': service, 'service.instance.id': instance };
  const attributes = Object.entries(named).flatMap(([key, stringValue]) =>
    stringValue === undefined ? [] : [{ key, value: { stringValue } }],
  );
  const resource: Resource = { attributes };
  const random = new Uint8Array(12).fill(fill);
  const begin = startMillis + start;
  const by = createSpanSealer({ keyRing: ring(), startMillis: begin, random, checkpoints: true });
  const spans = numbers(2, 10 * fill).map((span) => {
    const ended = { ...span, endTimeUnixNano: `${begin + sealed}000000` };
    const stringValue = by.seal({ span: ended, resource }, begin + sealed);
    const seal = { key: 'spanseal.seal', value: { stringValue } };
    return { ...ended, attributes: [...(ended.attributes ?? []), seal] };
  });
  const last = carrying(by.checkpoint({ nowMillis: begin + sealed, end }));
  return [{ resourceSpans: [{ resource, scopeSpans: [{ spans }] }] }, ...(checkpoints ? [last] : [])];
}

const shop = { service: 'shop', instance: 'a' };

/** Verdicts on the streams of processes, of which the first one is without an end. */
function verdicts(...processes: Process[]): string[] {
  const requests = processes.map((each, at) => sent({ end: at > 0, ...each }, at + 1));
  return verify(requests.flat()).streams.map(({ verdict }) => verdict);
}

describe('a stream without an end', () => {
  test.each<[string, string, Process]>([
    ['restart', 'the same instance', { ...shop, start: minute }],
    ['restart', 'an instance without a name', { service: 'shop', start: minute }],
    ['truncated', 'another instance', { service: 'shop', instance: 'b', start: minute }],
    ['truncated', 'another service', { service: 'till', instance: 'a', start: minute }],
    ['truncated', 'nobody', { start: minute }],
    ['truncated', 'the same instance earlier', { ...shop, start: -minute }],
    ['truncated', 'the same instance at once', { ...shop, start: 0 }],
  ])('is a %s when %s began another one', (verdict, _, other) => {
    expect(verdicts(shop, other)).toEqual([verdict, 'complete']);
  });

  test('of an instance without a name ended with whichever came after it', () => {
    expect(verdicts({ service: 'shop' }, { ...shop, start: minute })).toEqual(['restart', 'complete']);
    expect(verdicts({ service: 'shop' }, { ...shop, start: -minute })).toEqual(['truncated', 'complete']);
    expect(verdicts({}, { start: minute })).toEqual(['truncated', 'complete']);
  });

  test('ended with any that came after it, whichever came first', () => {
    const others = [minute, -minute].map((start) => ({ ...shop, start }));
    expect(verdicts(shop, ...others)).toEqual(['restart', 'complete', 'complete']);
    expect(verdicts(shop, ...others.reverse())).toEqual(['restart', 'complete', 'complete']);
  });

  test('says so in a sentence, and is not open any more', () => {
    const [first, second] = [sent(shop, 1), sent({ ...shop, start: minute, end: true }, 2)];
    const stream = verify(first).streams[0]?.stream ?? '';
    const said = (report: Report): unknown => [report.findings[0]?.message, report.streams[0]?.open];
    expect(said(verify(first))).toEqual([
      'the stream has no end: what came after its last checkpoint may be cut off',
      undefined,
    ]);
    expect(said(verify(first, { expectedStreams: [stream] }))).toEqual([
      'the stream has no end, and has not been heard of for two epochs',
      undefined,
    ]);
    expect(said(verify([...first, ...second]))).toEqual([
      'the stream has no end, and another one of the same service began later: a process that died, or its end was cut off',
      undefined,
    ]);
  });
});

describe('a stream that may go on', () => {
  const at = (process: Process, nowMillis: number): string => {
    const [stream] = verify(sent(process, 1), { nowMillis: startMillis + nowMillis }).streams;
    return `${stream?.verdict}${stream?.open ? ', open' : ''}`;
  };

  test('does so for ten minutes after its last checkpoint', () => {
    const process = { sealed: minute };
    expect(at(process, 11 * minute)).toBe('complete, open');
    expect(at(process, 11 * minute + 1)).toBe('truncated');
  });

  test('does so for ten minutes after the epoch of its last span began, where no checkpoint has come', () => {
    const process = { checkpoints: false, sealed: 7 * minute };
    expect(at(process, 15 * minute)).toBe('complete, open');
    expect(at(process, 15 * minute + 1)).toBe('truncated');
  });

  test('is not kept alive by a clock that runs ahead', () => {
    expect(at({ start: 20 * minute }, 10 * minute)).toBe('complete, open');
    expect(at({ start: 20 * minute }, 10 * minute - 1)).toBe('truncated');
  });

  test('has no end to wait for when it ended, or never made a checkpoint', () => {
    expect(at({ end: true }, 60 * minute)).toBe('complete');
    const by = createSpanSealer({ keyRing: ring(), startMillis, random: new Uint8Array(12) });
    const span = sampleSpan();
    const seal = { key: 'spanseal.seal', value: { stringValue: by.seal({ span }, startMillis) } };
    const attributes = [...(span.attributes ?? []), seal];
    const request = { resourceSpans: [{ scopeSpans: [{ spans: [{ ...span, attributes }] }] }] };
    expect(verify([request])).toMatchObject({ result: 'intact', streams: [{ verdict: 'complete' }] });
    expect(verify([request]).streams[0]).not.toHaveProperty('open');
  });
});
