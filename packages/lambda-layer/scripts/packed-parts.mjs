// Makes the parts of a preload small: minified once more, and in one archive, compressed with Brotli, which Node.js has and zip
// has not.
import { readFileSync } from 'node:fs';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { minify } from '@swc/core';

/** The archive of a layer, and the parts in it: those that all functions need can be unpacked without the others. */
const archives = {
  companion: {
    archive: 'parts.br',
    first: ['masking.cjs', 'preload-guard.cjs'],
    later: ['readers.cjs', 'policies.cjs', 'policy-file.cjs', 'start-sdk.cjs', 'report-file.cjs'],
  },
  sealing: { archive: 'sealing.br', first: ['sealing.cjs'], later: [] },
};

/** Whether the parts of a layer are packed. */
export function isPacked(layer) {
  return Object.hasOwn(archives, layer);
}

const options = {
  // Without what moves code between functions: what is measured and tested is what runs.
  compress: { toplevel: true, inline: 0, reduce_funcs: false },
  mangle: { toplevel: true },
  // Of one byte per character: parts are taken out by their place.
  format: { asciiOnly: true },
  ecma: 2020,
  module: false,
};

/** @param files {Map<string, Uint8Array>} of a layer, by path. Those in the archive give way to it. */
export async function packParts(layer, files) {
  const { archive, first, later } = archives[layer];
  const parts = [...first, ...later];
  const codes = await Promise.all(parts.map((part) => minified(files.get(`spanseal/${part}`), part)));
  const places = {};
  let start = 0;
  for (const [index, part] of parts.entries()) {
    const { length } = codes[index];
    places[`./${part}`] = [start, start + length];
    start += length;
    files.delete(`spanseal/${part}`);
  }
  const index = `${JSON.stringify(places)}\n`;
  const packed = compressed(Buffer.from([index, ...codes].join(''), 'latin1'));
  const [, end] = places[`./${first.at(-1)}`];
  const lengths = Buffer.alloc(4);
  lengths.writeUInt32LE(packedLength(packed, index.length + end));
  files.set(`spanseal/${archive}`, Buffer.concat([lengths, packed]));
  const register = files.get('spanseal/register.cjs');
  if (register === undefined) return;
  const unpack = readFileSync(new URL('../layers/companion/unpack.cjs', import.meta.url));
  for (const [name, bytes] of Object.entries({ 'register.cjs': unpacking(register), 'unpack.cjs': unpack }))
    files.set(`spanseal/${name}`, Buffer.from(await minified(bytes, name)));
}

/** What asks for a part asks the archive for it. */
function unpacking(register) {
  const code = new TextDecoder().decode(register);
  return Buffer.from(code.replaceAll(/\brequire\(("\.\/[\w-]+\.cjs")\)/g, 'require("./unpack.cjs")($1)'));
}

async function minified(bytes, part) {
  const { code } = await minify(new TextDecoder().decode(bytes), options);
  // One that is not of one byte would move all that follows it.
  if (/[^\x00-\x7f]/.test(code)) throw new Error(`${part} holds characters that are not ASCII`);
  return code;
}

/** How much of what is packed holds so much of what it was made of. */
function packedLength(packed, length) {
  let [least, most] = [0, packed.length];
  while (least < most) {
    const middle = (least + most) >> 1;
    if (unpacked(packed.subarray(0, middle)).length < length) least = middle + 1;
    else most = middle;
  }
  return most;
}

function unpacked(bytes) {
  return brotliDecompressSync(bytes, { finishFlush: constants.BROTLI_OPERATION_FLUSH });
}

function compressed(bytes) {
  const params = {
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    [constants.BROTLI_PARAM_NPOSTFIX]: 1,
  };
  return brotliCompressSync(bytes, { params });
}
