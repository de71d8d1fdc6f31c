import { closeSync, constants, openSync, readSync } from 'node:fs';

/** Opens without a wait: a pipe that nobody writes to is empty. */
export const READ: number = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
const MOST_WAITS = 100;
const WAIT_MILLIS = 10;

/**
 * The content of a small file. A pipe whose writer is slow is waited for, a second at most.
 *
 * @param most what it may hold, in bytes.
 * @returns undefined: it holds more.
 * @throws the error of the system.
 */
export function readBounded(path: string, most: number): Buffer | undefined {
  const file = openSync(path, READ);
  try {
    const buffer = Buffer.alloc(most + 1);
    let length = 0;
    // A pipe gives its content in pieces, and has no size to ask for.
    for (let read = -1; read !== 0 && length < buffer.length; length += read) {
      read = readSoon(file, buffer.subarray(length));
    }
    if (length <= most) return buffer.subarray(0, length);
    buffer.fill(0);
    return undefined;
  } finally {
    closeSync(file);
  }
}

function readSoon(file: number, into: Uint8Array): number {
  for (let waits = 0; ; waits += 1) {
    try {
      return readSync(file, into, 0, into.length, null);
    } catch (error) {
      const { code } = error as { readonly code?: unknown };
      if (code !== 'EAGAIN' || waits >= MOST_WAITS) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT_MILLIS);
    }
  }
}
