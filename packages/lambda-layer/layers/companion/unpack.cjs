'use strict';
// Runs parts of the preload out of an archive: a line that says where each of them stands, and their code.
const { readFileSync } = require('node:fs');
const { compileFunction } = require('node:vm');
const { brotliDecompressSync } = require('node:zlib');

const archive = brotliDecompressSync(readFileSync(`${__dirname}/parts.br`));
const first = archive.indexOf('\n') + 1;
const places = JSON.parse(archive.latin1Slice(0, first));
const modules = {};

function requirePart(id) {
  if (!Object.hasOwn(places, id)) return require(id);
  if (modules[id] === undefined) {
    const part = { exports: {} };
    const [start, end] = places[id];
    const code = archive.latin1Slice(first + start, first + end);
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
