import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { encodeTraceRequest, type Span } from '@spanseal/otlp';
import { checkInclusion, createKeyRing, createSpanSealer, type SpanInclusion } from '@spanseal/seal';
import { folder, realm, secret, spanseal, spansealHere } from './spanseal.js';

const spanId = (number: number): string => (number + 1).toString(16).padStart(16, '0');

/** A file with five spans of one stream, but those without a seal, and the checkpoint of all five. */
function anchoredFile({ leaves = [0, 1, 2, 3, 4] as readonly number[], checkpoint = true } = {}): string {
  const keyRing = createKeyRing({ realm, primary: { id: 'k-cli', secret } });
  const startMillis = Date.now();
  const sealer = createSpanSealer({ keyRing, startMillis, random: randomBytes(12), checkpoints: true });
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const spans = [0, 1, 2, 3, 4].map((number): Span => {
    const span = { traceId, spanId: spanId(number), name: 's', endTimeUnixNano: `${startMillis}000000` };
    const stringValue = sealer.seal({ span }, startMillis);
    return { ...span, attributes: [{ key: 'spanseal.seal', value: { stringValue } }] };
  });
  const carriers = sealer.checkpoint({ nowMillis: startMillis, end: true }).map(({ text }): Span => {
    const attributes = [{ key: 'spanseal.checkpoint', value: { stringValue: text } }];
    return { traceId: 'ab'.repeat(16), spanId: 'cd'.repeat(8), name: 'spanseal.checkpoint', attributes };
  });
  const kept = spans.filter((_, number) => leaves.includes(number));
  const request = {
    resourceSpans: [{ scopeSpans: [{ spans: [...kept, ...(checkpoint ? carriers : [])] }] }],
  };
  return join(folder({ 'spans.pb': encodeTraceRequest(request, { format: 'protobuf' }) }), 'spans.pb');
}

const key = ['--key', secret, '--realm', realm];

test('spanseal prove prints a proof that holds without a key', () => {
  const { code, stdout, stderr } = spanseal(['prove', anchoredFile(), '--span', spanId(3), ...key]);
  expect([code, stderr]).toEqual([0, '']);
  const proof = JSON.parse(stdout) as SpanInclusion;
  expect(proof).toMatchObject({ spanId: spanId(3), seq: 3, index: 3, size: 5 });
  expect(checkInclusion(proof)).toBe(true);
  expect(checkInclusion({ ...proof, seq: 2 })).toBe(false);
});

test.each([
  ['no span that verifies', spanId(9), {}],
  ['no checkpoint', spanId(3), { checkpoint: false }],
  ['some are not in these files', spanId(3), { leaves: [1, 2, 3] }],
])('spanseal prove says why there is no proof: %s', async (reason, span, options) => {
  const { code, stdout, stderr } = await spansealHere([
    'prove',
    anchoredFile(options),
    '--span',
    span,
    ...key,
  ]);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain(reason);
});

test.each([
  ['--span: expected 16 hexadecimal digits, got none', []],
  ['--span: expected 16 hexadecimal digits, got something else', ['--span', secret]],
  ['FILE: expected at least one file', ['--span', spanId(0)]],
])('spanseal prove refuses what it cannot use: %s', async (message, args) => {
  const { code, stderr } = await spansealHere(['prove', ...args, ...key]);
  expect(code).toBe(3);
  expect(stderr).toContain(message);
  expect(stderr).not.toContain(secret);
});
