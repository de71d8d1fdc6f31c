import { canonicalFormVectors } from './canonical-form.js';
import type { VectorFile } from './vector-file.js';

/** Every file that is published, as the implementation has it now. */
export function vectorFiles(): readonly VectorFile[] {
  return [canonicalFormVectors()];
}
