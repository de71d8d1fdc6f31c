import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { CollectingExporter, findCanaries, type LineReadableSpan, loadLine } from '@spanseal/test-kit';
import { MaskingSpanProcessor } from '../src/index.js';

// Real spans of real instrumentations, with planted secrets: see vectors/README.md.

interface Hit {
  readonly canary: string;
  readonly class: string;
  readonly where: string;
  readonly span?: string;
  readonly pointer: string;
}

interface DumpSpan {
  readonly name: string;
  readonly kind: string | number;
  readonly scope?: { name: string; version?: string };
  readonly traceId?: string;
  readonly spanId?: string;
  readonly parentSpanId?: string;
  readonly traceState?: string;
  readonly status?: { code?: number; message?: string };
  readonly attributes: Record<string, unknown>;
  readonly events?: { name: string; attributes?: Record<string, unknown> }[];
  readonly links?: { attributes?: Record<string, unknown> }[];
}

interface Dump {
  readonly resource?: Record<string, unknown>;
  readonly spans: DumpSpan[];
}

const read = <T>(name: string): T => JSON.parse(readFileSync(`${__dirname}/vectors/${name}`, 'utf8')) as T;
const { cases } = read<{ cases: { file: string; hits: Hit[] }[] }>('span-dumps-index.json');
const line = loadLine('3.1');

/** What the default policy leaves: addresses of clients are the business of the preset `pii`. */
const leftByPolicy: ReadonlySet<string> = new Set(['client-ip']);

/** Metadata of secret stores, such as an ARN, is masked with the whole span, and left in spans of other services. */
function isExpected(hit: Hit, dump: Dump): boolean {
  if (leftByPolicy.has(hit.class)) return false;
  return hit.class !== 'service-metadata' || isOfSecretStore(hit, dump);
}

function isOfSecretStore(hit: Hit, dump: Dump): boolean {
  const [, list, index] = hit.pointer.split('/');
  const span = list === 'spans' ? dump.spans[Number(index)] : undefined;
  return /^(?:SecretsManager|SSM|KMS|STS)$/.test(String(span?.attributes['rpc.service']));
}

function readableSpans(dump: Dump): LineReadableSpan[] {
  const resource = { attributes: dump.resource ?? {}, asyncAttributesPending: false };
  return dump.spans.map((span) => {
    const traceState = {
      serialize: () => span.traceState ?? '',
      get: () => undefined,
      set: () => traceState,
      unset: () => traceState,
    };
    const { traceId = 'a'.repeat(32), spanId = 'b'.repeat(16) } = span;
    const context = { traceId, spanId, traceFlags: 1, traceState };
    return {
      ...span,
      kind: 2,
      spanContext: () => context,
      parentSpanContext: span.parentSpanId ? { ...context, spanId: span.parentSpanId } : undefined,
      startTime: [1, 0],
      endTime: [2, 0],
      duration: [1, 0],
      ended: true,
      status: { code: span.status?.code ?? 0, message: span.status?.message },
      events: (span.events ?? []).map((event) => ({ time: [1, 0], ...event })),
      links: (span.links ?? []).map((link) => ({ ...link, context })),
      resource,
      instrumentationScope: span.scope ?? { name: 'app' },
      droppedAttributesCount: 0,
      droppedEventsCount: 0,
      droppedLinksCount: 0,
    } as unknown as LineReadableSpan;
  });
}

/** The spans as they leave: parents start before their children, and end after them. */
function exported(dump: Dump): CollectingExporter {
  const exporter = new CollectingExporter();
  const next = line.simpleProcessor(exporter);
  const processor = new MaskingSpanProcessor(next as never);
  const spans = readableSpans(dump);
  const parentOf = (span: LineReadableSpan) =>
    spans.find((other) => other !== span && other.spanContext().spanId === span.parentSpanContext?.spanId);
  const depth = (span: LineReadableSpan): number => {
    // Ids were taken out of one dump, so that its spans name each other.
    let steps = 0;
    for (let at = parentOf(span); at !== undefined && steps < spans.length; at = parentOf(at)) steps += 1;
    return steps;
  };
  const byDepth = [...spans].sort((a, b) => depth(a) - depth(b));
  for (const span of byDepth) processor.onStart(span as never, line.api.ROOT_CONTEXT as never);
  for (const span of byDepth.reverse()) processor.onEnd(span as never);
  return exporter;
}

describe.each(cases)('the recorded spans of $file', ({ file, hits }) => {
  const dump = read<Dump>(`span-dumps/${file}`);

  test('leave the default policy without one of their planted secrets', async () => {
    const exporter = exported(dump);
    await new Promise(setImmediate);
    expect(exporter.spans).toHaveLength(dump.spans.length);
    const expected = hits.filter((hit) => isExpected(hit, dump));
    const canaries = expected.map((hit) => ({ place: hit.where, text: hit.canary, secret: hit.canary }));
    for (const bytes of [exporter.toProtobuf(line), exporter.toJson(line)]) {
      const kept = hits.filter((hit) => !isExpected(hit, dump)).map(({ canary }) => canary);
      const found = canaries.filter(
        ({ secret }) => !kept.includes(secret) && findCanaries(bytes, [{ secret }] as never).length > 0,
      );
      expect(found).toEqual([]);
    }
  });
});

test('the recorded spans hold every planted secret before they are masked', () => {
  expect(cases).toHaveLength(14);
  expect(cases.flatMap(({ hits }) => hits)).toHaveLength(259);
  for (const { file, hits } of cases) {
    const text = readFileSync(`${__dirname}/vectors/span-dumps/${file}`, 'utf8');
    for (const { canary } of hits) expect(text.includes(JSON.stringify(canary).slice(1, -1))).toBe(true);
  }
});
