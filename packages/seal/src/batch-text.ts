import type { BatchParts, SignedBatch } from './batch.js';
import { decodeBytes, decodeCounter, LetterOutput } from './consonants.js';
import { isKeyId } from './key-id.js';
import { refusalOfVersion, type SealRefusal, tagLength } from './seal-text.js';
import { streamIdLength } from './stream-id.js';
import { epochBits } from './stream-key.js';

/** The HTTP header, and the key of the gRPC metadata, that carries what signs a request. */
export const batchHeaderName = 'spanseal-batch';

const separator = '~';
const version = '1';
/** Past the longest text. */
const longestText = 192;

const output = new LetterOutput();

/** The value of `spanseal-batch`, in the letters of seals. */
export function formatBatch(parts: BatchParts, mac: Uint8Array): string {
  const { keyId, realmTag, stream, epoch, number, first, count, millis } = parts;
  output.text(version).text(separator).text(keyId);
  output.text(separator).bytes(realmTag).text(separator).bytes(stream);
  for (const value of [epoch, number, first, count, millis]) output.text(separator).counter(value);
  return output.text(separator).bytes(mac).take();
}

/** The parts of a header. Every header has one spelling only: what is not spelled so is refused. */
export function parseBatch(text: string): SignedBatch | SealRefusal {
  if (text.length > longestText) return 'malformed';
  const [versionText = '', ...fields] = text.split(separator);
  if (versionText !== version) return refusalOfVersion(versionText);
  if (fields.length !== 9) return 'malformed';
  const [keyId = '', realmText = '', streamText = '', ...rest] = fields;
  const [epoch, number, first, count, millis] = rest.slice(0, 5).map(decodeCounter);
  const realmTag = decodeBytes(realmText, 2);
  const stream = decodeBytes(streamText, streamIdLength);
  const mac = decodeBytes(rest[5] ?? '', tagLength);
  if (!isKeyId(keyId) || !realmTag || !stream || !mac) return 'malformed';
  if (epoch === undefined || !(epoch < 2 ** epochBits) || number === undefined) return 'malformed';
  if (first === undefined || count === undefined || millis === undefined) return 'malformed';
  if (!Number.isSafeInteger(first + count)) return 'malformed';
  return { keyId, realmTag, stream, epoch, number, first, count, millis, mac };
}
