import { type FileHandle, open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { errorCode, inputError } from '../capture.js';
import type { CliError } from '../cli-error.js';
import type { CliIo } from '../cli-io.js';

const chunkBytes = 256 * 1024;
/** Compressed traces are far below: their ids and seals are random. What expands more is a decompression bomb. */
const mostExpansion = 200;
/** Expanded bytes that are not asked about, since a small file can be any. */
const freeBytes = 64 * 1024 * 1024;

/** How far the reading of an input is. */
export interface InputPosition {
  /** Bytes read so far, as they are stored. */
  read: number;
  /** Length of the file; undefined when it is not known. */
  size: number | undefined;
}

/** Why an input ends before its time, as a code. What came before it was given. */
export class InputFault extends Error {
  override readonly name = 'InputFault';
  readonly code: InputFaultCode;

  constructor(code: InputFaultCode) {
    super(code);
    this.code = code;
  }
}

export type InputFaultCode =
  /** The gzip is damaged or cut off. */
  | 'ERR_SPANSEAL_CLI_GZIP'
  /** Something else than gzip stands behind it. */
  | 'ERR_SPANSEAL_CLI_GZIP_TRAILING'
  /** It expands as only a decompression bomb does. */
  | 'ERR_SPANSEAL_CLI_GZIP_EXPANSION';

/** What a command that verifies expects, and got. */
export function unusableInput(path: string, got: string): CliError {
  return inputError(path, got, ['what the query APIs of Jaeger and Tempo answer']);
}

/**
 * The bytes of a file, or of standard input for `-`, as they are stored. A chunk is good until the next one.
 *
 * @throws CliError `ERR_SPANSEAL_CLI_INPUT` when it cannot be read.
 */
export async function* storedBytes(
  path: string,
  io: CliIo,
  position: InputPosition,
): AsyncGenerator<Uint8Array> {
  if (path !== '-') {
    yield* bytesOfFile(path, position);
    return;
  }
  for await (const chunk of io.stdin) {
    position.read += chunk.length;
    yield chunk;
  }
}

async function* bytesOfFile(path: string, position: InputPosition): AsyncGenerator<Uint8Array> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    const stat = await file.stat();
    position.size = stat.isFile() ? stat.size : undefined;
    const buffer = Buffer.allocUnsafe(chunkBytes);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, chunkBytes, null);
      if (bytesRead === 0) return;
      position.read += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } catch (error) {
    if (error instanceof InputFault) throw error;
    throw unusableInput(path, `a file that cannot be read (${errorCode(error)})`);
  } finally {
    await file?.close();
  }
}

/**
 * The bytes behind gzip: all members of it, one after the other, as `gzip -d` takes them.
 *
 * @throws InputFault when it is damaged or cut off, goes on with something else than gzip, or expands as a bomb does.
 */
export async function* gunzipped(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const expansion = new Expansion();
  try {
    for await (const chunk of chunks) {
      for (let at = 0; at < chunk.length; at += sliceBytes) {
        yield* expansion.feed(chunk.subarray(at, at + sliceBytes));
      }
    }
    yield* expansion.end();
  } finally {
    expansion.close();
  }
}

/** Stored bytes that are decompressed at a time: what they expand to is in memory at once, a thousand times as much at most. */
const sliceBytes = 16 * 1024;

/** A decompressor that is fed one slice at a time, so that nothing of what came before a fault is lost. */
class Expansion {
  readonly #gunzip = createGunzip({ chunkSize: chunkBytes });
  #expanded: Uint8Array[] = [];
  #total = 0;
  #stored = 0;
  #lastNonZero = -1;
  #hasEnded = false;
  #error: unknown;
  #settle: () => void = () => undefined;

  constructor() {
    this.#gunzip.on('data', (chunk: Uint8Array) => this.#expanded.push(chunk));
    this.#gunzip.on('end', () => {
      this.#hasEnded = true;
      this.#settle();
    });
    this.#gunzip.on('error', (error) => {
      this.#error = error;
      this.#settle();
    });
  }

  async *feed(slice: Uint8Array): AsyncGenerator<Uint8Array> {
    const last = slice.findLastIndex((byte) => byte !== 0);
    if (last >= 0) this.#lastNonZero = this.#stored + last;
    this.#stored += slice.length;
    if (this.#hasEnded) return;
    // Where it sees no more gzip, the decompressor ends, and never says that it took the rest.
    await this.#step((done) => this.#gunzip.write(slice, done));
    yield* this.#take();
  }

  async *end(): AsyncGenerator<Uint8Array> {
    if (!this.#hasEnded) await this.#step(() => this.#gunzip.end());
    yield* this.#take();
    // Zeros are padding. Anything else behind the last member would be lost in silence.
    if (this.#lastNonZero >= this.#gunzip.bytesWritten)
      throw new InputFault('ERR_SPANSEAL_CLI_GZIP_TRAILING');
  }

  close(): void {
    this.#gunzip.destroy();
  }

  async #step(act: (done: () => void) => void): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#settle = resolve;
      act(resolve);
    });
    // What was decompressed can be handed out a moment later.
    await new Promise((resolve) => setImmediate(resolve));
  }

  *#take(): Generator<Uint8Array> {
    const expanded = this.#expanded;
    this.#expanded = [];
    for (const chunk of expanded) {
      this.#total += chunk.length;
      if (this.#total > Math.max(freeBytes, mostExpansion * this.#stored)) {
        throw new InputFault('ERR_SPANSEAL_CLI_GZIP_EXPANSION');
      }
      yield chunk;
    }
    if (this.#error !== undefined) throw new InputFault('ERR_SPANSEAL_CLI_GZIP');
  }
}
