import { checkpointAttributeKey, sealAttributeKey, type TraceRequest } from '@spanseal/otlp';
import { parseCheckpoint } from './checkpoint-text.js';
import { encodeBytes } from './consonants.js';
import { isKeyRing, type KeyRing, keysOf, type RemoteKey, type RingKey } from './key-ring.js';
import { kindOf, SealError, type SealErrorCode, unknownOptions } from './seal-error.js';
import { parseSeal } from './seal-text.js';
import { expectedPatience, fetchStreamSecret, isPatience, type SourcePatience } from './stream-key-source.js';
import { decode } from './verifier.js';

export interface FetchOptions extends SourcePatience {
  /** Streams to call for at most, in this call, or by this fetcher: seals are attacker-controlled, and each can name another. Default: 1,000. */
  maxStreams?: number;
}

/** A stream whose key could not be fetched. */
export interface StreamKeyFailure {
  readonly keyId: string;
  readonly stream: string;
  readonly code: SealErrorCode;
  /** A sentence that holds no key and no token. */
  readonly message: string;
}

export interface FetchOutcome {
  /** Streams whose key was fetched now. Those fetched before, and those of keys with a secret, need none. */
  readonly fetched: number;
  readonly failures: readonly StreamKeyFailure[];
  /** Streams past `maxStreams`. */
  readonly skipped: number;
}

/** Calls to sources at one time. */
const parallelCalls = 4;
/** Failures of one key's source, with no success between, after which it is not called again: each can take `timeoutMillis`. */
const maxFailuresInRow = 3;
const defaultMaxStreams = 1000;

interface WantedStream {
  readonly key: RemoteKey;
  readonly stream: Uint8Array;
}

/** Streams that a fetcher remembers at most: who forges seals chooses how many there are. What comes then is not called for. */
const mostStreams = 100_000;

/**
 * Fetches the keys of the streams that these requests name, where the ring has a remote key for them, and keeps them on the
 * ring, so that a verifier with this ring can check them: `await` it before `verifier.add()`. One call to the source for
 * each new stream. Spans of a stream that was not fetched are `unknown-key`.
 *
 * It never rejects for what a request holds, nor for a source that fails: that is in the outcome.
 *
 * @throws SealError `ERR_SPANSEAL_VERIFIER` for a value that is no key ring, and for an unknown option.
 */
export async function fetchStreamKeys(
  keyRing: KeyRing,
  requests: Iterable<Uint8Array | string | object>,
  options: FetchOptions = {},
): Promise<FetchOutcome> {
  const fetcher = createStreamKeyFetcher(keyRing, options);
  await fetcher.fetch(requests);
  return fetcher.outcome();
}

/** Fetches for requests that come one after the other, as out of a long file. */
export interface StreamKeyFetcher {
  /** As `fetchStreamKeys()`, but for streams that were called for before, in vain or not. Without a remote key on the ring it looks at nothing. */
  fetch(requests: Iterable<Uint8Array | string | object>): Promise<void>;
  /** Of all requests so far, to which `maxStreams` applies as well. */
  outcome(): FetchOutcome;
}

/** @throws SealError `ERR_SPANSEAL_VERIFIER` for a value that is no key ring, and for an unknown option. */
export function createStreamKeyFetcher(keyRing: KeyRing, options: FetchOptions = {}): StreamKeyFetcher {
  if (!isKeyRing(keyRing)) {
    const fault = { path: 'keyRing', expected: 'a key ring of createKeyRing()', got: kindOf(keyRing) };
    throw new SealError('ERR_SPANSEAL_VERIFIER', [fault]);
  }
  const faults = unknownOptions(options, ['timeoutMillis', 'maxStreams']);
  const { timeoutMillis, maxStreams } = options ?? {};
  if (timeoutMillis !== undefined && !isPatience(timeoutMillis)) {
    faults.push({ path: 'timeoutMillis', expected: expectedPatience, got: kindOf(timeoutMillis) });
  }
  if (maxStreams !== undefined && !(Number.isSafeInteger(maxStreams) && maxStreams >= 0)) {
    faults.push({ path: 'maxStreams', expected: 'a whole number of streams', got: kindOf(maxStreams) });
  }
  if (faults.length > 0) throw new SealError('ERR_SPANSEAL_VERIFIER', faults);
  return new SourceCalls(keyRing, options);
}

class SourceCalls implements StreamKeyFetcher {
  readonly #ring: KeyRing;
  readonly #timeoutMillis: number | undefined;
  readonly #maxStreams: number;
  readonly #failures: StreamKeyFailure[] = [];
  /** Streams that were called for, or skipped: by key and stream. */
  readonly #seen = new Set<string>();
  #called = 0;
  #skipped = 0;
  /** By key id: the failures since the last success. */
  readonly #inRow = new Map<string, SealError[]>();

  constructor(ring: KeyRing, { timeoutMillis, maxStreams = defaultMaxStreams }: FetchOptions) {
    this.#ring = ring;
    this.#timeoutMillis = timeoutMillis;
    this.#maxStreams = maxStreams;
  }

  async fetch(requests: Iterable<Uint8Array | string | object>): Promise<void> {
    const { find } = keysOf(this.#ring);
    // A ring that changes with its file is asked each time.
    if (!this.#ring.keyIds.some((id) => isRemote(find(id)))) return;
    const wanted = [...this.#wantedStreams(requests)];
    const queue = wanted.slice(0, Math.max(0, this.#maxStreams - this.#called));
    this.#called += queue.length;
    this.#skipped += wanted.length - queue.length;
    const work = async (): Promise<void> => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) await this.#call(next);
    };
    await Promise.all(Array.from({ length: parallelCalls }, work));
  }

  outcome(): FetchOutcome {
    const failures = [...this.#failures];
    return { fetched: this.#called - failures.length, failures, skipped: this.#skipped };
  }

  async #call({ key, stream }: WantedStream): Promise<void> {
    const inRow = this.#inRow.get(key.id) ?? [];
    this.#inRow.set(key.id, inRow);
    const place = { realm: this.#ring.realm, stream };
    try {
      const [given] = inRow.length >= maxFailuresInRow ? inRow : [];
      if (given !== undefined) throw given;
      const secret = await fetchStreamSecret(key, place, { timeoutMillis: this.#timeoutMillis });
      const { id, algorithm, revokedFrom } = key;
      keysOf(this.#ring).fetched.set(stream, { id, algorithm, revokedFrom, secret });
      inRow.length = 0;
    } catch (error) {
      if (!(error instanceof SealError)) throw error;
      inRow.push(error);
      const { code, message } = error;
      this.#failures.push({ keyId: key.id, stream: encodeBytes(stream), code, message });
    }
  }

  /** Each stream once that has a remote key, was not fetched yet, and was not called for. */
  *#wantedStreams(requests: Iterable<Uint8Array | string | object>): Generator<WantedStream> {
    const { find, fetched } = keysOf(this.#ring);
    for (const request of requests) {
      for (const { keyId, stream } of sealedStreams(request)) {
        const key = find(keyId);
        if (!isRemote(key) || fetched.get(keyId, stream)) continue;
        const name = `${keyId}~${encodeBytes(stream)}`;
        if (this.#seen.has(name) || this.#seen.size >= mostStreams) continue;
        this.#seen.add(name);
        yield { key, stream };
      }
    }
  }
}

function isRemote(key: RingKey | RemoteKey | undefined): key is RemoteKey {
  return key !== undefined && 'source' in key;
}

/** What names a stream: the seal of a span, and a checkpoint, also where no span of its stream is left. */
const parsers: ReadonlyMap<string, typeof parseSeal | typeof parseCheckpoint> = new Map<
  string,
  typeof parseSeal | typeof parseCheckpoint
>([
  [sealAttributeKey, parseSeal],
  [checkpointAttributeKey, parseCheckpoint],
]);

function* sealedStreams(
  request: Uint8Array | string | object,
): Generator<{ keyId: string; stream: Uint8Array }> {
  let decoded: TraceRequest;
  try {
    decoded = decode(request);
  } catch {
    // The verifier says so, as a finding.
    return;
  }
  const scopes = decoded.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans);
  for (const { attributes = [] } of scopes.flatMap(({ spans }) => spans)) {
    for (const { key, value } of attributes) {
      const parse = parsers.get(key);
      const parts = parse?.(value?.stringValue ?? '') ?? 'malformed';
      if (typeof parts !== 'string') yield parts;
    }
  }
}
