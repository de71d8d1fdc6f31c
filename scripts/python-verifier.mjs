// The Python that runs the second implementation of the verifier (e2e/python): a virtual environment with what its
// requirements name, each package by its hash.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../.cache/python-verifier', import.meta.url));
const requirements = fileURLToPath(new URL('../e2e/python/requirements.txt', import.meta.url));

/** Path of the interpreter, installed when it is not there yet; '' where it cannot be, which skips its tests. */
export function pythonVerifier() {
  const stamp = `${folder}/installed`;
  const wanted = readFileSync(requirements, 'utf8');
  const python = `${folder}/bin/python`;
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
    console.error('Setting up: the Python packages of e2e/python/requirements.txt …');
    rmSync(folder, { recursive: true, force: true });
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
    const strict = ['--require-hashes', '--only-binary', ':all:', '--requirement', requirements];
    if (!run('python3', ['-m', 'venv', folder]) || !run(python, [...pip, ...strict])) {
      console.error(
        'SKIPPED, the second implementation of the verifier: python3 with venv and pip, and PyPI, are needed.',
      );
      return '';
    }
    writeFileSync(stamp, wanted);
  }
  return python;
}

function run(command, args) {
  return spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
}
