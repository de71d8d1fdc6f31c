import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { createSpanSealer, openCheckpointNote } from '@spanseal/seal';
import { bytesOf, hex } from './hex.js';
import { keyRingOf, plainRing } from './key-ring-input.js';
import { startMillis } from './sealed-span.js';
import type { VectorCase, VectorFile } from './vector-file.js';

/** A note, and the public keys of those that its reader trusts: the 32 bytes of RFC 8032, in hexadecimal. */
export interface NoteInput {
  readonly note: string;
  readonly keys: readonly { readonly name: string; readonly ed25519: string }[];
}

export type NoteExpected =
  | { readonly body: string; readonly signed_by: readonly string[] }
  | { readonly opens: false };

type NoteCase = VectorCase<NoteInput, NoteExpected>;

const closed: NoteExpected = { opens: false };
/** RFC 8410: what stands before the bytes of an Ed25519 key. */
const privatePrefix = '302e020100300506032b657004220420';
const publicPrefix = '302a300506032b6570032100';

const audit = signer('acme.example/audit', '1a'.repeat(32));
const witness = signer('witness.example', '2b'.repeat(32));

export function checkpointNoteVectors(): VectorFile {
  return {
    topic: 'checkpoint-note',
    about:
      'Notes of checkpoints, signed with Ed25519: what was signed and by which of the given keys, or that the note does not open.',
    cases: [...positive(), ...negative()],
  };
}

export function noteOutcome({ note, keys }: NoteInput): NoteExpected {
  const opened = openCheckpointNote(
    note,
    keys.map(({ name, ed25519 }) => ({ name, key: publicKey(ed25519) })),
  );
  return opened === undefined ? closed : { body: opened.body, signed_by: [...opened.signedBy].sort() };
}

interface Signer {
  readonly name: string;
  readonly key: KeyObject;
  readonly ed25519: string;
}

function signer(name: string, seed: string): Signer {
  const key = createPrivateKey({ key: der(privatePrefix + seed), format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return { name, key, ed25519: hex(spki).slice(publicPrefix.length) };
}

function publicKey(ed25519: string): KeyObject {
  return createPublicKey({ key: der(publicPrefix + ed25519), format: 'der', type: 'spki' });
}

function der(text: string): Buffer {
  return Buffer.from(bytesOf(text));
}

function noteBy(...signers: readonly Signer[]): string {
  const sealer = createSpanSealer({
    keyRing: keyRingOf(plainRing),
    startMillis,
    random: new Uint8Array(12).fill(1),
    checkpoints: true,
    signers: signers.map(({ name, key }) => ({ name, key })),
  });
  return sealer.checkpoint({ nowMillis: startMillis + 1_000, end: true })[0]?.note ?? '';
}

function trusted(...signers: readonly Signer[]): NoteInput['keys'] {
  return signers.map(({ name, ed25519 }) => ({ name, ed25519 }));
}

function bodyOf(note: string): string {
  return note.slice(0, note.indexOf('\n\n') + 1);
}

function positive(): readonly NoteCase[] {
  const opens = (
    [id, says]: readonly [string, string],
    input: NoteInput,
    signed_by: readonly string[],
  ): NoteCase => ({ id, kind: 'positive', says, input, expected: { body: bodyOf(input.note), signed_by } });
  const both = noteBy(audit, witness);
  return [
    opens(
      ['signed', 'One signature, of a key that is trusted.'],
      { note: noteBy(audit), keys: trusted(audit) },
      [audit.name],
    ),
    opens(['signed-twice', 'Two signatures.'], { note: both, keys: trusted(witness, audit) }, [
      audit.name,
      witness.name,
    ]),
    opens(
      ['one-trusted', 'Two signatures, one of a key that is trusted.'],
      { note: both, keys: trusted(witness) },
      [witness.name],
    ),
    opens(
      ['none-trusted', 'No key is given: the note opens, and nobody has signed it.'],
      { note: both, keys: [] },
      [],
    ),
    opens(
      ['mac-alone', 'The MAC is no signature for who has no key of the stream.'],
      { note: noteBy(), keys: trusted(audit) },
      [],
    ),
    opens(
      ['other-key-of-name', 'Another key under a trusted name has another hash, and counts for nothing.'],
      { note: noteBy({ ...witness, name: audit.name }), keys: trusted(audit) },
      [],
    ),
  ];
}

function negative(): readonly NoteCase[] {
  const note = noteBy(audit);
  const refused = (id: string, says: string, changed: string): NoteCase => ({
    id,
    kind: 'negative',
    says,
    input: { note: changed, keys: trusted(audit) },
    expected: closed,
  });
  const signature = note.slice(note.lastIndexOf(' ') + 1, -1);
  const bytes = Buffer.from(signature, 'base64');
  bytes[10] = (bytes[10] ?? 0) ^ 1;
  return [
    refused('body-changed', 'The body was changed.', note.replace('number 0', 'number 1')),
    refused(
      'signature-changed',
      'A signature of a trusted key was changed.',
      note.replace(signature, bytes.toString('base64')),
    ),
    refused(
      'second-spelling',
      'An unused bit of a signature in base64 is set: a second spelling.',
      note.replace(/.=\n$/, secondSpelling),
    ),
    refused('line-malformed', 'A line among the signatures that is none.', `${note}\u2014 name\n`),
    refused('no-signature', 'No signature line.', `${bodyOf(note)}\n`),
    refused('no-blank-line', 'No blank line before the signatures.', note.replace('\n\n', '\n')),
    refused('line-break-missing', 'The last line does not end.', note.slice(0, -1)),
    refused('empty', 'An empty text.', ''),
  ];
}

const base64Letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The end of a text in base64, with the lowest of its unused bits set. */
function secondSpelling(end: string): string {
  return `${base64Letters[base64Letters.indexOf(end.charAt(0)) + 1]}=\n`;
}
