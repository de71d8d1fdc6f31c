import { existsSync, readdirSync } from 'node:fs';

const folders = [...readdirSync('packages').map((name) => `packages/${name}`), 'e2e/layers'];

export default {
  projects: folders
    .filter((folder) => existsSync(`${folder}/jest.config.mjs`))
    .map((folder) => `<rootDir>/${folder}`),
};
