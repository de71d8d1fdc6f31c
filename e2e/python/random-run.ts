import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanFolder, run } from '../packed/clean-folder.js';

/** The same each time, so that nobody is stopped by what others changed: set it to look further. */
export const seed = Number(process.env['SPANSEAL_FUZZ_SEED'] ?? 20_261_128);

/** A folder in which a program of `consumer` wrote so many cases, made and judged by the packed packages. */
export function randomRun(program: string, cases: number): string {
  const folder = cleanFolder(['otlp', 'seal']);
  cpSync(join(__dirname, 'consumer'), join(folder, 'consumer'), { recursive: true });
  const { code, stderr } = run(process.execPath, [`consumer/${program}`, `${seed}`, `${cases}`], {
    cwd: folder,
  });
  if (code !== 0) throw new Error(stderr);
  return folder;
}

/** What the packed packages said of each case. */
export function verdictsOfOurs<Verdict>(folder: string): readonly Verdict[] {
  const lines = readFileSync(join(folder, 'ours.jsonl'), 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Verdict);
}
