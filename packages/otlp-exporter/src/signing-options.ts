import { checkSealerOptions, isKeyRing, type KeyRing, kindOf, SealError, shownOption } from '@spanseal/seal';
import {
  type CheckedCheckpointSettings,
  type CheckpointSettings,
  readCheckpointSettings,
} from './checkpoint-settings.js';
import type { EndedSpans } from './ended-spans.js';
import { ExporterError, type ExporterFault } from './exporter-error.js';
import { maxTimerMillis } from './timer-millis.js';

/** What happens to spans while the key that seals them cannot be had. */
export type KeyUnavailablePolicy = 'block' | 'drop' | 'send-unsigned';

export interface SigningSpanExporterOptions {
  /** The keys of `createKeyRing()` of @spanseal/seal, or of a file, or remote ones; the primary one seals. */
  keyRing: KeyRing;
  /**
   * What happens to spans while the source of a remote key fails. `block`: they wait, for `maxBlockMillis`, and are then
   * dropped. `drop`: they are dropped. `send-unsigned`: they leave without a seal. Each is counted. Spans wait for a call that
   * is under way in any case. Default: `block`.
   */
  onKeyUnavailable?: KeyUnavailablePolicy;
  /** Spans that wait for a key at most; those past it are dropped, or leave without a seal. Default: 2,048. */
  maxBlockedSpans?: number;
  /** How long a span waits for a key at most, in milliseconds. Default: 10,000. */
  maxBlockMillis?: number;
  /**
   * Signed statements about the stream, sent as spans of their own, without which nobody can tell that spans were deleted at
   * its end. `false`: none. Default: one for every 128 spans and every 300 seconds, and one at shutdown.
   */
  checkpoints?: false | CheckpointSettings;
  /** The processor that counts the spans that end, to tell at shutdown how many never came here. Default: nobody counts. */
  endedSpans?: Pick<EndedSpans, 'count'>;
  /**
   * Each time the source failed, with an error that holds no key and no token. May be asynchronous; what it throws, or rejects with, is
   * ignored. Default: nothing but the counters.
   */
  onKeyError?: (error: Error) => unknown;
}

export interface CheckedSigningOptions
  extends Readonly<Required<Omit<SigningSpanExporterOptions, 'checkpoints' | 'endedSpans'>>> {
  /** Undefined: none. */
  readonly checkpoints: CheckedCheckpointSettings | undefined;
  readonly endedSpans: Pick<EndedSpans, 'count'> | undefined;
}

const policies: readonly unknown[] = ['block', 'drop', 'send-unsigned'];
export const signingOptionNames: readonly string[] = [
  'keyRing',
  'onKeyUnavailable',
  'maxBlockedSpans',
  'maxBlockMillis',
  'onKeyError',
  'checkpoints',
  'endedSpans',
];

interface Mismatch {
  readonly expected: string;
  readonly got: unknown;
}

/** @throws ExporterError `ERR_SPANSEAL_EXPORTER` with every fault at once. */
export function checkSigningOptions(inner: unknown, options: unknown): CheckedSigningOptions {
  const faults: ExporterFault[] = [];
  if (!isExporter(inner))
    faults.push({
      path: 'inner',
      expected: 'a SpanExporter with export() and shutdown()',
      got: kindOf(inner),
    });
  const given: Given = typeof options === 'object' && options !== null ? { ...options } : {};
  for (const name of Object.keys(given).filter((each) => !signingOptionNames.includes(each))) {
    const expected = `only ${signingOptionNames.join(', ')}`;
    faults.push({ path: `options.${shownOption(name)}`, expected, got: 'an unknown option' });
  }
  const checked = readSigningOptions(given, faults);
  if (faults.length > 0) throw new ExporterError('ERR_SPANSEAL_EXPORTER', faults);
  return checked;
}

type Given = Readonly<Record<string, unknown>>;

/** The options with defaults. Faults go to `faults`: with any, what is given back is not to be used. */
export function readSigningOptions(given: Given, faults: ExporterFault[]): CheckedSigningOptions {
  const check = (holds: boolean, path: string, { expected, got }: Mismatch): void => {
    if (!holds) faults.push({ path, expected, got: kindOf(got) });
  };
  const {
    keyRing,
    onKeyUnavailable = 'block',
    maxBlockedSpans = 2048,
    maxBlockMillis = 10_000,
    onKeyError = () => undefined,
    endedSpans,
  } = given;
  check(isKeyRing(keyRing), 'options.keyRing', {
    expected: 'a key ring of createKeyRing() of @spanseal/seal',
    got: keyRing,
  });
  const named = 'block, drop or send-unsigned';
  check(policies.includes(onKeyUnavailable), 'options.onKeyUnavailable', {
    expected: named,
    got: onKeyUnavailable,
  });
  check(isAmount(maxBlockedSpans), 'options.maxBlockedSpans', {
    expected: 'a number of spans',
    got: maxBlockedSpans,
  });
  check(isTimerMillis(maxBlockMillis), 'options.maxBlockMillis', {
    expected: 'a number of milliseconds',
    got: maxBlockMillis,
  });
  check(typeof onKeyError === 'function', 'options.onKeyError', { expected: 'a function', got: onKeyError });
  const isCounter = endedSpans === undefined || countsSpans(endedSpans);
  check(isCounter, 'options.endedSpans', { expected: 'an EndedSpans', got: endedSpans });
  const checkpoints = readCheckpointSettings(given['checkpoints'], faults);
  if (checkpoints !== undefined && isKeyRing(keyRing))
    faults.push(...signerFaults(keyRing, checkpoints.signers));
  return {
    ...{ keyRing, onKeyUnavailable, maxBlockedSpans, maxBlockMillis, onKeyError },
    ...{ checkpoints, endedSpans },
  } as CheckedSigningOptions;
}

/** What is wrong with a signer, the sealer says. */
function signerFaults(
  keyRing: KeyRing,
  signers: CheckedCheckpointSettings['signers'],
): readonly ExporterFault[] {
  try {
    checkSealerOptions({ keyRing, startMillis: 0, random: new Uint8Array(12), signers });
    return [];
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    return error.faults.map((fault) => ({ ...fault, path: `options.checkpoints.${fault.path}` }));
  }
}

function countsSpans(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'count' in value && typeof value.count === 'number';
}

function isAmount(value: unknown): boolean {
  return typeof value === 'number' && value >= 0;
}

function isTimerMillis(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= maxTimerMillis;
}

function isExporter(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'export' in value &&
    typeof value.export === 'function' &&
    'shutdown' in value &&
    typeof value.shutdown === 'function'
  );
}
