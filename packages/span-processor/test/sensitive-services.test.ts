import { describe, expect, test } from '@jest/globals';
import { createCanary, findCanaries, type LineSpan, loadLines } from '@spanseal/test-kit';
import { sensitiveSpanCapacity } from '../src/sensitive-spans.js';
import { type GuardedLine, guardedLine, maskerWith } from './guarded-line.js';

// Not a secret by any rule: it goes because of where it stands.
const plain = 'prod-db-admin';
const sdkCall = {
  'rpc.system': 'aws-api',
  'rpc.service': 'SecretsManager',
  'rpc.method': 'GetSecretValue',
  'cloud.region': 'eu-west-1',
};

describe.each(loadLines())('on SDK $name, a span of a sensitive service', (line) => {
  const guard = () => guardedLine(line, { masker: maskerWith({}) });
  const exported = ({ exporter }: GuardedLine, span: LineSpan) =>
    exporter.spans.find((copy) => copy.spanContext().spanId === span.spanContext().spanId);

  test('keeps ids, times, kind, status code and structure, and nothing else', () => {
    const guarded = guard();
    const span = guarded.start('SecretsManager.GetSecretValue', { attributes: sdkCall });
    span.setAttribute('aws.secretsmanager.secret.arn', `arn:aws:secretsmanager:x:1:secret:${plain}`);
    span.setAttribute('http.response.status_code', 400);
    span.addEvent(plain, { note: plain });
    span.recordException(Object.assign(new Error(plain), { name: 'ResourceNotFoundException' }));
    span.addLink({ context: span.spanContext(), attributes: { note: plain } });
    span.setStatus({ code: 2, message: plain });
    span.end();
    const copy = exported(guarded, span);
    expect(copy).toMatchObject({
      name: 'SecretsManager.GetSecretValue',
      attributes: { ...sdkCall, 'http.response.status_code': 400 },
      events: [
        { name: 'event', attributes: {}, droppedAttributesCount: 1 },
        { name: 'exception', attributes: { 'exception.type': 'ResourceNotFoundException' } },
      ],
      status: { code: 2 },
      droppedAttributesCount: 1,
    });
    expect(copy?.links).toEqual([
      expect.objectContaining({ droppedAttributesCount: 1, attributes: undefined }),
    ]);
    expect(Buffer.from(guarded.exporter.toJson(line)).toString()).not.toContain(plain);
    expect(guarded.processor.counters().spans).toMatchObject({ masked: 1, sensitive: 1 });
  });

  test('takes its descendants with it, however little they know of it', () => {
    const guarded = guard();
    const parent = guarded.start('app work', { attributes: { note: plain } });
    const call = guarded.start('SecretsManager.GetSecretValue', { parent, attributes: sdkCall });
    const url = `http://127.0.0.1:4566/?name=${plain}`;
    const attributes = { 'http.request.method': 'POST', 'url.full': url };
    const http = guarded.start('POST', { parent: call, attributes });
    const connect = guarded.start(plain, { parent: http, attributes: { note: plain } });
    for (const span of [connect, http, call]) span.end();
    const after = guarded.start('next', { parent, attributes: { note: plain } });
    for (const span of [after, parent]) span.end();
    expect(exported(guarded, http)).toMatchObject({
      name: 'POST',
      attributes: { 'http.request.method': 'POST' },
    });
    expect(exported(guarded, http)?.attributes).toEqual({ 'http.request.method': 'POST' });
    expect(exported(guarded, connect)).toMatchObject({ name: 'secretsmanager', attributes: {} });
    expect(exported(guarded, after)?.attributes).toEqual({ note: plain });
    expect(exported(guarded, parent)?.attributes).toEqual({ note: plain });
    expect(guarded.processor.counters().spans).toMatchObject({ masked: 5, sensitive: 3 });
  });

  test('takes what starts below an ended span of its own, or below itself when it has ended', () => {
    const guarded = guard();
    const call = guarded.start('call', { attributes: sdkCall });
    const child = guarded.start('child', { parent: call });
    child.end();
    const grandchild = guarded.start('late', { parent: child, attributes: { note: plain } });
    call.end();
    const orphan = guarded.start('later', { parent: call, attributes: { note: plain } });
    for (const span of [grandchild, orphan]) span.end();
    expect(exported(guarded, grandchild)).toMatchObject({ attributes: {} });
    expect(exported(guarded, orphan)).toMatchObject({ attributes: {} });
    expect(Buffer.from(guarded.exporter.toJson(line)).toString()).not.toContain(plain);
  });

  test('takes what starts below it after it got the attributes that tell', () => {
    const guarded = guard();
    const call = guarded.start('call');
    const before = guarded.start('before', { parent: call, attributes: { note: plain } });
    call.setAttributes(sdkCall);
    const after = guarded.start('after', { parent: call, attributes: { note: plain } });
    for (const span of [before, after, call]) span.end();
    expect(exported(guarded, after)).toMatchObject({ attributes: {} });
    // Nothing told of it when it started: the guide says so.
    expect(exported(guarded, before)?.attributes).toEqual({ note: plain });
  });

  test('is known at its end when it was not at its start', () => {
    const guarded = guard();
    const span = guarded.start(plain);
    span.setAttributes({ ...sdkCall, note: plain });
    span.end();
    expect(exported(guarded, span)).toMatchObject({ name: 'secretsmanager' });
    expect(exported(guarded, span)?.attributes).toEqual(sdkCall);
  });

  test('still masks what an app puts into the attributes that stay', () => {
    const guarded = guard();
    const secret = createCanary('attributeValue', 'aws-key');
    const attributes = { ...sdkCall, 'rpc.method': secret.text };
    guarded.start(`SecretsManager.${secret.text}`, { attributes }).end();
    expect(findCanaries(guarded.exporter.toJson(line), [secret])).toEqual([]);
  });

  test('is not mistaken for another one of the same id in another trace', () => {
    const guarded = guard();
    const call = guarded.start('call', { attributes: sdkCall });
    const context = { ...call.spanContext(), traceId: 'c'.repeat(32) };
    const elsewhere = line.api.trace.setSpanContext(line.api.ROOT_CONTEXT, context);
    const options = { attributes: { note: plain } };
    const span = guarded.provider.getTracer('t').startSpan('work', options, elsewhere);
    span.end();
    expect(exported(guarded, span)?.attributes).toEqual({ note: plain });
  });
});

describe('running spans of sensitive services', () => {
  const [line] = loadLines();
  if (line === undefined) throw new Error('no SDK line');

  test('are known up to a bound, oldest forgotten first, and each still knows what it is itself', () => {
    const guarded = guardedLine(line, { masker: maskerWith({}) });
    const call = guarded.start('call', { attributes: sdkCall });
    const child = guarded.start('child', { parent: call, attributes: { note: plain } });
    for (let i = 0; i < sensitiveSpanCapacity; i++) guarded.start('call', { attributes: sdkCall });
    expect(guarded.processor.counters().spans.evicted).toBe(2);
    child.end();
    expect(guarded.exporter.spans[0]?.attributes).toEqual({});
    const late = guarded.start('late', { parent: call, attributes: { note: plain } });
    late.end();
    expect(guarded.exporter.spans[1]).toMatchObject({ attributes: { 'spanseal.masked': 'fault' } });
    const elsewhere = guarded.start('elsewhere', { attributes: { note: plain } });
    elsewhere.end();
    expect(guarded.exporter.spans[2]?.attributes).toEqual({ note: plain });
  });

  test('are forgotten when they end', () => {
    const guarded = guardedLine(line, { masker: maskerWith({}) });
    for (let i = 0; i < 2 * sensitiveSpanCapacity; i++) guarded.start('call', { attributes: sdkCall }).end();
    expect(guarded.processor.counters().spans).toMatchObject({
      evicted: 0,
      sensitive: 2 * sensitiveSpanCapacity,
    });
  });
});
