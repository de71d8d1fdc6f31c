import { batchVectors } from './batch.js';
import { canonicalFormVectors } from './canonical-form.js';
import { checkpointVectors } from './checkpoint.js';
import { checkpointChainVectors } from './checkpoint-chain.js';
import { checkpointNoteVectors } from './checkpoint-note.js';
import { inclusionProofVectors } from './inclusion-proof.js';
import { keyScheduleVectors } from './key-schedule.js';
import { merkleRootVectors } from './merkle-root.js';
import { requestVerdictVectors } from './request-verdicts.js';
import { sealTextVectors } from './seal-text.js';
import { spanMacVectors } from './span-mac.js';
import { streamVerdictVectors } from './stream-verdicts.js';
import type { VectorFile } from './vector-file.js';

/** Every file that is published, as the implementation has it now. */
export async function vectorFiles(): Promise<readonly VectorFile[]> {
  return [
    canonicalFormVectors(),
    await keyScheduleVectors(),
    spanMacVectors(),
    sealTextVectors(),
    merkleRootVectors(),
    checkpointVectors(),
    checkpointNoteVectors(),
    checkpointChainVectors(),
    requestVerdictVectors(),
    streamVerdictVectors(),
    inclusionProofVectors(),
    batchVectors(),
  ];
}
