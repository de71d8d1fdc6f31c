'use strict';
// Runs a part of the preload out of an archive, as the module that asks for it.
const { readFileSync } = require('node:fs');
const { compileFunction } = require('node:vm');
const { brotliDecompressSync } = require('node:zlib');

const archives = new Map();

module.exports = (part, requireOfPart, archive, start, length) => {
  let code = archives.get(archive);
  if (code === undefined) {
    code = brotliDecompressSync(readFileSync(`${__dirname}/${archive}`));
    archives.set(archive, code);
  }
  const names = ['exports', 'require', 'module'];
  const text = code.latin1Slice(start, start + length);
  compileFunction(text, names, { filename: part.filename })(part.exports, requireOfPart, part);
};
