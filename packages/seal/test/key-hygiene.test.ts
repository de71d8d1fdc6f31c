import { createHmac, hkdfSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format, inspect } from 'node:util';
import { expect, test } from '@jest/globals';
import { awsKmsSource } from '../src/aws-kms/index.js';
import { keyRingFromFile } from '../src/file/index.js';
import {
  createAnyIdKeyRing,
  createKeyRing,
  createSpanSealer,
  createVerifier,
  fetchStreamKeys,
  openSpanSealer,
} from '../src/index.js';
import { vaultSource } from '../src/vault/index.js';
import { memorySource, spellings } from './memory-source.js';
import { protobuf, sampleSpan, sealedRequest, startMillis } from './sealed-request.js';

const root = Uint8Array.from({ length: 32 }, (_, index) => 0x61 + ((index * 7) % 23));
const secret = `base64:${Buffer.from(root).toString('base64')}`;
const remoteRoot = Uint8Array.from(root, (byte) => byte ^ 0x15);
const token = 'hvs.CAESIHygieneHygieneHygiene';
const accessKey = 'hygiene-secret-access-key';
const random = new Uint8Array(12).fill(4);
const realm = 'acme/production';

/** Everything that a program can write of a value without reaching into it. */
function shownForms(value: unknown): string {
  const forms = [
    inspect(value, { showHidden: true, depth: 12, getters: true }),
    inspect(value, { customInspect: false, depth: 12 }),
    JSON.stringify(value),
    String(value),
    format('%s %o %O %j', value, value, value, value),
    inspect(structuredCloned(value), { depth: 12 }),
  ];
  if (value instanceof Error) forms.push(value.message, String(value.stack), inspect(value.cause));
  return forms.join('\n');
}

function structuredCloned(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    return undefined;
  }
}

function thrown(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

/** The secrets of the run: the roots, what stands for the remote one in a stream, and what a stream key comes to. */
function secretsOf(message: Uint8Array): Uint8Array[] {
  const streamSecret = createHmac('sha256', remoteRoot).update(message).digest();
  const derived = [root, streamSecret].flatMap((ikm) =>
    ['k-local', 'k-remote', 'any'].map((id) => {
      const parts = ['spanseal/stream/v1', 'hs256', id, realm].map((part) => Buffer.from(part));
      const size = (value: number) => Buffer.from(Uint8Array.of(0, 0, 0, value));
      const info = Buffer.concat([size(4), ...parts.flatMap((part) => [size(part.length), part])]);
      const stream = Buffer.alloc(16, 4);
      stream.writeUInt32BE(startMillis / 1000);
      return new Uint8Array(hkdfSync('sha256', ikm, stream, info, 32));
    }),
  );
  const spanKeys = derived.map((key) => {
    let node: Uint8Array = key;
    for (let level = 0; level < 20; level++)
      node = createHmac('sha256', node).update('spanseal/left/v1').digest();
    return createHmac('sha256', node).update('spanseal/span-key/v1').digest();
  });
  return [root, remoteRoot, streamSecret, ...derived, ...spanKeys];
}

async function objectsAndErrors(path: string) {
  const source = memorySource(remoteRoot);
  const client = { send: () => Promise.reject(Object.assign(new Error(accessKey), { accessKey })) };
  const kms = awsKmsSource({ keyId: '1234', client });
  const failingFetch = () => Promise.reject(new TypeError(token, { cause: new Error(token) }));
  const vault = vaultSource({
    address: 'https://vault.test',
    token,
    key: 'k',
    keyVersion: 1,
    maxAttempts: 1,
    fetch: failingFetch,
  });
  const local = createKeyRing({ realm, primary: { id: 'k-local', secret } });
  const remote = createKeyRing({
    realm,
    primary: {
      id: 'k-remote',
      source: { mac: (message) => source.mac(message, { signal: AbortSignal.abort() }) },
    },
    verifyOnly: [{ id: 'k-kms', source: kms }],
    revoked: [{ id: 'k-vault', source: vault }],
  });
  writeFileSync(path, JSON.stringify({ realm, primary: { id: 'k-file', secret } }));
  const file = keyRingFromFile(path);
  file.close();
  const sealers = [
    createSpanSealer({ keyRing: local, startMillis, random }),
    await openSpanSealer({ keyRing: remote, startMillis, random }),
  ];
  const requests = sealers.map((sealer) => sealedRequest([sampleSpan()], sealer));
  const outcome = await fetchStreamKeys(remote, requests);
  const verifiers = [local, remote].map((keyRing) => createVerifier({ keyRing }));
  for (const verifier of verifiers) for (const request of requests) verifier.add(protobuf(request));
  const failing = [kms, vault, { mac: () => Promise.reject(new Error(token)) }].map((each) =>
    openSpanSealer({
      keyRing: createKeyRing({ primary: { id: 'k', source: each } }),
      startMillis,
      random,
    }).catch((error: unknown) => error),
  );
  writeFileSync(path, `{"primary":{"id":"k","secret":${secret}}}`);
  const errors = [
    ...(await Promise.all(failing)),
    thrown(() => createKeyRing({ primary: { id: secret, secret: `${secret}=` } })),
    thrown(() => createKeyRing({ primary: { id: 'k', secret, [secret]: secret } } as never)),
    thrown(() => createKeyRing(secret as never)),
    thrown(() => createSpanSealer({ keyRing: secret as never, startMillis, random: root })),
    thrown(() => createVerifier({ keyRing: root as never, [secret]: 1 } as never)),
    thrown(() => keyRingFromFile(path)),
    thrown(() => awsKmsSource({ keyId: `${secret} `, [secret]: 1 } as never)),
    thrown(() =>
      vaultSource({ address: `http://${token}@vault.test`, token: `${token}\n`, key: token } as never),
    ),
  ];
  const anyId = createAnyIdKeyRing({ secret, realm });
  const objects = [local, remote, file, anyId, kms, vault, ...sealers, ...verifiers, outcome];
  const reports = verifiers.map((verifier) => verifier.finish());
  return { objects, errors, reports, message: source.messages[0] ?? new Uint8Array() };
}

test('no object and no error of this package shows a byte of a key, a token, or what is derived from them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'spanseal-hygiene-'));
  try {
    const { objects, errors, reports, message } = await objectsAndErrors(join(folder, 'keys.json'));
    expect(reports.map(({ spans }) => spans.valid)).toEqual([1, 1]);
    const forms = secretsOf(message).flatMap(spellings);
    for (const value of [...objects, ...errors, ...reports]) {
      const shown = shownForms(value);
      for (const form of [...forms, secret.slice(7, 23), token.slice(4), accessKey]) {
        expect(shown).not.toContain(form);
      }
    }
    expect(errors.map((error) => typeof Reflect.get(error as object, 'code'))).toEqual(
      errors.map(() => 'string'),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the search finds a key that is shown', () => {
  const shown = [root, Buffer.from(root), { secret: root }, new Error(Buffer.from(root).toString('hex'))].map(
    shownForms,
  );
  for (const text of shown) expect(spellings(root).some((form) => text.includes(form))).toBe(true);
});
