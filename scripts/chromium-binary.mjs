// The Chromium that the pages are looked at with: one that is there, else Debian's.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const packages = ['chromium', 'fonts-dejavu-core'];

/** Path of a Chromium: SPANSEAL_CHROMIUM, or the first on PATH; installed when there is none. Without one, ends the process. */
export function chromiumBinary() {
  const found = process.env.SPANSEAL_CHROMIUM ?? onPath() ?? install();
  if (found !== undefined && existsSync(found)) return found;
  console.error(
    `No Chromium. As root on Debian this command installs one; elsewhere install ${packages.join(' and ')}, or name a browser in SPANSEAL_CHROMIUM.`,
  );
  process.exit(1);
}

function onPath() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isProgram);
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function install() {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return undefined;
  console.error(`Setting up: apt-get install ${packages.join(' ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const stdio = ['ignore', 'ignore', 'inherit'];
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    if (spawnSync('apt-get', args, { env, stdio }).status !== 0) return undefined;
  }
  return onPath();
}
