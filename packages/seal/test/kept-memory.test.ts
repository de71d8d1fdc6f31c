import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import type { Span } from '@spanseal/otlp';
import { checkpointRequest, createKeyRing, createSpanSealer, createVerifier } from '../src/index.js';
import { sampleSpan, secret, startMillis } from './sealed-request.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes that are still held after something was done so many times. */
async function heldAfter(times: number, act: (time: number) => void): Promise<number> {
  act(0);
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let time = 1; time <= times; time += 1) act(time);
  await new Promise((resolve) => setImmediate(resolve));
  collect();
  return process.memoryUsage().heapUsed - before;
}

const padding = 1 << 20;
/** The names are longer than what V8 copies when it takes a part of a text. */
const keyRing = createKeyRing({ primary: { id: 'key-of-production', secret } });
const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'checkout-service' } }] };

function sealerOf(stream: number) {
  return createSpanSealer({ keyRing, startMillis, random: Buffer.alloc(12, stream + 1), checkpoints: true });
}

/** One string of its own, as a file or a body is. */
function documentOf(resourceSpans: readonly object[]): string {
  return Buffer.from(JSON.stringify({ resourceSpans })).toString();
}

function resourceSpansOf(span: Span, seal: string): object {
  const attributes = [...(span.attributes ?? []), { key: 'spanseal.seal', value: { stringValue: seal } }];
  return { resource, scopeSpans: [{ spans: [{ ...span, attributes }] }] };
}

describe('of a request in JSON, a verifier keeps little', () => {
  const times = 30;

  test('that verified, be there a stream for each', async () => {
    const verifier = createVerifier({ keyRing });
    const held = await heldAfter(times, (stream) => {
      const by = sealerOf(stream);
      const span = { ...sampleSpan(stream), name: 'x'.repeat(padding) };
      const sealed = resourceSpansOf(span, by.seal({ span, resource }, startMillis));
      const [checkpoint] = by.checkpoint({ nowMillis: startMillis, end: true });
      verifier.add(documentOf([sealed, ...checkpointRequest(checkpoint?.text ?? '').resourceSpans]));
    });
    expect(verifier.finish()).toMatchObject({ result: 'intact', spans: { valid: times + 1 } });
    expect(held).toBeLessThan((times * padding) / 4);
  });

  test('that was forged, be its attributes as many and as they like', async () => {
    const seal = sealerOf(200).seal({ span: sampleSpan(), resource }, startMillis);
    const held = await heldAfter(times, (count) => {
      const verifier = createVerifier({ keyRing });
      const attributes = Array.from({ length: count }, (_, index) => ({
        key: `some.key.of.an.attacker.${index}`,
        value: { intValue: '1' },
      }));
      verifier.add(
        documentOf([resourceSpansOf({ ...sampleSpan(), name: 'x'.repeat(padding), attributes }, seal)]),
      );
      expect(verifier.finish().spans.valid).toBe(0);
    });
    expect(held).toBeLessThan((times * padding) / 4);
  });
});
