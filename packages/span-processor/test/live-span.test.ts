import { describe, expect, test } from '@jest/globals';
import { createCanary, findCanaries, loadLines } from '@spanseal/test-kit';
import { MaskingSpanProcessor } from '../src/index.js';
import { guardedLine } from './guarded-line.js';

const secret = createCanary('attributeValue', 'aws-key');

describe.each(loadLines())('on SDK $name', (line) => {
  test('what the app writes into a span after its end reaches no exporter', () => {
    const { exporter, start } = guardedLine(line);
    const list = ['a'];
    const span = start('work');
    span.setAttributes({ clean: 1, list });
    span.addEvent('e', { clean: 1 });
    span.addLink({ context: span.spanContext(), attributes: { clean: 1 } });
    span.setStatus({ code: 2, message: 'clean' });
    span.end();
    const live = span;
    live.attributes['late'] = secret.text;
    live.name = secret.text;
    live.status.message = secret.text;
    live.startTime[0] = 1;
    list.push(secret.text);
    const liveList = live.attributes['list'];
    if (Array.isArray(liveList)) liveList.push(secret.text);
    live.events.push({ name: secret.text, time: [1, 1] });
    Object.assign(live.events[0]?.attributes ?? {}, { late: secret.text });
    Object.assign(live.links[0]?.attributes ?? {}, { late: secret.text });
    Object.assign(span.spanContext(), { traceState: line.api.createTraceState(`a=${secret.text}`) });
    expect(findCanaries(exporter.toJson(line), [secret])).toEqual([]);
    expect(findCanaries(exporter.toProtobuf(line), [secret])).toEqual([]);
    expect(exporter.spans[0]).toMatchObject({ name: 'work', attributes: { clean: 1, list: ['a'] } });
    expect(exporter.spans[0]?.startTime[0]).toBeGreaterThan(1);
  });

  test('bytes and maps that the app fills anew after the end reach no exporter', () => {
    const { exporter, start } = guardedLine(line);
    const span = start('work');
    const bytes = Buffer.from('.'.repeat(secret.text.length));
    const map = { list: [{ note: 'clean' }] };
    Object.assign(span.attributes, { bytes, map });
    span.end();
    bytes.write(secret.text);
    Object.assign(map.list[0] ?? {}, { note: secret.text });
    expect(findCanaries(Buffer.from(exporter.spans[0]?.attributes['bytes'] as Uint8Array), [secret])).toEqual(
      [],
    );
    expect(exporter.spans[0]?.attributes['map']).toEqual({ list: [{ note: 'clean' }] });
  });

  test('the next processor is given the live span until it ends, and a copy then', () => {
    const given: [string, object][] = [];
    const next = {
      onStart: (span: object) => void given.push(['onStart', span]),
      onEnding: (span: object) => void given.push(['onEnding', span]),
      onEnd: (span: object) => void given.push(['onEnd', span]),
      forceFlush: async () => undefined,
      shutdown: async () => undefined,
    };
    const provider = line.createProvider({ spanProcessors: [new MaskingSpanProcessor(next)] });
    const live = provider.getTracer('t').startSpan('work');
    live.end();
    const seen = given.map(([hook, span]) => [hook, span === live]);
    // SDK 2.0 has no onEnding.
    const ending = line.name === '2.0' ? [] : [['onEnding', true]];
    expect(seen).toEqual([['onStart', true], ...ending, ['onEnd', false]]);
  });

  test('neither the live span nor anything that the app owns is changed', () => {
    const { exporter, start } = guardedLine(line, { resource: { note: secret.text } });
    const attributes = deepFreeze({ note: secret.text, notes: [secret.text], card: '4111111111111111' });
    const linkAttributes = deepFreeze({ note: secret.text });
    const span = start(secret.text, { attributes });
    span.addEvent('e', attributes);
    span.addLink({ context: span.spanContext(), attributes: linkAttributes });
    span.end();
    expect(span.name).toBe(secret.text);
    expect(span.attributes).toEqual(attributes);
    expect(span.events[0]?.attributes).toEqual(attributes);
    expect(span.links[0]?.attributes).toEqual(linkAttributes);
    expect(span.resource.attributes['note']).toBe(secret.text);
    expect(findCanaries(exporter.toJson(line), [secret])).toEqual([]);
  });

  test('frozen spans are copied like any other', () => {
    const { exporter, processor, start } = guardedLine(line);
    const span = start('work', { attributes: { note: secret.text } });
    span.end();
    const shutProcessor = new MaskingSpanProcessor(line.simpleProcessor(exporter));
    shutProcessor.onEnd(deepFreeze(exporter.spans[0] ?? span));
    expect(exporter.spans).toHaveLength(2);
    expect(exporter.spans[1]?.attributes).toEqual(exporter.spans[0]?.attributes);
    expect(processor.counters().faults).toEqual({ masking: 0, next: 0, inPlace: 0 });
  });

  test('a copy has every field that an exporter reads', () => {
    const { exporter, start } = guardedLine(line);
    const parent = start('parent');
    const span = start('child', { parent, attributes: { a: 1, b: 'x', c: true, d: [1, 2] } });
    span.addEvent('e', { f: 1 });
    span.addLink({ context: parent.spanContext(), attributes: { l: 1 } });
    span.setStatus({ code: 2, message: 'broke' });
    span.end();
    const [copy] = exporter.spans;
    if (copy === undefined) throw new Error('nothing was exported');
    expect(copy).not.toBe(span);
    expect(copy.spanContext()).toEqual({ isRemote: undefined, traceState: undefined, ...span.spanContext() });
    expect(line.transformer.JsonTraceSerializer.serializeRequest([copy])).toEqual(
      line.transformer.JsonTraceSerializer.serializeRequest([span]),
    );
    const { kind, duration, ended, parentSpanContext } = span;
    expect(copy).toMatchObject({ kind, duration, ended, parentSpanId: parentSpanContext?.spanId });
  });
});

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const key of Reflect.ownKeys(value)) deepFreeze(Reflect.get(value, key));
  return Object.freeze(value);
}
