export type { AlgorithmName } from './algorithm.js';
export { callApp } from './app-call.js';
export type { BatchBody, BatchFormat } from './batch.js';
export { batchHeaderName } from './batch-text.js';
export {
  type BatchCheck,
  type BatchVerdict,
  type BatchVerifier,
  type BatchVerifierOptions,
  createBatchVerifier,
  type ReceivedBatch,
} from './batch-verifier.js';
export type { Loss, LossReason } from './checkpoint.js';
export type { Checkpoint } from './checkpoint-chain.js';
export {
  type CheckpointNoteKey,
  type CheckpointSigner,
  type OpenedNote,
  openCheckpointNote,
} from './checkpoint-note.js';
export { checkpointRequest, checkpointScopeName, checkpointSpanName } from './checkpoint-span.js';
export { codeOf } from './error-code.js';
export {
  createStreamKeyFetcher,
  type FetchOptions,
  type FetchOutcome,
  fetchStreamKeys,
  type StreamKeyFailure,
  type StreamKeyFetcher,
} from './fetch-stream-keys.js';
export {
  createAnyIdKeyRing,
  createKeyRing,
  isKeyRing,
  type KeyOptions,
  type KeyRing,
  type KeyRingOptions,
  type RemoteKeyOptions,
  type RevokedKeyOptions,
  type SecretKeyOptions,
  signsRemotely,
} from './key-ring.js';
export { type OpenSpanSealerOptions, openSpanSealer } from './open-span-sealer.js';
export type { Finding, Report, SpanCounts, StreamGap, StreamReport } from './report.js';
export type { RequestSource, UnreadableInput } from './request-source.js';
export { kindOf, SealError, type SealErrorCode, type SealFault, shownOption } from './seal-error.js';
export { generateSecret } from './secret.js';
export type { SpanInRequest, SpanToSeal, Surroundings } from './span-in-request.js';
export { checkInclusion, type InclusionRefusal, type SpanInclusion } from './span-inclusion.js';
export {
  type BatchToSeal,
  type CheckpointOptions,
  checkSealerOptions,
  createSpanSealer,
  type SpanSealer,
  type SpanSealerOptions,
} from './span-sealer.js';
export type { SourcePatience, StreamKeySource } from './stream-key-source.js';
export { type SpanVerdict, type StreamVerdict, streamWeightOf, type Weight, weightOf } from './verdict.js';
export { createVerifier, type Verifier } from './verifier.js';
export type { VerifierOptions } from './verifier-options.js';
