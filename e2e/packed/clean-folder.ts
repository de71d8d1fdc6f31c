import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Where `npm run e2e` put the tarballs, and the Node.js binaries to run on. */
const packs = process.env['SPANSEAL_PACKS'] ?? '';
export const nodes: readonly string[] = (process.env['SPANSEAL_NODES'] ?? process.execPath).split(',');

const scope = '@spanseal/';

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
  given: { cwd: string; input?: string | Uint8Array; env?: Readonly<Record<string, string>> },
): Outcome {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: given.cwd,
    env: { ...environment(given.cwd), ...given.env },
    input: given.input ?? '',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { code: status, stdout: String(stdout), stderr: String(stderr) };
}

/** A program that runs beside the test, which serves it meanwhile. */
export interface Aside {
  readonly child: ChildProcess;
  /** Settles when it has ended. */
  readonly outcome: Promise<Outcome>;
}

/** As `run()`, for a program that a server of this process answers. */
export function runAside(
  command: string,
  args: readonly string[],
  { cwd, env }: { cwd: string; env?: Readonly<Record<string, string>> },
): Aside {
  const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
  const child = spawn(command, args, { cwd, env: { ...environment(cwd), ...env }, stdio });
  const printed = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    printed.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    printed.stderr += chunk;
  });
  const outcome = new Promise<Outcome>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...printed }));
  });
  return { child, outcome };
}

function environment(cwd: string): Record<string, string> {
  return {
    HOME: join(cwd, '.home'),
    PATH: `${dirname(process.execPath)}:${process.env['PATH']}`,
    npm_config_update_notifier: 'false',
  };
}

/** A folder outside the repository into which npm installed these packages of ours, with what they need of ours, and these of others. */
export function cleanFolder(ours: readonly string[], others: readonly string[] = []): string {
  const folder = mkdtempSync(join(tmpdir(), 'spanseal-e2e-'));
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const tarballs = withOwnDependencies(ours).map((name) => join(packs, tarballOf(name)));
  const flags = ['install', '--no-fund', '--no-audit', '--loglevel=error', '--ignore-scripts'];
  const { code, stderr } = run('npm', [...flags, ...tarballs, ...others], { cwd: folder });
  if (code !== 0) throw new Error(`npm install failed in ${folder}: ${stderr}`);
  cpSync(consumers, folder, { recursive: true });
  return folder;
}

/** None of ours comes from a registry. */
function withOwnDependencies(names: readonly string[]): string[] {
  const found = new Set<string>();
  const add = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    const manifest = join(__dirname, '../../packages', name, 'package.json');
    const { dependencies = {} } = JSON.parse(readFileSync(manifest, 'utf8')) as {
      dependencies?: Record<string, string>;
    };
    for (const each of Object.keys(dependencies)) if (each.startsWith(scope)) add(each.slice(scope.length));
  };
  for (const name of names) add(name);
  return [...found];
}

function tarballOf(name: string): string {
  const found = readdirSync(packs).find((file) => new RegExp(`^spanseal-${name}-\\d`).test(file));
  if (found === undefined) throw new Error(`no tarball of ${name} in ${packs}: run npm run e2e`);
  return found;
}
