import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, Socket } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { createBatchVerifier, type KeyRing } from '@spanseal/seal';
import { loadLine } from '@spanseal/test-kit';
import { SignedOtlpExporter } from '../src/index.js';
import { exportOnce, newRing, startReceiver } from './receivers.js';
import { spansOf } from './spans-of.js';

// Memory of a request that has left is used for the next one. None of its bytes may change before they have left.

const line = loadLine('2.12');
const stops: (() => unknown)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

function newExporter(keyRing: KeyRing, url: string): SignedOtlpExporter {
  const exporter = new SignedOtlpExporter({ url, protocol: 'http/protobuf', keyRing });
  stops.push(() => exporter.shutdown());
  return exporter;
}

interface Arrived {
  readonly body: Buffer;
  readonly batch: string;
}

/** A receiver that answers as soon as it knows how long a request is, and takes its time to read it. */
async function startHastyReceiver(): Promise<{ url: string; take(): Promise<Arrived> }> {
  const arrived: Arrived[] = [];
  const server = createServer((socket) => {
    let read = Buffer.alloc(0);
    let isAnswered = false;
    socket.on('data', (chunk: Buffer) => {
      read = Buffer.concat([read, chunk]);
      const end = read.indexOf('\r\n\r\n') + 4;
      if (end < 4) return;
      const head = read.toString('latin1', 0, end);
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1]);
      if (!isAnswered) {
        isAnswered = true;
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
        socket.pause();
        setTimeout(() => socket.resume(), 100);
      }
      if (read.length < end + length) return;
      const batch = /spanseal-batch: (.*)\r\n/i.exec(head)?.[1] ?? '';
      arrived.push({ body: read.subarray(end, end + length), batch });
      read = read.subarray(end + length);
      isAnswered = false;
    });
    socket.on('error', () => undefined);
    stops.push(() => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stops.push(() => server.close());
  const take = async (): Promise<Arrived> => {
    while (arrived.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    return arrived.shift() as Arrived;
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, take };
}

/** A connection takes half of what is long, and the other half a moment later: as one to a slow network, with little room of its own. */
function slowDownConnections(): void {
  const { _write: write, _writev: writeAll } = Socket.prototype;
  Socket.prototype._write = function (chunk: Buffer, encoding, done) {
    if (chunk.length < 100_000) write.call(this, chunk, encoding, done);
    else {
      const half = chunk.length >> 1;
      const rest = (): void => write.call(this, chunk.subarray(half), encoding, done);
      write.call(this, chunk.subarray(0, half), encoding, () => setTimeout(rest, 50));
    }
  };
  // One after the other, each by `_write`.
  Reflect.deleteProperty(Socket.prototype, '_writev');
  stops.push(() => Object.assign(Socket.prototype, { _write: write, _writev: writeAll }));
}

test('a receiver that answers before it has read a request reads what was signed', async () => {
  const receiver = await startHastyReceiver();
  const keyRing = newRing();
  const exporter = newExporter(keyRing, receiver.url);
  const letters = 'abcdef';
  slowDownConnections();
  for (const letter of letters)
    await exportOnce(exporter, spansOf(line, { body: letter.repeat(30_000) }, 100));
  const batches = createBatchVerifier({ keyRing });
  for (const _ of letters) {
    const { body, batch } = await receiver.take();
    const check = batches.check({ header: batch, body, format: 'protobuf', nowMillis: Date.now() });
    expect(check.verdict).toBe('valid');
  }
});

test('exports in turn and at once arrive as they were signed', async () => {
  const receiver = await startReceiver('http/protobuf');
  stops.push(() => receiver.stop());
  const keyRing = newRing();
  const exporter = newExporter(keyRing, receiver.url);
  const noteOf = (index: number): string => createHash('sha256').update(`${index}`).digest('hex');
  for (let round = 0; round < 10; round += 1) {
    const spans = Array.from({ length: 3 }, (_, index) =>
      spansOf(line, { note: noteOf(10 * round + index).repeat(1 + ((7 * round) % 50)) }, 20),
    );
    await Promise.all(spans.map((each) => exportOnce(exporter, each)));
  }
  const batches = createBatchVerifier({ keyRing });
  const verdicts = receiver
    .arrived()
    .map(({ body, batch }) =>
      batches.check({ header: batch, body, format: 'protobuf', nowMillis: Date.now() }),
    );
  expect(verdicts).toHaveLength(30);
  expect(new Set(verdicts.map(({ verdict }) => verdict))).toEqual(new Set(['valid']));
});
