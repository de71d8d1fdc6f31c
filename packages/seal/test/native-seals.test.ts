import { describe, expect, test } from '@jest/globals';
import { NativeSpan, type NativeSpanParts, sealAttributeKey, TraceRequestWriter } from '@spanseal/otlp';
import fc from 'fast-check';
import { createSpanSealer, createVerifier, type SpanSealer } from '../src/index.js';
import { forgedResource, forgedScope } from './forger.js';
import { ring, startMillis } from './sealed-request.js';

const keyRing = ring();
const around = { scope: forgedScope, resource: forgedResource, scopeSchemaUrl: 's' };

function newSealer(): SpanSealer {
  return createSpanSealer({ keyRing, startMillis, random: new Uint8Array(12).fill(9), checkpoints: true });
}

const nothing = { keys: [], values: [], droppedAttributesCount: 0 };
const attributes = fc
  .uniqueArray(fc.tuple(fc.string(), fc.oneof(fc.string(), fc.maxSafeInteger(), fc.boolean())), {
    selector: ([key]) => key,
    maxLength: 12,
  })
  .map((members) => members.filter(([key]) => key !== sealAttributeKey))
  .map((members) => ({
    ...nothing,
    keys: members.map(([key]) => key),
    values: members.map(([, value]) => value),
  }));
const time = fc.tuple(fc.nat(2 ** 31), fc.nat(999_999_999));
const event = fc.record({ time, name: fc.constantFrom('a', 'b'), droppedAttributesCount: fc.nat(2) });
const link = fc.record({ flags: fc.nat(0x3ff), droppedAttributesCount: fc.nat(2) });

const parts: fc.Arbitrary<NativeSpanParts> = fc
  .record({
    own: attributes,
    endTime: fc.oneof(time, fc.constant([startMillis / 1000, 5] as const)),
    events: fc.array(event, { maxLength: 4 }),
    links: fc.array(link, { maxLength: 2 }),
    flags: fc.nat(0x3ff),
    droppedAttributesCount: fc.nat(2),
    droppedEventsCount: fc.nat(2),
    droppedLinksCount: fc.nat(2),
  })
  .map(({ own, events, links, ...others }) => ({
    ...own,
    ...others,
    ...{ traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceState: '', parentSpanId: '' },
    ...{ name: 'GET /', kind: 2, startTime: [0, 0] as const, status: { code: 0, message: '' } },
    events: events.map((given) => ({ ...nothing, ...given })),
    links: links.map((given) => ({
      ...nothing,
      ...given,
      ...{ traceId: '3'.repeat(32), spanId: '4'.repeat(16), traceState: '' },
    })),
  }));

describe('a span in the values of JavaScript', () => {
  test('gets the seal that its model gets, and the same checkpoint', () => {
    fc.assert(
      fc.property(fc.array(parts, { minLength: 1, maxLength: 4 }), (spans) => {
        const [one, other] = [newSealer(), newSealer()];
        for (const given of spans) {
          const native = new NativeSpan(given);
          expect(one.seal({ ...around, span: native }, startMillis)).toBe(
            other.seal({ ...around, span: native.toModel() }, startMillis),
          );
        }
        expect(one.checkpoint({ nowMillis: startMillis })).toEqual(
          other.checkpoint({ nowMillis: startMillis }),
        );
      }),
    );
  });

  test('verifies as the request writer wrote it from what the sealer lent', () => {
    fc.assert(
      fc.property(fc.array(parts, { minLength: 1, maxLength: 4 }), (spans) => {
        const sealer = newSealer();
        const writer = new TraceRequestWriter();
        for (const given of spans) {
          const native = new NativeSpan(given);
          const item = { ...around, span: native };
          sealer.seal(item, startMillis, (sealed) => writer.add(item, native, sealed));
        }
        const verifier = createVerifier({ keyRing });
        verifier.add(writer.finish());
        const report = verifier.finish();
        expect(report.spans).toMatchObject({ total: spans.length, valid: spans.length });
      }),
    );
  });
});
