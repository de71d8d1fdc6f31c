import { batchVerdicts } from './batch.js';
import { canonicalFormOf } from './canonical-form.js';
import { checkpointOutcome } from './checkpoint.js';
import { chainVerdict } from './checkpoint-chain.js';
import { noteOutcome } from './checkpoint-note.js';
import { verdictsOf } from './implementation.js';
import { proofHolds } from './inclusion-proof.js';
import { keyScheduleOf } from './key-schedule.js';
import { merkleRootOf } from './merkle-root.js';
import { sealTextOutcome } from './seal-text.js';
import { spanMacOf } from './span-mac.js';

/** What this implementation says to the input of a case, by topic, through what the packages export. */
export const judges: Readonly<Record<string, (input: never) => unknown>> = {
  'canonical-form': canonicalFormOf,
  'key-schedule': keyScheduleOf,
  'span-mac': spanMacOf,
  'stream-verdicts': verdictsOf,
  'request-verdicts': verdictsOf,
  'seal-text': sealTextOutcome,
  'merkle-root': merkleRootOf,
  checkpoint: checkpointOutcome,
  'checkpoint-chain': chainVerdict,
  'checkpoint-note': noteOutcome,
  'inclusion-proof': proofHolds,
  batch: batchVerdicts,
};
