import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { encodeTraceRequest, type Span, type TraceRequest } from '@spanseal/otlp';
import { createKeyRing, createSpanSealer, generateSecret, type SpanSealer } from '@spanseal/seal';
import { runCli } from '../src/index.js';

export const main: string = join(__dirname, '../dist/esm/main.js');

export const secret = generateSecret();
export const realm = 'cli-test';

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly bytes: Buffer;
  readonly stderr: string;
}

/** Runs the command as its users do: a process of its own, with no variable but those given. */
export function spanseal(
  args: readonly string[],
  given: { input?: Uint8Array; env?: Record<string, string> } = {},
): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    input: given.input ?? new Uint8Array(),
    env: { PATH: process.env['PATH'] ?? '', ...given.env },
  });
  return { code: status, stdout: stdout.toString(), bytes: stdout, stderr: stderr.toString() };
}

/** Runs the command in this process, which is quicker: for what does not depend on the process. */
export async function spansealHere(
  args: readonly string[],
  input = '',
  env: Record<string, string> = {},
): Promise<Omit<Outcome, 'bytes'>> {
  const printed = { stdout: '', stderr: '' };
  const stream = (name: keyof typeof printed) =>
    new Writable({
      write(chunk, _, done) {
        printed[name] += String(chunk);
        done();
      },
    });
  const stdin = Readable.from(input === '' ? [] : [Buffer.from(input)]);
  const io = { stdin, stdout: stream('stdout'), stderr: stream('stderr'), env };
  const code = await runCli(args, io);
  return { code, ...printed };
}

/** A new folder with these files. */
export function folder(files: Record<string, Uint8Array | string> = {}): string {
  const path = mkdtempSync(join(tmpdir(), 'spanseal-cli-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  return path;
}

/** Requests of two spans each, sealed in one stream under the key id `k-cli`. */
export function sealedRequests(count = 2): TraceRequest[] {
  const keyRing = createKeyRing({ realm, primary: { id: 'k-cli', secret } });
  return requestsOf(createSpanSealer({ keyRing, startMillis: Date.now(), random: randomBytes(12) }), count);
}

/** Requests of two spans each, sealed by this sealer. */
export function requestsOf(sealer: SpanSealer, count: number): TraceRequest[] {
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'checkout' } }] };
  const scope = { name: 'app' };
  return Array.from({ length: count }, (_, index) => ({
    resourceSpans: [
      {
        resource,
        scopeSpans: [
          {
            scope,
            spans: [plainSpan(2 * index), plainSpan(2 * index + 1)].map((span) => {
              const seal = sealer.seal({ span, scope, resource }, Date.now());
              const attribute = { key: 'spanseal.seal', value: { stringValue: seal } };
              return { ...span, attributes: [...(span.attributes ?? []), attribute] };
            }),
          },
        ],
      },
    ],
  }));
}

export function plainSpan(index: number): Span {
  const now = BigInt(Date.now()) * 1_000_000n;
  return {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: (index + 1).toString(16).padStart(16, '0'),
    name: `GET /orders/${index}`,
    kind: 2,
    startTimeUnixNano: now.toString(),
    endTimeUnixNano: (now + 1000n).toString(),
    attributes: [{ key: 'http.request.method', value: { stringValue: 'GET' } }],
    status: {},
  };
}

export function protobuf(request: TraceRequest): Uint8Array {
  return encodeTraceRequest(request, { format: 'protobuf' });
}

export function json(request: TraceRequest): Uint8Array {
  return encodeTraceRequest(request, { format: 'json' });
}

/** Messages behind their length in four bytes, as the Collector's file exporter writes them. */
export function framed(messages: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(
    messages.flatMap((message) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(message.length);
      return [length, message];
    }),
  );
}

/** Messages behind their length as a varint: protobuf's own delimited form. */
export function delimited(messages: readonly Uint8Array[]): Uint8Array {
  const varint = (value: number): number[] =>
    value < 128 ? [value] : [(value % 128) | 128, ...varint(value >> 7)];
  return Buffer.concat(messages.flatMap((message) => [Uint8Array.from(varint(message.length)), message]));
}
