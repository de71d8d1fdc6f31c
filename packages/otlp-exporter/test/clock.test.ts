import { afterEach, expect, jest, test } from '@jest/globals';
import { createBatchVerifier, createKeyRing, createVerifier } from '@spanseal/seal';
import { CollectingExporter, type LineReadableSpan, loadLine } from '@spanseal/test-kit';
import { SignedOtlpExporter, SigningSpanExporter } from '../src/index.js';
import { newRing, type Receiver, startReceiver } from './receivers.js';
import { spansOf } from './spans-of.js';

const hourMillis = 3_600_000;
const receivers: Receiver[] = [];
afterEach(async () => {
  jest.restoreAllMocks();
  for (const receiver of receivers.splice(0)) await receiver.stop();
});

/** Exports a span at each of these times, in milliseconds from now, and says what a receiver with a sound clock says of the requests. */
async function verdictsAt(shifts: readonly number[]) {
  const receiver = await startReceiver('http/protobuf');
  receivers.push(receiver);
  const [keyRing, start] = [newRing(), Date.now()];
  const exporter = new SignedOtlpExporter<LineReadableSpan>({ keyRing, url: receiver.url });
  const [batches, verifier] = [
    createBatchVerifier({ keyRing }),
    createVerifier({ keyRing, nowMillis: start }),
  ];
  const clock = jest.spyOn(Date, 'now');
  for (const shift of shifts) {
    clock.mockImplementation(() => start + shift);
    const [span] = spansOf(loadLine('2.12'));
    await new Promise((resolve) => exporter.export([span as LineReadableSpan], resolve));
  }
  await exporter.shutdown();
  const verdicts = receiver.arrived().map(({ batch, body }) => {
    verifier.add(body);
    return batches.check({ header: batch, body, format: 'protobuf', nowMillis: start }).verdict;
  });
  return { verdicts, streams: verifier.finish().streams };
}

test('a clock that was hours ahead for a while does not make a replay of all that comes later', async () => {
  const { verdicts, streams } = await verdictsAt([0, 5 * hourMillis, 0, 0]);
  expect(verdicts.slice(-3)).toEqual(['valid', 'valid', 'valid']);
  expect(streams.map(({ verdict, spans }) => [verdict, spans])).toEqual([
    ['complete', 2],
    ['complete', 2],
  ]);
});

test('a source of keys that failed while the clock was ahead is asked again at once', async () => {
  const start = Date.now();
  const clock = jest.spyOn(Date, 'now').mockImplementation(() => start + 5 * hourMillis);
  let isWorking = false;
  const source = {
    mac: async () => {
      if (isWorking) return new Uint8Array(32).fill(7);
      throw new Error('not now');
    },
  };
  const inner = new CollectingExporter();
  const keyRing = createKeyRing({ primary: { id: 'remote', source } });
  const exporter = new SigningSpanExporter<LineReadableSpan>(inner, { keyRing, onKeyUnavailable: 'drop' });
  const [span] = spansOf(loadLine('2.12'));
  const send = () => new Promise((resolve) => exporter.export([span as LineReadableSpan], resolve));
  expect(await send()).toMatchObject({ code: 1 });
  isWorking = true;
  clock.mockImplementation(() => start);
  expect(await send()).toMatchObject({ code: 0 });
  await exporter.shutdown();
  expect(exporter.counters()).toMatchObject({ sealed: 1, dropped: 1 });
});

test('a clock that was set back a little leaves the stream as it is', async () => {
  const { verdicts, streams } = await verdictsAt([0, 200_000, 0]);
  expect(new Set(verdicts)).toEqual(new Set(['valid']));
  expect(streams.map(({ verdict, spans }) => [verdict, spans])).toEqual([['complete', 3]]);
});
