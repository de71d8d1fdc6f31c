import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { installPackages, type Outcome, packedFile, run } from './clean-folder.js';

/** An example, out of the repository, with what its manifest names: ours from the tarballs. */
export function exampleFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `spanseal-example-${name}-`));
  const archive = packedFile(`example-${name}`);
  const { code, stderr } = run('tar', ['-xzf', archive, '--strip-components=1'], { cwd: folder });
  if (code !== 0) throw new Error(`${archive} cannot be unpacked: ${stderr}`);
  const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const ours = Object.keys(dependencies).flatMap((each) => each.match(/(?<=^@spanseal\/).*/) ?? []);
  installPackages(folder, ours);
  return folder;
}

/** The commands that the README of an example gives, after those that set up the repository. */
export function readmeCommands(folder: string): string[] {
  const [, block = ''] = /^```sh\n(.*?)^```/ms.exec(readFileSync(join(folder, 'README.md'), 'utf8')) ?? [];
  const lines = block.trim().split('\n');
  return lines.slice(lines.findIndex((line) => line.startsWith('cd examples/')) + 1);
}

/** Has a shell run commands in an example, on a Node.js of its own, up to the first that fails. */
export function runShell(
  commands: readonly string[],
  given: { cwd: string; node: string; env?: Readonly<Record<string, string>> },
): Outcome {
  const PATH = [dirname(given.node), process.env['PATH']].join(delimiter);
  return run('sh', ['-e', '-c', commands.join('\n')], { cwd: given.cwd, env: { PATH, ...given.env } });
}
