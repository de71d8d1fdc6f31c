// `turbo run generate` in a package: its version as a constant, for what cannot ask package.json in both module formats.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
mkdirSync('src/generated', { recursive: true });
writeFileSync(
  'src/generated/version.ts',
  `/** The version of this package. Made from package.json by \`npm run generate\`. */\nexport const version: string = '${version}';\n`,
);
