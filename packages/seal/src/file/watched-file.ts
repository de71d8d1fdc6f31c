import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { codeOf } from '../error-code.js';
import { SealError, type SealFault } from '../seal-error.js';
import { READ, readBounded } from './bounded-file.js';

/** Longest key file, in bytes: some hundred keys. */
const maxFileBytes = 65_536;
/** Between the two reads that must agree before a change is taken, in milliseconds: a file can be seen half written, or gone. */
const settleMillis = 50;

interface FileContent {
  readonly text: string;
  /** By which a content is known again, without keeping it. */
  readonly digest: string;
}

/** What happens to a file that is followed. */
export interface FileEvents {
  /** May throw a SealError: then the change counts as failed. */
  changed(text: string): void;
  /** Must not throw: that would end the process. */
  failed(error: SealError): void;
}

export function fileError(fault: SealFault): SealError {
  return new SealError('ERR_SPANSEAL_KEY_FILE', [fault]);
}

/** There is no content to look at: not even a faulty one. */
class UnreadableFile extends SealError {
  constructor(fault: Omit<SealFault, 'path'>) {
    super('ERR_SPANSEAL_KEY_FILE', [{ path: 'file', ...fault }]);
  }
}

/** @throws SealError `ERR_SPANSEAL_KEY_FILE` */
export function readNow(path: string): FileContent {
  let bytes: Buffer | undefined;
  try {
    bytes = readBounded(path, maxFileBytes);
  } catch (error) {
    throw unreadable(error);
  }
  if (bytes === undefined) throw tooLarge();
  return contentOf(bytes, bytes.length);
}

async function read(path: string): Promise<FileContent> {
  const bytes = Buffer.alloc(maxFileBytes + 1);
  let length = 0;
  try {
    const file = await open(path, READ);
    try {
      for (let read = -1; read !== 0 && length < bytes.length; length += read) {
        read = (await file.read(bytes, length, bytes.length - length, null)).bytesRead;
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    throw unreadable(error);
  }
  return contentOf(bytes, length);
}

function contentOf(bytes: Buffer, length: number): FileContent {
  const content = bytes.subarray(0, length);
  const digest = createHash('sha256').update(content).digest('base64');
  const text = content.toString('utf8');
  bytes.fill(0);
  if (length <= maxFileBytes) return { text, digest };
  throw tooLarge();
}

function tooLarge(): SealError {
  return new UnreadableFile({ expected: `at most ${maxFileBytes} bytes`, got: 'more' });
}

function unreadable(error: unknown): SealError {
  return new UnreadableFile({ expected: 'a file that can be read', got: codeOf(error) ?? 'an error' });
}

/**
 * Looks at a file again and again. It reads it every time: size and times stay the same when a secret is replaced by one of
 * the same length within a tick of a coarse clock, and events are missed on network and overlay file systems.
 */
export class FileWatch {
  readonly #path: string;
  readonly #pollMillis: number;
  /** The content that was told last, faulty or not. */
  #seen: string;
  /** Why the file cannot be read, where that was told. */
  #unread = '';
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(path: string, { seen, pollMillis }: { seen: string; pollMillis: number }) {
    this.#path = path;
    this.#seen = seen;
    this.#pollMillis = pollMillis;
  }

  start(events: FileEvents): void {
    if (this.#closed) return;
    this.#timer = setTimeout(() => {
      void this.#look(events).finally(() => this.start(events));
    }, this.#pollMillis);
    this.#timer.unref();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  async #look(events: FileEvents): Promise<void> {
    try {
      const content = await this.#settled();
      if (content === undefined || this.#closed) return;
      this.#seen = content.digest;
      this.#unread = '';
      events.changed(content.text);
    } catch (error) {
      if (error instanceof SealError && !this.#closed) this.#fail(error, events);
    }
  }

  #fail(error: SealError, events: FileEvents): void {
    if (error instanceof UnreadableFile) {
      if (this.#unread === error.message) return;
      this.#unread = error.message;
      // A file that comes back as it was is no change, but tells of the end of the fault.
      this.#seen = '';
    }
    events.failed(error);
  }

  /** What the file says, when that is new and it says so twice. */
  async #settled(): Promise<FileContent | undefined> {
    const before = await read(this.#path).catch(() => undefined);
    if (before !== undefined && before.digest === this.#seen) return undefined;
    await delay(settleMillis, undefined, { ref: false });
    const after = await read(this.#path);
    return after.digest === before?.digest ? after : undefined;
  }
}
