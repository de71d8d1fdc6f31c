import { createHash, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { decodeBytes } from '../src/consonants.js';
import {
  type Checkpoint,
  type CheckpointSigner,
  createSpanSealer,
  openCheckpointNote,
  SealError,
} from '../src/index.js';
import { ring, sampleSpan, sealedRequest, startMillis } from './sealed-request.js';

function anchored(signers: readonly CheckpointSigner[] = []) {
  const random = new Uint8Array(12).fill(3);
  return createSpanSealer({ keyRing: ring(), startMillis, random, checkpoints: true, signers });
}

function noteBy(signers: readonly CheckpointSigner[]): Checkpoint {
  const sealer = anchored(signers);
  sealedRequest([sampleSpan(0), sampleSpan(1)], sealer);
  const losses = [{ reason: 'export-failed' as const, first: 0, count: 1 }];
  const [checkpoint] = sealer.checkpoint({ nowMillis: startMillis + 5, losses, end: true });
  return checkpoint as Checkpoint;
}

const pair = (): { publicKey: KeyObject; privateKey: KeyObject } => generateKeyPairSync('ed25519');

describe('the note of a checkpoint', () => {
  test('says what the checkpoint says, line by line', () => {
    const { note, stream } = noteBy([]);
    const lines = note.split('\n');
    expect(lines.slice(0, 2)).toEqual([`spanseal/checkpoint/v1/${stream}`, '2']);
    expect(lines.slice(3, 7)).toEqual([
      'number 0',
      'epoch 0',
      'spans 0 2',
      `time ${startMillis} ${startMillis + 5}`,
    ]);
    expect(lines.slice(9, 12)).toEqual(['unsealed 0', 'lost export-failed 0 1', 'traces AAAAAAABAAAAAAAC']);
    expect(lines.slice(12, 14)).toEqual(['end', '']);
    expect(lines[14]).toMatch(/^— spanseal\/k-test [A-Za-z0-9+/]{27}=$/);
    expect(note.endsWith('\n')).toBe(true);
  });

  test('is the text of the protocol, with the signatures of C2SP signed-note', () => {
    const { publicKey, privateKey } = pair();
    const by = anchored([{ name: 'acme.example/audit', key: privateKey }]);
    sealedRequest([sampleSpan(0)], by);
    by.checkpoint({ nowMillis: startMillis + 1 });
    sealedRequest([sampleSpan(1), sampleSpan(2)], by);
    const losses = (['export-failed', 'dropped'] as const).map((reason, at) => ({
      reason,
      first: at,
      count: 1,
    }));
    const [checkpoint] = by.checkpoint({ nowMillis: startMillis + 300_005, losses, unsealed: 4, end: true });
    const { note = '', text = '' } = checkpoint ?? {};
    const [, , realmTag = '', stream, ...parts] = text.split('~');
    const [root = '', previous = '', , , , tags = '', mac = ''] = parts.slice(6);
    const bytes = (letters: string, length: number): Uint8Array =>
      decodeBytes(letters, length) ?? new Uint8Array();
    const base64 = (data: Uint8Array): string => Buffer.from(data).toString('base64');
    const body = [
      `spanseal/checkpoint/v1/${stream}`,
      '3',
      base64(bytes(root, 32)),
      ...['number 1', 'epoch 1', 'spans 1 2', `time ${startMillis + 1} ${startMillis + 300_005}`],
      `previous ${base64(bytes(previous, 16))}`,
      `realm ${base64(bytes(realmTag, 2))}`,
      ...['unsealed 4', 'lost export-failed 0 1', 'lost dropped 1 1', `traces ${base64(bytes(tags, 12))}`],
      'end',
      '',
    ].join('\n');
    const signed = (name: string, type: Uint8Array, signature: Uint8Array): string => {
      const hash = createHash('sha256').update(`${name}\n`).update(type).digest().subarray(0, 4);
      return `— ${name} ${base64(Buffer.concat([hash, signature]))}\n`;
    };
    const bare = Buffer.from(`${publicKey.export({ format: 'jwk' }).x}`, 'base64url');
    expect(note).toBe(
      [
        `${body}\n`,
        signed('spanseal/k-test', Buffer.from('\u00ffspanseal/checkpoint-mac/v1', 'latin1'), bytes(mac, 16)),
        signed(
          'acme.example/audit',
          Buffer.concat([Buffer.of(1), bare]),
          sign(null, Buffer.from(body), privateKey),
        ),
      ].join(''),
    );
  });

  test('says no traces and no end where there are none', () => {
    const [checkpoint] = anchored().checkpoint({ nowMillis: startMillis });
    expect(checkpoint?.note.split('\n').slice(9, 11)).toEqual(['unsealed 0', '']);
  });

  test('is opened by the public keys of its signers, whichever there are', () => {
    const [one, other] = [pair(), pair()];
    const { note } = noteBy([
      { name: 'acme.example/audit', key: one.privateKey },
      { name: 'witness', key: other.privateKey },
    ]);
    const keys = [
      { name: 'acme.example/audit', key: one.publicKey },
      { name: 'witness', key: createPublicKey(other.privateKey) },
    ];
    expect(openCheckpointNote(note, keys)?.signedBy).toEqual(['acme.example/audit', 'witness']);
    expect(openCheckpointNote(note, keys.slice(1))?.signedBy).toEqual(['witness']);
    expect(openCheckpointNote(note, [{ name: 'witness', key: one.publicKey }])?.signedBy).toEqual([]);
    expect(openCheckpointNote(note, [])?.body).toBe(note.slice(0, note.indexOf('\n\n') + 1));
  });

  test('does not open, or is signed by nobody, with any character of its body or signature changed', () => {
    const { publicKey, privateKey } = pair();
    const { note } = noteBy([{ name: 'w', key: privateKey }]);
    for (let at = 0; at < note.length; at += 1) {
      const changed = `${note.slice(0, at)}${note[at] === 'B' ? 'C' : 'B'}${note.slice(at + 1)}`;
      const opened = openCheckpointNote(changed, [{ name: 'w', key: publicKey }]);
      const isOther = at > note.indexOf('\n\n') && at < note.lastIndexOf('— w');
      // The signature of the MAC is another one than that of the key.
      if (!isOther) expect([at, opened?.signedBy ?? []]).toEqual([at, []]);
    }
  });

  test('has one spelling of each signature', () => {
    const { publicKey, privateKey } = pair();
    const { note } = noteBy([{ name: 'w', key: privateKey }]);
    const last = note.length - 3;
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    expect(note.slice(last + 1)).toBe('=\n');
    const opening = [...letters].filter((letter) => {
      const changed = `${note.slice(0, last)}${letter}=\n`;
      return openCheckpointNote(changed, [{ name: 'w', key: publicKey }])?.signedBy.length === 1;
    });
    expect(opening).toEqual([note[last]]);
  });

  test.each(['', '\n', '\n\n', 'a\n\n', 'a\n\n— ', 'a\n\n— w AAAA\n', 'x'.repeat(70_000)])(
    'that is none tells nobody: %#',
    (note) => {
      const { publicKey } = pair();
      expect(openCheckpointNote(note, [{ name: 'w', key: publicKey }])?.signedBy ?? []).toEqual([]);
    },
  );

  test('is not signed by what is no signer', () => {
    const { privateKey, publicKey } = pair();
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const signers = [
      { name: 'a b', key: privateKey },
      { name: 'a+b', key: privateKey },
      { name: '', key: privateKey },
      { name: 'w', key: publicKey },
      { name: 'w', key: rsa },
      null,
      'w',
    ];
    for (const signer of signers) {
      const create = () => anchored([signer] as CheckpointSigner[]);
      expect(create).toThrow(SealError);
      expect(create).toThrow('signers[0]');
    }
    expect(() => anchored('w' as never)).toThrow('signers');
  });
});
