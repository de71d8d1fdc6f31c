import { afterEach, describe, expect, test } from '@jest/globals';
import { decodeTraceRequest, type Span } from '@spanseal/otlp';
import { createKeyRing, createVerifier, generateSecret, type Report } from '@spanseal/seal';
import {
  CollectingExporter,
  type HttpReceiver,
  type LineReadableSpan,
  loadLine,
  startHttpReceiver,
} from '@spanseal/test-kit';
import { SignedOtlpExporter, SigningSpanExporter, serializeSpans } from '../src/index.js';
import { spansOf } from './spans-of.js';

const line = loadLine('2.12');
const keyRing = createKeyRing({ primary: { id: 'k', secret: generateSecret() } });

const receivers: HttpReceiver[] = [];
afterEach(() => Promise.all(receivers.splice(0).map((each) => each.stop())));

function verify(...requests: Uint8Array[]): Report {
  const verifier = createVerifier({ keyRing });
  for (const request of requests) verifier.add(request);
  return verifier.finish();
}

function spansIn(request: Uint8Array): Span[] {
  const { resourceSpans } = decodeTraceRequest(request);
  return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
}

function oddSpan(odd: object): LineReadableSpan {
  const [span] = spansOf(line);
  return Object.create(span ?? null, Object.getOwnPropertyDescriptors(odd)) as LineReadableSpan;
}

const throwing = {
  valueOf: () => {
    throw new Error('no number');
  },
};

describe('a span of which something is no number', () => {
  test.each<[string, object]>([
    ['a duration of symbols', { duration: [Symbol('s'), 0] }],
    ['a duration of objects that throw', { duration: [throwing, throwing] }],
    ['a start of symbols', { startTime: [Symbol('s'), 0] }],
    ['a status beyond an enum', { status: { code: 2 ** 32 - 1 } }],
    [
      'counts that no more can be added to',
      { ...{ droppedAttributesCount: 2 ** 40, droppedLinksCount: 2 ** 40 }, attributes: { gone: () => 1 } },
    ],
  ])('leaves sealed, and none is missing: %s', async (_, odd) => {
    const inner = new CollectingExporter();
    const exporter = new SigningSpanExporter<LineReadableSpan>(inner, { keyRing });
    exporter.export([oddSpan({}), oddSpan(odd), oddSpan({})], () => undefined);
    await exporter.shutdown();
    expect(exporter.counters()).toMatchObject({ sealed: 3, refused: 0 });
    const report = verify(inner.toProtobuf(line));
    expect(report).toMatchObject({ result: 'intact', streams: [{ verdict: 'complete', spans: 3 }] });
  });
});

test('a span that cannot be read to its end uses no seq up', async () => {
  const inner = new CollectingExporter();
  const exporter = new SigningSpanExporter<LineReadableSpan>(inner, { keyRing });
  const duration = Object.defineProperty([], 0, { get: throwing.valueOf });
  exporter.export([oddSpan({}), oddSpan({ duration }), oddSpan({})], () => undefined);
  await exporter.shutdown();
  expect(exporter.counters()).toMatchObject({ sealed: 2, refused: 1 });
  const report = verify(inner.toProtobuf(line));
  expect(report).toMatchObject({ result: 'intact', streams: [{ verdict: 'declared-loss', spans: 2 }] });
});

test('attributes that a span only inherits do not leave with it', () => {
  const attributes = Object.assign(Object.create({ inherited: 'x' }), { own: 1 });
  const spans = spansIn(serializeSpans([oddSpan({ attributes: { own: 1 } }), oddSpan({ attributes })]));
  const keys = spans.map((span) => span.attributes?.map(({ key }) => key));
  expect(keys).toEqual([['own'], ['own']]);
});

test('attributes whose keys come in another order each time keep their values', () => {
  let isTurned = false;
  const attributes = new Proxy(
    { a: 'of a', b: 'of b' },
    {
      ownKeys: (target) => {
        isTurned = !isTurned;
        return isTurned ? Reflect.ownKeys(target) : Reflect.ownKeys(target).reverse();
      },
    },
  );
  const [span] = spansIn(serializeSpans([oddSpan({ attributes })]));
  const values = span?.attributes?.map(({ key, value }) => [key, value?.stringValue]);
  expect(new Map(values as [string, string][])).toEqual(
    new Map([
      ['a', 'of a'],
      ['b', 'of b'],
    ]),
  );
});

test('lone surrogates in attributes leave as U+FFFD, and what was sealed is what left', async () => {
  const inner = new CollectingExporter();
  const exporter = new SigningSpanExporter<LineReadableSpan>(inner, { keyRing });
  const attributes = { text: 'a\ud800b', list: ['\udc00', 'c'], short: '\ud83d' };
  exporter.export([oddSpan({ attributes })], () => undefined);
  await exporter.shutdown();
  const [copy] = inner.spans;
  expect(copy?.attributes).toMatchObject({ text: 'a\ufffdb', list: ['\ufffd', 'c'], short: '\ufffd' });
  const request = inner.toProtobuf(line);
  expect(verify(request)).toMatchObject({ result: 'intact', spans: { valid: 1 } });
  const values = Object.fromEntries(
    spansIn(request)[0]?.attributes?.map(({ key, value }) => [key, value]) ?? [],
  );
  expect(values).toMatchObject({
    text: { stringValue: 'a\ufffdb' },
    list: { arrayValue: { values: [{ stringValue: '\ufffd' }, { stringValue: 'c' }] } },
    short: { stringValue: '\ufffd' },
  });
});

test('a list that says a greater length each time it is asked ends', () => {
  let asked = 0;
  const list = new Proxy([], {
    get: (target, name) => {
      if (name !== 'length') return typeof name === 'symbol' ? Reflect.get(target, name) : 'x';
      asked += 1;
      if (asked > 1000) throw new Error('it does not end');
      return asked;
    },
  });
  const [span] = spansIn(serializeSpans([oddSpan({ attributes: { list } })]));
  expect(span?.attributes).toHaveLength(1);
});

test('counts beyond what OTLP holds take no request with them', () => {
  const odd = { droppedAttributesCount: 2 ** 40, attributes: { gone: () => 1 }, status: { code: 2 ** 32 } };
  const [span] = spansIn(serializeSpans([oddSpan({}), oddSpan(odd)])).slice(1);
  expect(span).toMatchObject({ droppedAttributesCount: 2 ** 32 - 1, status: { code: 2 ** 31 - 1 } });
});

test('a resource that throws later takes no export with it: a checkpoint has what was read of it', async () => {
  const receiver = await startHttpReceiver();
  receivers.push(receiver);
  const exporter = new SignedOtlpExporter<LineReadableSpan>({
    ...{ keyRing, url: receiver.url, checkpoints: { everySpans: 1 } },
  });
  let isBroken = false;
  const resource = {
    asyncAttributesPending: true,
    get attributes(): Record<string, unknown> {
      if (isBroken) throw new Error('broken');
      return { 'service.name': 'odd' };
    },
  };
  const send = (span: LineReadableSpan) =>
    new Promise<{ code: number }>((resolve) => exporter.export([span], resolve));
  expect(await send(oddSpan({ resource }))).toMatchObject({ code: 0 });
  isBroken = true;
  expect(await send(oddSpan({}))).toMatchObject({ code: 0 });
  isBroken = false;
  await exporter.shutdown();
  const { result, streams } = verify(...receiver.requests.map(({ body }) => body));
  expect([result, streams.map(({ verdict }) => verdict)]).toEqual(['intact', ['complete']]);
});

test('a resource is read once: a second reading that throws makes no span lost', async () => {
  const receiver = await startHttpReceiver();
  receivers.push(receiver);
  const exporter = new SignedOtlpExporter<LineReadableSpan>({ keyRing, url: receiver.url });
  let readings = 0;
  const span = Object.defineProperty(oddSpan({}), 'resource', {
    get: () => {
      readings += 1;
      if (readings > 1) throw new Error('again');
      return { attributes: { 'service.name': 'odd' } };
    },
  });
  const { code } = await new Promise<{ code: number }>((resolve) => exporter.export([span], resolve));
  await exporter.shutdown();
  expect([code, exporter.counters()]).toMatchObject([0, { sealed: 1, refused: 0 }]);
  const { result, streams } = verify(...receiver.requests.map(({ body }) => body));
  expect([result, streams.map(({ verdict }) => verdict)]).toEqual(['intact', ['complete']]);
});
