import { expect, test } from '@jest/globals';
import { createKeyRing } from '@spanseal/seal';
import { CollectingExporter } from '@spanseal/test-kit';
import { unhandledIn } from '../../seal/test/unhandled-rejections.js';
import { SigningSpanExporter, type SigningSpanExporterOptions } from '../src/index.js';
import { keyRing, send, start } from './deliveries.js';
import { newSpans } from './receivers.js';

let calls = 0;
const rejecting = async (): Promise<void> => {
  calls += 1;
  throw new Error('of the app');
};
/** What some libraries give in the place of a promise. */
const rejectingThenable = () => {
  calls += 1;
  // biome-ignore lint/suspicious/noThenProperty: that is what it is about
  return { then: (_: unknown, reject: (reason: Error) => void) => reject(new Error('of the app')) };
};
const callbacks: [string, () => unknown][] = [
  ['a promise', rejecting],
  ['a thenable', rejectingThenable],
];

async function exportsWith(options: SigningSpanExporterOptions): Promise<unknown> {
  const exporter = new SigningSpanExporter(new CollectingExporter(), options);
  return new Promise<unknown>((resolve) => {
    exporter.export(newSpans() as never, resolve);
  }).finally(() => exporter.shutdown());
}

test.each(callbacks)('an onCheckpoint that rejects as %s breaks nothing', async (_, onCheckpoint) => {
  calls = 0;
  const run = () => exportsWith({ keyRing, checkpoints: { everySpans: 1, onCheckpoint } });
  expect(await unhandledIn(run)).toEqual([]);
  expect(calls).toBeGreaterThan(0);
});

test.each(callbacks)('an onKeyError that rejects as %s breaks nothing', async (_, onKeyError) => {
  calls = 0;
  const source = { mac: () => Promise.reject(new Error('a source that fails')) };
  const remote = createKeyRing({ primary: { id: 'remote', source } });
  const run = () => exportsWith({ keyRing: remote, onKeyUnavailable: 'drop', onKeyError });
  expect(await unhandledIn(run)).toEqual([]);
  expect(calls).toBe(1);
});

test.each(callbacks)('an onPartialSuccess that rejects as %s breaks nothing', async (_, onPartialSuccess) => {
  calls = 0;
  const body = '{"partialSuccess":{"rejectedSpans":"2"}}';
  const receiver = await start('http/json', { http: () => ({ body }) });
  expect(await unhandledIn(() => send(receiver, 'http/json', { onPartialSuccess }))).toEqual([]);
  expect(calls).toBe(1);
});
