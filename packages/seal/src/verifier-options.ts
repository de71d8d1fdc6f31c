import { isKeyRing, type KeyRing } from './key-ring.js';
import { kindOf, SealError, type SealFault, unknownOptions } from './seal-error.js';

export interface VerifierOptions {
  keyRing: KeyRing;
  /**
   * Ids of streams that must occur, as they stand in reports. One that never occurs is `missing`. With a key before it (`k-1~bcdf…`, as in a
   * seal), no other key of the ring can stand in for that. Default: none.
   */
  expectedStreams?: readonly string[];
  /** How many spans of its stream later an identical span is still a retry and not a replay. Default: without limit. */
  replayWindow?: number;
  /** Refuse spans that the sealer itself marked as sealed long after their end (`epoch-mismatch`). Default: false. */
  refuseLate?: boolean;
  /**
   * The pipeline drops whole traces on purpose: where no span of a trace is there, its spans are `sampled-or-deleted` and not
   * `missing`. Default: false.
   */
  sampled?: boolean;
  /**
   * The time, in milliseconds since the Unix epoch. A stream whose last sign of life is at most two epochs (600 seconds) older
   * still goes on. Default: none goes on, and one without an end is `truncated`.
   */
  nowMillis?: number;
}

/** Options that were checked, each with a value. */
export type CheckedVerifierOptions = Required<VerifierOptions>;

const names: readonly string[] = [
  'keyRing',
  'expectedStreams',
  'replayWindow',
  'refuseLate',
  'sampled',
  'nowMillis',
];

interface Mismatch {
  readonly expected: string;
  readonly got: unknown;
}

/** @throws SealError `ERR_SPANSEAL_VERIFIER` with every fault at once. */
export function checkVerifierOptions(options: VerifierOptions): CheckedVerifierOptions {
  const given = options ?? {};
  const faults: SealFault[] = unknownOptions(given, names);
  const check = (holds: boolean, path: string, { expected, got }: Mismatch): void => {
    if (!holds) faults.push({ path, expected, got: kindOf(got) });
  };
  const { keyRing, expectedStreams = [], replayWindow = Number.POSITIVE_INFINITY } = given;
  const { refuseLate = false, sampled = false, nowMillis = Number.POSITIVE_INFINITY } = given;
  const isList = Array.isArray(expectedStreams) && expectedStreams.every((id) => typeof id === 'string');
  check(isKeyRing(keyRing), 'keyRing', { expected: 'a key ring of createKeyRing()', got: keyRing });
  check(isList, 'expectedStreams', { expected: 'an array of stream ids', got: expectedStreams });
  const isWindow = typeof replayWindow === 'number' && replayWindow >= 0;
  check(isWindow, 'replayWindow', { expected: 'a number of spans, 0 or more', got: replayWindow });
  check(typeof refuseLate === 'boolean', 'refuseLate', { expected: 'true or false', got: refuseLate });
  check(typeof sampled === 'boolean', 'sampled', { expected: 'true or false', got: sampled });
  const isTime = typeof nowMillis === 'number' && nowMillis >= 0;
  check(isTime, 'nowMillis', { expected: 'milliseconds since the Unix epoch', got: nowMillis });
  if (faults.length > 0) throw new SealError('ERR_SPANSEAL_VERIFIER', faults);
  return { keyRing, expectedStreams, replayWindow, refuseLate, sampled, nowMillis };
}
