import { existsSync, readdirSync } from 'node:fs';

const folders = [...readdirSync('packages').map((name) => `packages/${name}`), 'e2e/layers'];

export default {
  // A loaded machine is no reason to fail: what must be fast says so itself.
  testTimeout: 60_000,
  projects: folders
    .filter((folder) => existsSync(`${folder}/jest.config.mjs`))
    .map((folder) => `<rootDir>/${folder}`),
};
