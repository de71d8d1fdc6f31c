import { type Checkpoint, type CheckpointSigner, kindOf, shownOption } from '@spanseal/seal';
import type { ExporterFault } from './exporter-error.js';

/** When checkpoints are made, and who else gets them. */
export interface CheckpointSettings {
  /** Spans after which a checkpoint is made: 1 to 128. Default: 128. */
  everySpans?: number;
  /** Seconds after which a checkpoint is made, also when no span came: 1 to 300, an epoch. Default: 300. */
  everySeconds?: number;
  /** How many of the last checkpoints are sent again with each new one: 0 to 16. Default: 2. */
  repeat?: number;
  /** Is given each checkpoint as it is made, for a file or a witness. May be asynchronous. What it throws, or rejects with, is ignored. */
  onCheckpoint?: (checkpoint: Checkpoint) => unknown;
  /** Who signs the notes of checkpoints besides, for readers without the key of the stream. Default: nobody. */
  signers?: readonly CheckpointSigner[];
}

/** Settings that were checked, each with a value. */
export type CheckedCheckpointSettings = Required<CheckpointSettings>;

const bounds = {
  everySpans: { from: 1, to: 128, otherwise: 128 },
  everySeconds: { from: 1, to: 300, otherwise: 300 },
  repeat: { from: 0, to: 16, otherwise: 2 },
} as const;

const names: readonly string[] = [...Object.keys(bounds), 'onCheckpoint', 'signers'];

/** The settings with defaults; undefined when they are `false`. Faults go to `faults`. */
export function readCheckpointSettings(
  given: unknown,
  faults: ExporterFault[],
): CheckedCheckpointSettings | undefined {
  if (given === false) return undefined;
  const path = 'options.checkpoints';
  if (given !== undefined && (typeof given !== 'object' || given === null)) {
    faults.push({ path, expected: 'false, or an object', got: kindOf(given) });
    return undefined;
  }
  const settings: Readonly<Record<string, unknown>> = { ...given };
  for (const name of Object.keys(settings)) {
    if (!names.includes(name))
      faults.push({
        path: `${path}.${shownOption(name)}`,
        expected: `only ${names.join(', ')}`,
        got: 'an unknown option',
      });
  }
  const { onCheckpoint = () => undefined, signers = [] } = settings;
  if (typeof onCheckpoint !== 'function')
    faults.push({ path: `${path}.onCheckpoint`, expected: 'a function', got: kindOf(onCheckpoint) });
  return {
    everySpans: readCount('everySpans', settings, faults),
    everySeconds: readCount('everySeconds', settings, faults),
    repeat: readCount('repeat', settings, faults),
    // What is wrong with a signer, the sealer says.
    signers: signers as CheckedCheckpointSettings['signers'],
    onCheckpoint: onCheckpoint as CheckedCheckpointSettings['onCheckpoint'],
  };
}

function readCount(
  name: keyof typeof bounds,
  settings: Readonly<Record<string, unknown>>,
  faults: ExporterFault[],
): number {
  const { from, to, otherwise } = bounds[name];
  const value = settings[name] ?? otherwise;
  if (typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to) return value;
  faults.push({
    path: `options.checkpoints.${name}`,
    expected: `a whole number from ${from} to ${to}`,
    got: typeof value === 'number' ? `${value}` : kindOf(value),
  });
  return otherwise;
}
