import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import {
  decodeTraceRequest,
  encodeTraceRequest,
  type ResourceSpans,
  sealAttributeKey,
  type TraceRequest,
  withCanonicalCoreSpan,
} from '@spanseal/otlp';
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
import { loadLine } from '@spanseal/test-kit';
import type { Benchmark, Table } from '../benchmark.js';
import { type Effort, runContest } from '../contest.js';
import { finishedSpans } from '../finished-spans.js';
import { timeOf, timesAsFast } from '../ratio.js';
import { generateSpans, type ShapeName } from '../span-shape.js';
import type { Spread } from '../spread.js';

/** Spans of one request, as many as a batch of the SDK has. */
const batch = 512;
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
  const sealed = encodeTraceRequest(sealRequest(request, newSealer(keyRing)), { format: 'protobuf' });
  const items = request.resourceSpans.flatMap(itemsOf);
  const timings = await runContest(
    [
      { name: 'serialize', run: serialize, units: batch },
      { name: 'mac', run: () => macAll(items), units: batch },
      { name: 'seal', run: () => sealAll(items, newSealer(keyRing)), units: batch },
      { name: 'verify', run: () => verify(sealed, keyRing), units: batch },
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

function itemsOf({ resource, scopeSpans }: ResourceSpans): SpanInRequest[] {
  return scopeSpans.flatMap(({ scope, spans }) => spans.map((span) => ({ span, scope, resource })));
}

const macKey = createSecretKey(randomBytes(32));
/** About as many bytes as stand in front of a span in what the MAC is about. */
const macRoom = 178;

/** What no seal can do without: the canonical form of each span, and an HMAC of it. */
function macAll(items: readonly SpanInRequest[]): number {
  let bytes = 0;
  for (const { span } of items)
    bytes += withCanonicalCoreSpan(span, macRoom, (form) =>
      createHmac('sha256', macKey).update(form).digest('hex'),
    ).length;
  return bytes;
}

/** All spans, and the checkpoints about them. */
function sealAll(items: readonly SpanInRequest[], sealer: SpanSealer): number {
  const nowMillis = Date.now();
  for (const item of items) sealer.seal(item, nowMillis);
  return sealer.checkpoint({ nowMillis }).length;
}

function sealRequest({ resourceSpans }: TraceRequest, sealer: SpanSealer): TraceRequest {
  const seal = (item: SpanInRequest): SpanInRequest['span'] => {
    const stringValue = sealer.seal(item, Date.now());
    const attributes = [...(item.span.attributes ?? []), { key: sealAttributeKey, value: { stringValue } }];
    return { ...item.span, attributes };
  };
  const sealed = resourceSpans.map((group) => ({
    ...group,
    scopeSpans: group.scopeSpans.map((scoped) => ({
      ...scoped,
      spans: scoped.spans.map((span) => seal({ span, scope: scoped.scope, resource: group.resource })),
    })),
  }));
  const checkpoints = sealer.checkpoint({ nowMillis: Date.now(), end: true });
  return {
    resourceSpans: [...sealed, ...checkpoints.flatMap(({ text }) => checkpointRequest(text).resourceSpans)],
  };
}

function verify(request: Uint8Array, keyRing: KeyRing): number {
  const verifier = createVerifier({ keyRing });
  verifier.add(request);
  const { spans, result } = verifier.finish();
  if (spans.valid !== batch || result !== 'intact')
    throw new Error(`${spans.valid} of ${batch} spans verified`);
  return spans.valid;
}

function inMillis({ low, median, high }: Spread): Spread {
  return { low: low / 1e6, median: median / 1e6, high: high / 1e6 };
}
