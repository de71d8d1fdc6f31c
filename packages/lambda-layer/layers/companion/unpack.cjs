'use strict';
// Runs parts of the preload out of archives: each a line that says where each part stands, and their code.
const { existsSync, readFileSync } = require('node:fs');
const { compileFunction } = require('node:vm');
const { brotliDecompressSync } = require('node:zlib');

const parts = open('parts.br');
/** Of another layer, which may not be there. */
let sealing;
const modules = {};

function open(name) {
  const bytes = brotliDecompressSync(readFileSync(`${__dirname}/${name}`));
  const first = bytes.indexOf('\n') + 1;
  return { bytes, first, places: JSON.parse(bytes.latin1Slice(0, first)) };
}

function archiveOf(id) {
  if (id !== './sealing.cjs' || !existsSync(`${__dirname}/sealing.br`)) return parts;
  sealing ??= open('sealing.br');
  return sealing;
}

function requirePart(id) {
  if (modules[id] === undefined) {
    const { bytes, first, places } = archiveOf(id);
    if (!Object.hasOwn(places, id)) return require(id);
    const part = { exports: {} };
    const [start, end] = places[id];
    const code = bytes.latin1Slice(first + start, first + end);
    const run = compileFunction(code, ['exports', 'require', 'module'], {
      filename: `${__dirname}/${id.slice(2)}`,
    });
    run(part.exports, requirePart, part);
    // Only now: one that throws is run again, as Node.js does it.
    modules[id] = part;
  }
  return modules[id].exports;
}

module.exports = requirePart;
