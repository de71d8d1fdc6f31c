import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { RemoteContender } from './contest.js';

const run = promisify(execFile);

/** HMAC-SHA-256 as OpenSSL's own program does it, in its own CPU time. */
export class OpensslSpeed implements RemoteContender {
  readonly name = 'openssl speed -hmac sha256';
  readonly #bytes: number;

  /** @param bytes of one message. */
  constructor(bytes: number) {
    this.#bytes = bytes;
  }

  /** @throws Error when there is no such program, or when it says something else than it is known to. */
  async sample(): Promise<number> {
    const args = ['speed', '-mr', '-seconds', '1', '-bytes', `${this.#bytes}`, '-hmac', 'sha256'];
    const { stdout } = await run('openssl', args);
    const [, bytesPerSecond] = /^\+F:\d+:hmac\(sha256\):([\d.]+)$/m.exec(stdout) ?? [];
    if (bytesPerSecond === undefined) throw new Error('openssl speed has given no figure');
    return (this.#bytes / Number(bytesPerSecond)) * 1e9;
  }
}
