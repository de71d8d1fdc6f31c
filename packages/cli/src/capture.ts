import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { type CaptureFormat, detectCaptureFormat, joinCapture, splitCapture } from './capture-format.js';
import { CliError } from './cli-error.js';
import type { CliIo } from './cli-io.js';

/** Largest capture, in bytes, after decompression. */
const maxCaptureBytes = 512 * 1024 * 1024;

/** A captured file: OTLP requests, still encoded. */
export interface Capture {
  /** The path as it was typed; `-` for standard input. */
  readonly path: string;
  readonly format: CaptureFormat;
  readonly gzipped: boolean;
  /** The requests, one after the other, as often as they are asked for: a small file can hold very many. */
  readonly requests: Iterable<Uint8Array>;
}

/**
 * Reads a captured file.
 *
 * @throws CliError `ERR_SPANSEAL_CLI_INPUT` when it cannot be read or is no OTLP capture.
 */
export async function readCapture(path: string, io: CliIo): Promise<Capture> {
  const raw = path === '-' ? await readAll(io.stdin) : await readPath(path);
  const gzipped = raw[0] === 0x1f && raw[1] === 0x8b;
  const bytes = withoutByteOrderMark(gzipped ? await decompress(raw, path) : raw);
  const format = detectCaptureFormat(bytes);
  if (format === undefined) {
    throw inputError(path, 'bytes that are none of them');
  }
  const requests = { [Symbol.iterator]: () => splitCapture(bytes, format) };
  return { path, format, gzipped, requests };
}

/** The bytes of a capture in its own format, gzip included. */
export async function encodeCapture(capture: Capture): Promise<Uint8Array> {
  const bytes = joinCapture([...capture.requests], capture.format);
  return capture.gzipped ? promisify(gzip)(bytes) : bytes;
}

const captureForms = [
  'OTLP protobuf (one request, or length-delimited requests)',
  'OTLP JSON (one request, or JSON lines)',
];

/** What a command that reads captures expects, what it takes besides, and what it got. */
export function inputError(path: string, got: string, besides: readonly string[] = []): CliError {
  const option = shownPath(path);
  const expected = [...captureForms, ...besides, 'or gzip of these'].join(', ');
  return new CliError('ERR_SPANSEAL_CLI_INPUT', { option, expected, got });
}

/** A path for messages: a key that took the place of a file is not shown. */
export function shownPath(path: string): string {
  if (/base64:|hex:/.test(path)) return 'FILE';
  // A name can hold what a terminal obeys.
  return path.replace(/[\u0000-\u001f\u007f-\u009f]/g, '?');
}

function withoutByteOrderMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

async function readPath(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw inputError(path, `a file that cannot be read (${errorCode(error)})`);
  }
}

/** All of standard input, as UTF-8. */
export async function readStandardInput(io: CliIo): Promise<string> {
  return Buffer.from(await readAll(io.stdin)).toString('utf8');
}

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function decompress(bytes: Uint8Array, path: string): Promise<Uint8Array> {
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: maxCaptureBytes });
  } catch (error) {
    throw inputError(path, `gzip that cannot be decompressed (${errorCode(error)})`);
  }
}

/** The code of a system error: its message can hold more than should be shown. */
export function errorCode(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown error';
}
