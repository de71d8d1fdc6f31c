import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { RemoteContender } from './contest.js';

const module = fileURLToPath(new URL('../collector', import.meta.url));
const folder = fileURLToPath(new URL('../../../.cache/bench', import.meta.url));
const binary = `${folder}/redaction`;

/**
 * Builds the Go program that times the Collector's redaction processor. Go takes the modules from its cache or its proxy, at
 * the versions and with the sums that the module names.
 *
 * @throws Error when there is no Go, or the build fails; Go says why on stderr.
 */
export function buildRedaction(): void {
  mkdirSync(folder, { recursive: true });
  const { status, error } = spawnSync('go', ['build', '-trimpath', '-o', binary, '.'], {
    cwd: module,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, GOFLAGS: '-mod=readonly' },
  });
  if (error !== undefined) throw new Error('Go is needed for this benchmark, and could not be started');
  if (status !== 0) throw new Error('the program around the redaction processor could not be built');
}

/** The Collector's redaction processor, in a process that answers each line with the time of one sample. */
export class RedactionProcess implements RemoteContender {
  readonly name = 'redaction processor';
  readonly #child: ChildProcess;
  readonly #answers: AsyncIterator<string>;

  /**
   * @param file spans as OTLP JSON.
   * @param milliseconds length of one sample.
   */
  constructor(file: string, milliseconds: number) {
    this.#child = spawn(binary, [file, `${milliseconds}`], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, GOMAXPROCS: '1' },
    });
    if (this.#child.stdout === null) throw new Error('the redaction process has no output');
    this.#answers = createInterface(this.#child.stdout)[Symbol.asyncIterator]();
  }

  async sample(): Promise<number> {
    this.#child.stdin?.write('\n');
    // No answer comes any more when the process has ended.
    const { value } = await this.#answers.next();
    const time = Number(value);
    if (!(time > 0)) throw new Error('the redaction process has given no time');
    return time;
  }

  /** Ends the process. */
  close(): void {
    this.#child.stdin?.end();
  }
}
