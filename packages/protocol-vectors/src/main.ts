import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { vectorText } from './vector-file.js';
import { vectorFiles } from './vector-files.js';

const folder = fileURLToPath(new URL('../../../vectors/', import.meta.url));
mkdirSync(folder, { recursive: true });
for (const file of await vectorFiles()) writeFileSync(`${folder}${file.topic}.json`, vectorText(file));
