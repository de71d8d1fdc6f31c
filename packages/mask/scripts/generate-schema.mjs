// Writes policy.schema.json from the built package. Run by `turbo run generate`.
import { writeFileSync } from 'node:fs';
import { policySchema } from '../dist/esm/index.js';

writeFileSync(
  new URL('../policy.schema.json', import.meta.url),
  `${JSON.stringify(policySchema, undefined, 2)}\n`,
);
