import { canonicalFormVectors } from './canonical-form.js';
import { spanMacVectors } from './span-mac.js';
import type { VectorFile } from './vector-file.js';

/** Every file that is published, as the implementation has it now. */
export function vectorFiles(): readonly VectorFile[] {
  return [canonicalFormVectors(), spanMacVectors()];
}
