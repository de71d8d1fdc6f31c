import { ownText } from '@spanseal/otlp';
import {
  type CheckpointParts,
  type Loss,
  lossReasons,
  previousLength,
  traceTagLength,
} from './checkpoint.js';
import { decodeBytes, decodeCounter, encodeBytes, encodeCounter } from './consonants.js';
import { isKeyId } from './key-id.js';
import { hashLength } from './merkle-tree.js';
import { refusalOfVersion, type SealRefusal, tagLength } from './seal-text.js';
import { streamIdLength } from './stream-id.js';
import { epochBits } from './stream-key.js';

/** A checkpoint as it travels. */
export interface SignedCheckpoint extends CheckpointParts {
  readonly mac: Uint8Array;
}

/** Most spans of one checkpoint: its text has to stay below what stores cut values at (2,048 bytes in one of them). */
export const mostCheckpointSpans = 128;
/** Most losses of one checkpoint. */
export const mostLosses = 8;

const separator = '~';
const lossSeparator = '_';
const version = '1';
/** The parts of a loss. */
const lossLength = 3;
/** Past the longest text of {@link mostCheckpointSpans} spans and {@link mostLosses} losses. */
const longestText = 2_040;

/** The text of a checkpoint, in the letters of seals. */
export function formatCheckpoint(parts: SignedCheckpoint): string {
  const losses = parts.losses.flatMap(({ reason, first, count }) => [
    lossReasons.indexOf(reason),
    first,
    count,
  ]);
  return [
    version,
    parts.keyId,
    encodeBytes(parts.realmTag),
    encodeBytes(parts.stream),
    ...[parts.number, parts.epoch, parts.first, parts.count, parts.fromMillis, parts.toMillis].map(
      encodeCounter,
    ),
    encodeBytes(parts.root),
    encodeBytes(parts.previous),
    encodeCounter(parts.end ? 1 : 0),
    encodeCounter(parts.unsealed),
    losses.map(encodeCounter).join(lossSeparator),
    encodeBytes(parts.traceTags),
    encodeBytes(parts.mac),
  ].join(separator);
}

/** The parts of a checkpoint. Every checkpoint has one spelling only: what is not spelled so is refused. */
export function parseCheckpoint(text: string): SignedCheckpoint | SealRefusal {
  if (text.length > longestText) return 'malformed';
  const [versionText = '', ...fields] = text.split(separator);
  if (versionText !== version) return refusalOfVersion(versionText);
  if (fields.length !== 16) return 'malformed';
  const [keyId = '', realmText = '', streamText = '', ...rest] = fields;
  const [number, epoch, first, count, fromMillis, toMillis] = rest.slice(0, 6).map(decodeCounter);
  const [rootText = '', previousText = '', endText = '', unsealedText = '', ...last] = rest.slice(6);
  const [lossText = '', tagsText = '', macText = ''] = last;
  if (number === undefined || epoch === undefined || first === undefined || count === undefined)
    return 'malformed';
  const unsealed = decodeCounter(unsealedText);
  if (fromMillis === undefined || toMillis === undefined || unsealed === undefined) return 'malformed';
  const realmTag = decodeBytes(realmText, 2);
  const stream = decodeBytes(streamText, streamIdLength);
  const root = decodeBytes(rootText, hashLength);
  const previous = decodeBytes(previousText, previousLength);
  const mac = decodeBytes(macText, tagLength);
  const end = decodeCounter(endText);
  const losses = parseLosses(lossText);
  if (!isKeyId(keyId) || !realmTag || !stream || !root || !previous || !mac || !losses) return 'malformed';
  if (count > mostCheckpointSpans || !(epoch < 2 ** epochBits) || end === undefined || end > 1)
    return 'malformed';
  const traceTags = decodeBytes(tagsText, count * traceTagLength);
  if (!traceTags || !Number.isSafeInteger(first + count)) return 'malformed';
  return {
    ...{ keyId: ownText(keyId), realmTag, stream, number, epoch, first, count, fromMillis, toMillis },
    ...{ root, previous, end: end === 1, unsealed, losses, traceTags, mac },
  };
}

function parseLosses(text: string): readonly Loss[] | undefined {
  if (text === '') return [];
  const numbers = text.split(lossSeparator).map(decodeCounter);
  if (numbers.length % lossLength !== 0 || numbers.length > lossLength * mostLosses) return undefined;
  const losses: Loss[] = [];
  for (let at = 0; at < numbers.length; at += lossLength) {
    const [code, first, count] = numbers.slice(at, at + lossLength);
    const reason = code === undefined ? undefined : lossReasons[code];
    if (reason === undefined || first === undefined || count === undefined || count === 0) return undefined;
    losses.push({ reason, first, count });
  }
  return losses;
}
