import { randomBytes } from 'node:crypto';
import { decodeTraceRequest, encodeTraceRequest, sealAttributeKey, type TraceRequest } from '@spanseal/otlp';
import { spanToSeal } from '@spanseal/otlp-exporter';
import {
  checkpointRequest,
  createKeyRing,
  createSpanSealer,
  createVerifier,
  generateSecret,
  type KeyRing,
  type SpanInRequest,
  type SpanSealer,
} from '@spanseal/seal';
import type { ReadableSpan } from '@spanseal/span-processor';
import { loadLine } from '@spanseal/test-kit';
import type { Benchmark, Table } from '../benchmark.js';
import { type Effort, runContest } from '../contest.js';
import { finishedSpans } from '../finished-spans.js';
import { hmacRoom, oneShotHmac } from '../one-shot-hmac.js';
import { timeOf, timesAsFast } from '../ratio.js';
import { generateSpans, type ShapeName } from '../span-shape.js';
import type { Spread } from '../spread.js';

/** Spans of one request, as many as a batch of the SDK has. */
const batch = 512;
/** Requests of one stream that a verifier reads: a short file. */
const requests = 8;
/** Canonical form and MAC: at most 60 % of the stock serializer's time for a lean span, a quarter for a heavy one. */
const targets: Readonly<Record<ShapeName, number>> = { lean: 1 / 0.6, heavy: 1 / 0.25 };
/** A hundred thousand lean spans a second. */
const verifiedMillis = 0.01;

/** What sealing costs beside the SDK's own serializer, and how fast a verifier is. */
export const sealBenchmark: Benchmark = {
  name: 'seal',
  run: async (effort) => [await compare('lean', effort), await compare('heavy', effort)],
};

async function compare(shape: ShapeName, effort: Effort): Promise<Table> {
  const spans = finishedSpans(loadLine('2.12'), generateSpans(shape, batch));
  const { ProtobufTraceSerializer } = loadLine('2.12').transformer;
  const serialize = (): Uint8Array =>
    ProtobufTraceSerializer.serializeRequest(spans as never) ?? new Uint8Array();
  const request = decodeTraceRequest(serialize());
  const keyRing = createKeyRing({ realm: 'bench', primary: { id: 'k-bench', secret: generateSecret() } });
  const sealed = sealRequests(request, newSealer(keyRing));
  const timings = await runContest(
    [
      { name: 'serialize', run: serialize, units: batch },
      { name: 'mac', run: () => macAll(spans), units: batch },
      { name: 'seal', run: () => sealAll(spans, newSealer(keyRing)), units: batch },
      { name: 'verify', run: () => verify(sealed, keyRing), units: requests * batch },
    ],
    effort,
  );
  const verified = timeOf(timings, 3);
  return {
    title: `${shape} spans: sealing and verifying`,
    unit: 'span',
    rows: [
      { name: 'the SDK’s own protobuf serializer', time: timeOf(timings, 0) },
      {
        name: 'canonical form and MAC alone',
        time: timeOf(timings, 1),
        score: timesAsFast(timings, { of: 1, against: 0 }, targets[shape]),
      },
      {
        name: 'a whole seal, and checkpoints',
        time: timeOf(timings, 2),
        score: timesAsFast(timings, { of: 2, against: 0 }),
      },
      {
        name: 'createVerifier, from protobuf',
        time: verified,
        score: {
          unit: 'ms',
          spread: inMillis(verified),
          ...(shape === 'lean' && { target: verifiedMillis }),
        },
      },
    ],
  };
}

function newSealer(keyRing: KeyRing): SpanSealer {
  return createSpanSealer({ keyRing, startMillis: Date.now(), random: randomBytes(12), checkpoints: true });
}

const mac = oneShotHmac();
/** The HMAC's own room, and as many bytes as stand in front of a span in what the MAC is about. */
const macRoom = hmacRoom + 178;

/** What no seal can do without: of each span as the SDK has it, the canonical form, and an HMAC of that. */
function macAll(spans: readonly ReadableSpan[]): number {
  let length = 0;
  for (const span of spans) length += itemOf(span).span.withCore(macRoom, mac).length;
  return length;
}

/** All spans as the SDK has them, and the checkpoints about them. */
function sealAll(spans: readonly ReadableSpan[], sealer: SpanSealer): number {
  const nowMillis = Date.now();
  for (const span of spans) sealer.seal(itemOf(span), nowMillis);
  return sealer.checkpoint({ nowMillis }).length;
}

function itemOf(span: ReadableSpan): NonNullable<ReturnType<typeof spanToSeal>> {
  const item = spanToSeal(span);
  if (item === undefined) throw new Error('a span without ids');
  return item;
}

/** The same spans in each request of one stream, with seqs that go on, and checkpoints as an exporter makes them. */
function sealRequests(request: TraceRequest, sealer: SpanSealer): readonly Uint8Array[] {
  return Array.from({ length: requests }, (_, index) => {
    const sealed = sealRequest(request, sealer);
    const checkpoints = sealer.checkpoint({ nowMillis: Date.now(), end: index === requests - 1 });
    const carried = checkpoints.flatMap(({ text }) => checkpointRequest(text).resourceSpans);
    return encodeTraceRequest({ resourceSpans: [...sealed, ...carried] }, { format: 'protobuf' });
  });
}

function sealRequest({ resourceSpans }: TraceRequest, sealer: SpanSealer): TraceRequest['resourceSpans'] {
  const seal = (item: SpanInRequest): SpanInRequest['span'] => {
    const stringValue = sealer.seal(item, Date.now());
    const attributes = [...(item.span.attributes ?? []), { key: sealAttributeKey, value: { stringValue } }];
    return { ...item.span, attributes };
  };
  return resourceSpans.map((group) => ({
    ...group,
    scopeSpans: group.scopeSpans.map((scoped) => ({
      ...scoped,
      spans: scoped.spans.map((span) => seal({ span, scope: scoped.scope, resource: group.resource })),
    })),
  }));
}

function verify(sealed: readonly Uint8Array[], keyRing: KeyRing): number {
  const verifier = createVerifier({ keyRing });
  for (const request of sealed) verifier.add(request);
  const { spans, result } = verifier.finish();
  if (spans.valid !== requests * batch || result !== 'intact')
    throw new Error(`${spans.valid} of ${requests * batch} spans verified`);
  return spans.valid;
}

function inMillis({ low, median, high }: Spread): Spread {
  return { low: low / 1e6, median: median / 1e6, high: high / 1e6 };
}
