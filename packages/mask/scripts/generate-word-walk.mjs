// Compiles assembly/word-walk.ts and writes it as a constant, for what cannot read files next to it in both module formats.
import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import asc from 'assemblyscript/asc';

const options = ['--optimizeLevel', '3', '--runtime', 'stub', '--enable', 'simd'];
const { binary, error } = await compile('assembly/word-walk.ts');
if (error) throw error;
mkdirSync('src/generated', { recursive: true });
const lines =
  Buffer.from(binary)
    .toString('base64')
    .match(/.{1,100}/g) ?? [];
writeFileSync(
  'src/generated/word-walk.ts',
  `/** assembly/word-walk.ts as WebAssembly, in base64. Written by scripts/generate-word-walk.mjs. */\nexport const WORD_WALK: string =\n${lines.map((line) => `  '${line}'`).join(' +\n')};\n`,
);

async function compile(source) {
  let compiled;
  const { error, stderr } = await asc.main([source, ...options, '--outFile', 'word-walk.wasm'], {
    readFile: (name) => readFile(name, 'utf8').catch(() => null),
    writeFile: (_name, contents) => {
      compiled = contents;
    },
  });
  process.stderr.write(String(stderr));
  return { binary: compiled, error };
}
