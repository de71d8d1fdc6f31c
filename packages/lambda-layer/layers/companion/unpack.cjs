'use strict';
// Runs parts of the preload out of archives: four bytes, how much of what is packed holds what all functions need, and what is packed:
// a line that says where each part stands, and their code.
const { existsSync, readFileSync } = require('node:fs');
const { compileFunction } = require('node:vm');
const { brotliDecompressSync, constants } = require('node:zlib');

const parts = open('parts.br');
/** Of another layer, which may not be there. */
let sealing;
const modules = {};

function open(name) {
  const file = readFileSync(`${__dirname}/${name}`);
  const packed = file.subarray(4);
  const finishFlush = constants.BROTLI_OPERATION_FLUSH;
  const bytes = brotliDecompressSync(packed.subarray(0, file.readUInt32LE(0)), { finishFlush });
  const first = bytes.indexOf('\n') + 1;
  return { packed, bytes, first, places: JSON.parse(bytes.latin1Slice(0, first)) };
}

function codeOf(archive, id) {
  const [start, end] = archive.places[id].map((place) => archive.first + place);
  if (end > archive.bytes.length) archive.bytes = brotliDecompressSync(archive.packed);
  return archive.bytes.latin1Slice(start, end);
}

function archiveOf(id) {
  if (id !== './sealing.cjs' || !existsSync(`${__dirname}/sealing.br`)) return parts;
  sealing ??= open('sealing.br');
  return sealing;
}

function requirePart(id) {
  if (modules[id] === undefined) {
    const archive = archiveOf(id);
    if (!Object.hasOwn(archive.places, id)) return require(id);
    const part = { exports: {} };
    const run = compileFunction(codeOf(archive, id), ['exports', 'require', 'module'], {
      filename: `${__dirname}/${id.slice(2)}`,
    });
    run(part.exports, requirePart, part);
    // Only now: one that throws is run again, as Node.js does it.
    modules[id] = part;
  }
  return modules[id].exports;
}

module.exports = requirePart;
