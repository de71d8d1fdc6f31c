export { readBounded } from './bounded-file.js';
export { type KeyFile, parseKeyFile } from './key-file-text.js';
export { type FileKeyRing, type FileKeyRingOptions, keyRingFromFile } from './key-ring-from-file.js';
