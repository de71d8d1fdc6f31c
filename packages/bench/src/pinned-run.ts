import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Table } from './benchmark.js';

const worker = fileURLToPath(new URL('worker.js', import.meta.url));

/**
 * The tables of one benchmark, measured in a process of its own that stays on one core where the system can do that.
 *
 * @throws Error when the benchmark fails; it has said why on stderr.
 */
export function runPinned(name: string, short: boolean): readonly Table[] {
  const [command = process.execPath, ...args] = [
    ...pinning(availableParallelism() - 1),
    process.execPath,
    worker,
    name,
    short ? 'short' : 'full',
  ];
  const { status, stdout } = spawnSync(command, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`the benchmark ${name} failed`);
  // The worker is the same build as this file.
  return JSON.parse(stdout) as readonly Table[];
}

/** The command that keeps a process on a core; nothing where there is none, or where that core is not ours. */
export function pinning(core: number): readonly string[] {
  const pin = ['taskset', '-c', `${core}`];
  const { status } = spawnSync('taskset', [...pin.slice(1), process.execPath, '-e', ''], { stdio: 'ignore' });
  return status === 0 ? pin : [];
}
