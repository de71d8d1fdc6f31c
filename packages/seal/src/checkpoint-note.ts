import { createHash, createPublicKey, KeyObject, type KeyObjectType, sign, verify } from 'node:crypto';
import type { SignedCheckpoint } from './checkpoint-text.js';
import { encodeBytes } from './consonants.js';
import { kindOf, SealError, type SealFault } from './seal-error.js';

/** A private key that signs checkpoints for third parties, who have no key of the stream. */
export interface CheckpointSigner {
  /** The key's name in notes: no white space and no `+`. */
  name: string;
  /** An Ed25519 private key; or ML-DSA, where node:crypto has it. */
  key: KeyObject;
}

/** A public key that verifies notes. */
export interface CheckpointNoteKey {
  name: string;
  key: KeyObject;
}

/** A note whose signatures were checked. */
export interface OpenedNote {
  /** What was signed. */
  readonly body: string;
  /** Names of the given keys that signed it. */
  readonly signedBy: readonly string[];
}

const nameShape = /^[^\s+]{1,255}$/u;
/** Of C2SP signed-note, by node:crypto's names of key types; the others are of the type `ff`, which names itself. */
const signatureTypes: ReadonlyMap<string, Uint8Array> = new Map([
  ['ed25519', Uint8Array.of(1)],
  ...['ml-dsa-44', 'ml-dsa-65', 'ml-dsa-87'].map((type) => [type, ownType(type)] as const),
]);
const macType = ownType('spanseal/checkpoint-mac/v1');
const keyHashLength = 4;
const longestNote = 65_536;

function ownType(name: string): Uint8Array {
  return Buffer.concat([Uint8Array.of(0xff), Buffer.from(name)]);
}

/**
 * A checkpoint for people and witnesses: a signed note (C2SP signed-note), in the manner of a tlog-checkpoint: its first lines
 * are origin, size and root. The first signature is the MAC.
 */
export function checkpointNote(
  checkpoint: SignedCheckpoint,
  signers: readonly CheckpointSigner[] = [],
): string {
  const body = noteBody(checkpoint);
  const name = `spanseal/${checkpoint.keyId}`;
  const lines = [signatureLine(name, macHash(name), checkpoint.mac)];
  for (const signer of signers) {
    const signature = sign(null, Buffer.from(body), signer.key);
    lines.push(signatureLine(signer.name, keyHash(signer), signature));
  }
  return `${body}\n${lines.join('')}`;
}

function noteBody(checkpoint: SignedCheckpoint): string {
  const { stream, first, count, root, number, epoch, fromMillis, toMillis, losses, traceTags } = checkpoint;
  return `${[
    `spanseal/checkpoint/v1/${encodeBytes(stream)}`,
    `${first + count}`,
    base64(root),
    `number ${number}`,
    `epoch ${epoch}`,
    `spans ${first} ${count}`,
    `time ${fromMillis} ${toMillis}`,
    `previous ${base64(checkpoint.previous)}`,
    `realm ${base64(checkpoint.realmTag)}`,
    `unsealed ${checkpoint.unsealed}`,
    ...losses.map((loss) => `lost ${loss.reason} ${loss.first} ${loss.count}`),
    ...(count > 0 ? [`traces ${base64(traceTags)}`] : []),
    ...(checkpoint.end ? ['end'] : []),
  ].join('\n')}\n`;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

function signatureLine(name: string, hash: Uint8Array, signature: Uint8Array): string {
  return `— ${name} ${base64(Buffer.concat([hash, signature]))}\n`;
}

function hashOf(name: string, type: Uint8Array, key: Uint8Array): Uint8Array {
  return createHash('sha256')
    .update(`${name}\n`)
    .update(type)
    .update(key)
    .digest()
    .subarray(0, keyHashLength);
}

/** A MAC key is not public: its hash is of its name alone. */
function macHash(name: string): Uint8Array {
  return hashOf(name, macType, new Uint8Array(0));
}

/** First bytes of a hash over name, type and public key, by which a verifier finds its signature. */
function keyHash({ name, key }: CheckpointNoteKey): Uint8Array {
  const type = signatureTypes.get(key.asymmetricKeyType ?? '') ?? new Uint8Array(0);
  return hashOf(name, type, publicBytes(key));
}

/** The bare bytes of a public key: the end of its SPKI form (RFC 8410, RFC 9881). */
function publicBytes(key: KeyObject): Uint8Array {
  const open = key.type === 'private' ? createPublicKey(key) : key;
  const { x, pub } = open.export({ format: 'jwk' }) as { x?: string; pub?: string };
  return Buffer.from(x ?? pub ?? '', 'base64url');
}

/**
 * Opens a note.
 *
 * @param note attacker-controlled.
 * @returns what was signed, and by whom; undefined when it is no note, or a signature of a given key does not hold.
 * @throws SealError `ERR_SPANSEAL_VERIFIER` for keys that no signature is checked with.
 */
export function openCheckpointNote(note: string, keys: readonly CheckpointNoteKey[]): OpenedNote | undefined {
  const faults = noteKeyFaults(keys, { option: 'keys', types: ['public', 'private'] });
  if (faults.length > 0) throw new SealError('ERR_SPANSEAL_VERIFIER', [...faults]);
  if (typeof note !== 'string') return undefined;
  const split = note.length > longestNote ? -1 : note.lastIndexOf('\n\n');
  if (split < 0 || !note.endsWith('\n')) return undefined;
  const body = note.slice(0, split + 1);
  const signatures = note
    .slice(split + 2, -1)
    .split('\n')
    .map(readSignatureLine);
  if (!signatures.every((line) => line !== undefined)) return undefined;
  const signedBy: string[] = [];
  for (const { name, key } of keys) {
    const hash = keyHash({ name, key });
    for (const line of signatures) {
      if (line.name !== name || Buffer.compare(line.hash, hash) !== 0) continue;
      if (!verify(null, Buffer.from(body), key, line.signature)) return undefined;
      if (!signedBy.includes(name)) signedBy.push(name);
    }
  }
  return { body, signedBy };
}

function readSignatureLine(
  line: string,
): { readonly name: string; readonly hash: Uint8Array; readonly signature: Uint8Array } | undefined {
  const match = /^— (\S+) ([A-Za-z0-9+/]{8,}={0,2})$/u.exec(line);
  if (match === null) return undefined;
  const [, name = '', text = ''] = match;
  const bytes = Buffer.from(text, 'base64');
  // A second spelling of the same bytes would let the note change under a valid signature.
  if (base64(bytes) !== text) return undefined;
  return { name, hash: bytes.subarray(0, keyHashLength), signature: bytes.subarray(keyHashLength) };
}

/** What is wrong with signers as users give them. */
export function signerFaults(signers: unknown): readonly SealFault[] {
  return noteKeyFaults(signers, { option: 'signers', types: ['private'] });
}

function noteKeyFaults(
  list: unknown,
  { option, types }: { readonly option: string; readonly types: readonly KeyObjectType[] },
): readonly SealFault[] {
  if (!Array.isArray(list)) return [{ path: option, expected: 'an array', got: kindOf(list) }];
  return list.flatMap((each: Partial<CheckpointSigner> | null, index): SealFault[] => {
    const { name, key } = each ?? {};
    const faults: SealFault[] = [];
    if (typeof name !== 'string' || !nameShape.test(name)) {
      const expected = 'a name without white space and +, at most 255 characters';
      faults.push({ path: `${option}[${index}].name`, expected, got: kindOf(name) });
    }
    const isKey = key instanceof KeyObject && types.includes(key.type);
    if (!isKey || !signatureTypes.has(key.asymmetricKeyType ?? '')) {
      const expected = `an Ed25519 or ML-DSA ${types[0]} key (KeyObject)`;
      const got = key instanceof KeyObject ? `a ${key.asymmetricKeyType ?? key.type} key` : kindOf(key);
      faults.push({ path: `${option}[${index}].key`, expected, got });
    }
    return faults;
  });
}
