import { describe, expect, test } from '@jest/globals';
import {
  canonicalSpan,
  decodeTraceRequest,
  parseTraceRequest,
  type Span,
  type TraceRequest,
} from '@spanseal/otlp';
import { type LineReadableSpan, loadLines, type SdkLine, startHttpReceiver } from '@spanseal/test-kit';
import fc from 'fast-check';
import { SignedOtlpExporter, SigningSpanExporter } from '../src/index.js';
import { exportOnce, newRing } from './receivers.js';

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '\ud800', 'a\udc00b', 'ü', '\u0000'),
);
const key = fc.oneof(text, fc.constantFrom('__proto__', 'constructor', 'toString', '\ud800', '\udc00'));
const number = fc.oneof(
  ...[fc.integer(), fc.double(), fc.maxSafeInteger()],
  fc.constantFrom(
    Number.NaN,
    Number.POSITIVE_INFINITY,
    -0,
    1e21,
    -1e21,
    2 ** 53,
    2 ** 62,
    2 ** 63,
    -(2 ** 63),
    1e300,
  ),
);
const scalar = fc.oneof(text, number, fc.boolean());
const list = fc.oneof(
  fc.array(text, { maxLength: 4 }),
  fc.array(number, { maxLength: 4 }),
  fc.array(fc.boolean(), { maxLength: 3 }),
);
const flat = fc.oneof(scalar, list);
const nested = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    flat,
    fc.constant(null),
    fc.uint8Array({ maxLength: 9 }),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(key, tie('value'), { maxKeys: 3 }),
  ),
})).value;
const hex = (digits: number) =>
  fc
    .string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: digits, maxLength: digits })
    .filter((id) => /[^0]/.test(id));
const count = fc.nat(2 ** 31);
const time: fc.Arbitrary<[number, number]> = fc.tuple(fc.nat(4_000_000_000), fc.nat(999_999_999));

/** Spans as an SDK keeps them. */
function spanOf(value: fc.Arbitrary<unknown>): fc.Arbitrary<Partial<LineReadableSpan>> {
  const attributes = fc.dictionary(key, value, { maxKeys: 6 });
  const context = fc.record(
    { traceId: hex(32), spanId: hex(16), traceFlags: fc.nat(255), isRemote: fc.boolean() },
    { requiredKeys: ['traceId', 'spanId', 'traceFlags'] },
  );
  return fc
    .record({
      ...{ own: context, parent: fc.option(context, { nil: undefined }), name: text, kind: fc.nat(4) },
      ...{
        startTime: time,
        endTime: time,
        attributes,
        status: fc.record({ code: fc.nat(2), message: text }),
      },
      links: fc.array(fc.record({ context, attributes, droppedAttributesCount: count }), { maxLength: 3 }),
      events: fc.array(fc.record({ name: text, time, attributes, droppedAttributesCount: count }), {
        maxLength: 3,
      }),
      ...{ droppedAttributesCount: count, droppedEventsCount: count, droppedLinksCount: count },
    })
    .map(({ own, parent, ...rest }) => ({
      ...rest,
      ...{ spanContext: () => own, ...(parent && { parentSpanContext: parent }) },
      ...{ duration: [0, 1] as [number, number], ended: true },
    }));
}

/** The canonical bytes of each span that is not the exporter's own, by its place. */
function canonicalIn({ resourceSpans }: TraceRequest): string[] {
  const spans: Span[] = resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((each) => each.spans));
  return spans.map((span) => Buffer.from(canonicalSpan(span)).toString('hex'));
}

describe.each(loadLines())('spans of the $name line', (line: SdkLine) => {
  test('are the same ones by both exporters, in protobuf and in JSON', async () => {
    const sampled = fc.sample(spanOf(line.nestedValues ? nested : flat), { numRuns: 120, seed: 23 });
    const resource = { attributes: { 'service.name': 'shop' } };
    const given = sampled.map((span) => ({ ...span, resource, instrumentationScope: { name: 'app' } }));
    const keyRing = newRing();
    const stock: Record<string, TraceRequest> = {};
    const inner = {
      export(spans: LineReadableSpan[], done: (result: { code: number }) => void) {
        const { ProtobufTraceSerializer, JsonTraceSerializer } = line.transformer;
        stock['http/protobuf'] = decodeTraceRequest(
          ProtobufTraceSerializer.serializeRequest(spans) as Uint8Array,
        );
        stock['http/json'] = parseTraceRequest(JsonTraceSerializer.serializeRequest(spans) as Uint8Array);
        done({ code: 0 });
      },
      shutdown: async () => undefined,
    };
    const options = { keyRing, checkpoints: false } as const;
    await exportOnce(new SigningSpanExporter<LineReadableSpan>(inner, options) as never, given);
    const receiver = await startHttpReceiver();
    for (const protocol of ['http/protobuf', 'http/json'] as const) {
      const exporter = new SignedOtlpExporter({ url: receiver.url, protocol, ...options });
      expect(await exportOnce(exporter, given)).toMatchObject({ code: 0 });
      await exporter.shutdown();
      expect(exporter.counters()).toMatchObject({ sealed: given.length, refused: 0 });
      const body = receiver.requests.at(-1)?.body ?? new Uint8Array();
      const own = protocol === 'http/json' ? parseTraceRequest(body) : decodeTraceRequest(body);
      expect(canonicalIn(own)).toHaveLength(given.length);
      // The stock exporters of the 2.0 line write no flags.
      expect(canonicalIn(withoutFlags(own, line))).toEqual(
        canonicalIn(withoutFlags(stock[protocol] ?? own, line)),
      );
    }
    await receiver.stop();
  }, 60_000);
});

function withoutFlags(request: TraceRequest, { name }: SdkLine): TraceRequest {
  if (name !== '2.0') return request;
  const bare = ({ flags: _, links, ...span }: Span): Span => ({
    ...span,
    ...(links && { links: links.map(({ flags: __, ...link }) => link) }),
  });
  return {
    resourceSpans: request.resourceSpans.map((each) => ({
      ...each,
      scopeSpans: each.scopeSpans.map((inner) => ({ ...inner, spans: inner.spans.map(bare) })),
    })),
  };
}
