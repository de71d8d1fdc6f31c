import { createHmac, hkdfSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { TraceRequest } from '@spanseal/otlp';
import { checkpointAttributeKey } from '@spanseal/otlp';
import fc from 'fast-check';
import {
  checkpointSpanName,
  createKeyRing,
  createSpanSealer,
  createStreamKeyFetcher,
  createVerifier,
  fetchStreamKeys,
  type KeyRing,
  openSpanSealer,
  type Report,
  SealError,
  type StreamKeySource,
  signsRemotely,
} from '../src/index.js';
import { memorySource } from './memory-source.js';
import { protobuf, sampleSpan, sealedRequest, secret, startMillis } from './sealed-request.js';
import { rejectionOf } from './sealing-error.js';

const root = new Uint8Array(32).fill(7);
const random = new Uint8Array(12).fill(9);

function remoteRing(source: StreamKeySource = memorySource(root), realm = 'acme/production'): KeyRing {
  return createKeyRing({ realm, primary: { id: 'remote', source } });
}

async function sealedRemotely(keyRing: KeyRing, count = 3, bytes = random): Promise<TraceRequest> {
  const sealer = await openSpanSealer({ keyRing, startMillis, random: bytes });
  return sealedRequest(
    Array.from({ length: count }, (_, number) => sampleSpan(number)),
    sealer,
  );
}

function verify(keyRing: KeyRing, ...requests: TraceRequest[]): Report {
  const verifier = createVerifier({ keyRing });
  for (const request of requests) verifier.add(protobuf(request));
  return verifier.finish();
}

async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof SealError ? error.code : undefined;
}

describe('a key whose root secret is elsewhere', () => {
  test('seals with one call for the stream, and verifies with one call for the stream', async () => {
    const [signing, verifying] = [memorySource(root), memorySource(root)];
    const request = await sealedRemotely(remoteRing(signing), 50);
    expect(signing.messages).toHaveLength(1);
    const ring = remoteRing(verifying);
    expect(await fetchStreamKeys(ring, [protobuf(request)])).toEqual({
      fetched: 1,
      failures: [],
      skipped: 0,
    });
    expect(await fetchStreamKeys(ring, [protobuf(request), request])).toMatchObject({ fetched: 0 });
    expect(verifying.messages).toEqual(signing.messages);
    expect(verify(ring, request)).toMatchObject({ result: 'intact', spans: { total: 50, valid: 50 } });
  });

  test('has the stream key that the protocol says', async () => {
    const source = memorySource(root);
    const request = await sealedRemotely(remoteRing(source), 1);
    const part = (text: string | Uint8Array): Buffer => {
      const bytes = Buffer.from(text);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return Buffer.concat([length, bytes]);
    };
    const stream = Buffer.alloc(16, 9);
    stream.writeUInt32BE(startMillis / 1000);
    const frameOf = (...parts: (string | Uint8Array)[]) =>
      Buffer.concat([Buffer.from([0, 0, 0, parts.length]), ...parts.map(part)]);
    const message = frameOf('spanseal/stream-secret/v1', 'hs256', 'remote', 'acme/production', stream);
    expect(Buffer.from(source.messages[0] ?? [])).toEqual(message);
    // From there on it is a local key with that secret: a ring with the secret itself verifies the stream.
    const streamSecret = createHmac('sha256', root).update(message).digest();
    const local = createKeyRing({
      realm: 'acme/production',
      primary: { id: 'remote', secret: `base64:${streamSecret.toString('base64')}` },
    });
    expect(verify(local, request)).toMatchObject({ result: 'intact', spans: { valid: 1 } });
    const info = frameOf('spanseal/stream/v1', 'hs256', 'remote', 'acme/production');
    expect(Buffer.from(hkdfSync('sha256', streamSecret, stream, info, 32)).toString('hex')).toBe(
      'd6cb7e0fb10e40aba54c3a54f05c8437a4f4e58982b458c737d01e1693beb993',
    );
  });

  test('gives every stream another key', async () => {
    const source = memorySource(root);
    const ring = remoteRing(source);
    await sealedRemotely(ring, 1, new Uint8Array(12).fill(1));
    await sealedRemotely(ring, 1, new Uint8Array(12).fill(2));
    expect(new Set(source.messages.map(String)).size).toBe(2);
  });

  test('is an unknown key, and not an invalid seal, while the stream was not fetched', async () => {
    const request = await sealedRemotely(remoteRing());
    expect(verify(remoteRing(), request)).toMatchObject({
      result: 'incomplete',
      spans: { total: 3, 'unknown-key': 3 },
    });
  });

  test.each<[string, KeyRing]>([
    ['in another realm', remoteRing(memorySource(root), 'acme/staging')],
    ['under another root secret', remoteRing(memorySource(new Uint8Array(32).fill(8)))],
  ])('does not verify %s', async (_, ring) => {
    const request = await sealedRemotely(remoteRing());
    await fetchStreamKeys(ring, [request]);
    expect(verify(ring, request)).toMatchObject({ result: 'tampered', spans: { valid: 0 } });
  });

  test('finds a change in a span', async () => {
    const ring = remoteRing();
    const request = await sealedRemotely(ring);
    await fetchStreamKeys(ring, [request]);
    const changed = structuredClone(request);
    const span = changed.resourceSpans[0]?.scopeSpans[0]?.spans[1];
    if (span !== undefined) span.name = 'GET /other';
    expect(verify(ring, changed)).toMatchObject({ result: 'tampered', spans: { valid: 2, changed: 1 } });
  });

  test('can be beside keys with a secret, verify only, and be revoked', async () => {
    const request = await sealedRemotely(remoteRing());
    const source = memorySource(root);
    const realm = 'acme/production';
    const after = createKeyRing({
      realm,
      primary: { id: 'k', secret },
      verifyOnly: [{ id: 'remote', source }],
    });
    expect(signsRemotely(after)).toBe(false);
    await fetchStreamKeys(after, [request]);
    expect(verify(after, request).result).toBe('intact');
    const revoked = createKeyRing({
      realm,
      primary: { id: 'k', secret },
      revoked: [{ id: 'remote', source }],
    });
    await fetchStreamKeys(revoked, [request]);
    expect(verify(revoked, request).spans).toMatchObject({ 'revoked-key': 3 });
  });

  test('is opened, not created', async () => {
    const ring = remoteRing();
    expect(signsRemotely(ring)).toBe(true);
    expect(() => createSpanSealer({ keyRing: ring, startMillis, random })).toThrow(
      expect.objectContaining({ code: 'ERR_SPANSEAL_SEALER' }) as never,
    );
    const local = createKeyRing({ primary: { id: 'k', secret } });
    expect((await openSpanSealer({ keyRing: local, startMillis, random })).stream).toHaveLength(26);
    expect(await codeOf(openSpanSealer({ keyRing: ring, startMillis: -1, random }))).toBe(
      'ERR_SPANSEAL_SEALER',
    );
  });

  test.each<[string, object, string]>([
    ['both a secret and a source', { id: 'k', secret, source: memorySource(root) }, 'primary.source'],
    ['a source without mac()', { id: 'k', source: {} }, 'primary.source'],
    ['a source that is a function', { id: 'k', source: () => undefined }, 'primary.source'],
    ['neither', { id: 'k' }, 'primary.secret'],
  ])('a ring refuses %s', (_, primary, path) => {
    expect(() => createKeyRing({ primary: primary as never })).toThrow(
      expect.objectContaining({
        code: 'ERR_SPANSEAL_KEY_RING',
        faults: [expect.objectContaining({ path })],
      }) as never,
    );
  });
});

describe('a sealer that was closed', () => {
  test('seals nothing more, and says so with a code', async () => {
    const sealer = await openSpanSealer({ keyRing: remoteRing(), startMillis, random });
    sealer.close();
    expect(() => sealedRequest([sampleSpan()], sealer)).toThrow(
      expect.objectContaining({ code: 'ERR_SPANSEAL_SEALER' }) as never,
    );
  });
});

describe('a source that fails', () => {
  const leaky = 'hvs.CAESIJ-a-token-that-must-not-leak';

  test('is reported as unavailable when it throws, without a word of what it threw', async () => {
    const ring = remoteRing({ mac: () => Promise.reject(new Error(leaky, { cause: leaky })) });
    const failure = await openSpanSealer({ keyRing: ring, startMillis, random }).catch((error) => error);
    expect(failure).toMatchObject({ code: 'ERR_SPANSEAL_STREAM_KEY_UNAVAILABLE' });
    expect(JSON.stringify([failure, failure.message, failure.stack, failure.cause])).not.toContain('hvs');
    const throwing = remoteRing({
      mac: () => {
        throw leaky;
      },
    });
    expect(await codeOf(openSpanSealer({ keyRing: throwing, startMillis, random }))).toBe(
      'ERR_SPANSEAL_STREAM_KEY_UNAVAILABLE',
    );
  });

  test('is reported as late when it never answers, and is told to stop', async () => {
    let aborted = false;
    const ring = remoteRing({
      mac: (_, { signal }) => {
        signal.addEventListener('abort', () => {
          aborted = true;
        });
        return new Promise(() => undefined);
      },
    });
    expect(await codeOf(openSpanSealer({ keyRing: ring, startMillis, random, timeoutMillis: 20 }))).toBe(
      'ERR_SPANSEAL_STREAM_KEY_TIMEOUT',
    );
    expect(aborted).toBe(true);
  });

  test('has an answer only when that is 32 bytes, whatever else it gives', async () => {
    const wrong = fc.oneof(
      fc.anything().filter((value) => !(value instanceof Uint8Array && value.length === 32)),
      fc.uint8Array({ maxLength: 80 }).filter(({ length }) => length !== 32),
    );
    await fc.assert(
      fc.asyncProperty(wrong, async (answer) => {
        // A value with a then() of its own would be awaited, which is the language's doing.
        fc.pre(!(typeof answer === 'object' && answer !== null && 'then' in answer));
        const ring = remoteRing({ mac: async () => answer as never });
        expect(await codeOf(openSpanSealer({ keyRing: ring, startMillis, random }))).toBe(
          'ERR_SPANSEAL_STREAM_KEY_ANSWER',
        );
      }),
    );
  });

  test('leaves an outcome by stream, and spans that cannot be verified', async () => {
    const request = await sealedRemotely(remoteRing());
    const ring = remoteRing({ mac: () => Promise.reject(new Error(leaky)) });
    const outcome = await fetchStreamKeys(ring, [request]);
    expect(outcome).toMatchObject({
      fetched: 0,
      failures: [{ keyId: 'remote', code: 'ERR_SPANSEAL_STREAM_KEY_UNAVAILABLE' }],
    });
    expect(JSON.stringify(outcome)).not.toContain('hvs');
    expect(verify(ring, request)).toMatchObject({ result: 'incomplete', spans: { 'unknown-key': 3 } });
  });

  test('is not called for every stream once it failed a few times in a row', async () => {
    const requests = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        sealedRemotely(remoteRing(), 1, new Uint8Array(12).fill(index)),
      ),
    );
    let calls = 0;
    const ring = remoteRing({
      mac: async () => {
        calls += 1;
        throw new Error('down');
      },
    });
    const outcome = await fetchStreamKeys(ring, requests);
    expect(outcome.failures).toHaveLength(40);
    expect(calls).toBeLessThan(10);
  });
});

describe('fetching ahead', () => {
  test('knows a stream by a checkpoint alone', async () => {
    const keyRing = remoteRing();
    const sealer = await openSpanSealer({ keyRing, startMillis, random, checkpoints: true });
    sealedRequest([sampleSpan()], sealer);
    const [checkpoint] = sealer.checkpoint({ nowMillis: startMillis + 2000 });
    const attributes = [{ key: checkpointAttributeKey, value: { stringValue: checkpoint?.text ?? '' } }];
    const span = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), name: checkpointSpanName, attributes };
    const ring = remoteRing();
    const request = { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] };
    expect(await fetchStreamKeys(ring, [request])).toMatchObject({ fetched: 1 });
    const verifier = createVerifier({ keyRing: ring });
    verifier.add(request);
    expect(verifier.finish().streams).toMatchObject([{ stream: sealer.stream, missing: [[0, 0]] }]);
  });

  test('calls for no more streams than it is told, since a seal can be forged', async () => {
    const requests = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        sealedRemotely(remoteRing(), 1, new Uint8Array(12).fill(index)),
      ),
    );
    const source = memorySource(root);
    expect(await fetchStreamKeys(remoteRing(source), requests, { maxStreams: 5 })).toEqual({
      fetched: 5,
      failures: [],
      skipped: 7,
    });
    expect(source.messages).toHaveLength(5);
  });

  test('calls once for a stream that occurs in many requests, also when its source fails', async () => {
    const requests = await Promise.all(
      [1, 2, 3].map((index) => sealedRemotely(remoteRing(), 2, new Uint8Array(12).fill(index))),
    );
    const source = memorySource(root);
    let calls = 0;
    const ring = remoteRing({
      mac: async (message, options) => {
        calls += 1;
        if (calls === 2) throw new Error('busy');
        return source.mac(message, options);
      },
    });
    const fetcher = createStreamKeyFetcher(ring, { maxStreams: 2 });
    for (const request of [...requests, ...requests]) await fetcher.fetch([request]);
    expect(calls).toBe(2);
    expect(fetcher.outcome()).toMatchObject({
      fetched: 1,
      failures: [{ keyId: 'remote', code: 'ERR_SPANSEAL_STREAM_KEY_UNAVAILABLE' }],
      skipped: 1,
    });
    expect(verify(ring, ...requests).spans).toMatchObject({ valid: 2, 'unknown-key': 4 });
  });

  test('calls nothing for unknown keys, keys with a secret, and what is no request', async () => {
    const source = memorySource(root);
    const ring = createKeyRing({
      realm: 'acme/production',
      primary: { id: 'remote', secret },
      verifyOnly: [{ id: 'other', source }],
    });
    const request = await sealedRemotely(remoteRing());
    const nonsense = [new Uint8Array([255, 255]), '{', '[]', {}, request];
    expect(await fetchStreamKeys(ring, nonsense)).toEqual({ fetched: 0, failures: [], skipped: 0 });
    expect(source.messages).toEqual([]);
  });

  test('never rejects for what a request holds', async () => {
    const ring = remoteRing();
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array(), fc.string(), fc.object()), async (request) => {
        expect(await fetchStreamKeys(ring, [request])).toMatchObject({ fetched: 0, failures: [] });
      }),
    );
  });

  test.each<[string, unknown, string]>([
    ['options that are none', null, 'options'],
    ['an endless wait', { timeoutMillis: Number.POSITIVE_INFINITY }, 'timeoutMillis'],
    ['a wait longer than a timer takes', { timeoutMillis: 1e10 }, 'timeoutMillis'],
    ['a wait that is none', { timeoutMillis: 'base64:c2VjcmV0' }, 'timeoutMillis'],
    ['a number of streams that is none', { maxStreams: Number.NaN }, 'maxStreams'],
    ['half a stream', { maxStreams: 0.5 }, 'maxStreams'],
    ['fewer streams than none', { maxStreams: -1 }, 'maxStreams'],
  ])('refuses %s', async (_, options, path) => {
    const { code, faults, message } = await rejectionOf(fetchStreamKeys(remoteRing(), [], options as never));
    expect([code, faults.map((fault) => fault.path)]).toEqual(['ERR_SPANSEAL_VERIFIER', [path]]);
    expect(message).not.toContain('c2VjcmV0');
  });

  test('refuses what is no key ring, and an option that is misspelt', async () => {
    expect(await codeOf(fetchStreamKeys({} as never, []))).toBe('ERR_SPANSEAL_VERIFIER');
    const misspelt = { maxStream: 1 } as never;
    expect(await codeOf(fetchStreamKeys(remoteRing(), [], misspelt))).toBe('ERR_SPANSEAL_VERIFIER');
    const withFault = (path: string, expected: string, got: string) =>
      expect.objectContaining({ code: 'ERR_SPANSEAL_VERIFIER', faults: [{ path, expected, got }] }) as never;
    expect(() => createStreamKeyFetcher({} as never)).toThrow(
      withFault('keyRing', 'a key ring of createKeyRing()', 'an object'),
    );
    expect(() => createStreamKeyFetcher(remoteRing(), misspelt)).toThrow(
      withFault('maxStream', 'only timeoutMillis, maxStreams', 'an unknown option'),
    );
  });
});
