'use strict';
// Runs a part of the preload out of the archive, as the module that asks for it.
const { readFileSync } = require('node:fs');
const { compileFunction } = require('node:vm');
const { brotliDecompressSync } = require('node:zlib');

let code;

module.exports = (part, requireOfPart, start, length) => {
  code ??= brotliDecompressSync(readFileSync(`${__dirname}/parts.br`));
  const names = ['exports', 'require', 'module'];
  const text = code.latin1Slice(start, start + length);
  compileFunction(text, names, { filename: part.filename })(part.exports, requireOfPart, part);
};
