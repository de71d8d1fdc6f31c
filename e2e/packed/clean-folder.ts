import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Where `npm run e2e` put the tarballs, and the Node.js binaries to run on. */
const packs = process.env['SPANSEAL_PACKS'] ?? '';
export const nodes: readonly string[] = (process.env['SPANSEAL_NODES'] ?? process.execPath).split(',');

export const consumers: string = join(__dirname, 'consumers');

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program of a folder with nothing of this environment but the path. */
export function run(
  command: string,
  args: readonly string[],
  given: { cwd: string; input?: string | Uint8Array },
): Outcome {
  const home = join(given.cwd, '.home');
  const env = {
    HOME: home,
    PATH: `${dirname(process.execPath)}:${process.env['PATH']}`,
    npm_config_update_notifier: 'false',
  };
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: given.cwd,
    env,
    input: given.input ?? '',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { code: status, stdout: String(stdout), stderr: String(stderr) };
}

/** A folder outside the repository into which npm installed these tarballs of ours and these packages of others. */
export function cleanFolder(ours: readonly string[], others: readonly string[] = []): string {
  const folder = mkdtempSync(join(tmpdir(), 'spanseal-e2e-'));
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const tarballs = ours.map((name) => join(packs, tarballOf(name)));
  const flags = ['install', '--no-fund', '--no-audit', '--loglevel=error', '--ignore-scripts'];
  const { code, stderr } = run('npm', [...flags, ...tarballs, ...others], { cwd: folder });
  if (code !== 0) throw new Error(`npm install failed in ${folder}: ${stderr}`);
  cpSync(consumers, folder, { recursive: true });
  return folder;
}

function tarballOf(name: string): string {
  const found = readdirSync(packs).find((file) => new RegExp(`^spanseal-${name}-\\d`).test(file));
  if (found === undefined) throw new Error(`no tarball of ${name} in ${packs}: run npm run e2e`);
  return found;
}
