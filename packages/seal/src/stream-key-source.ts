import { frame } from './frame.js';
import type { RemoteKey } from './key-ring.js';
import { kindOf, SealError, type SealErrorCode } from './seal-error.js';
import { expectedTimerMillis, isTimerMillis } from './timer-millis.js';

/** A place that computes HMACs under a root secret that never leaves it: a key service, an HSM, a function of your own. */
export interface StreamKeySource {
  /**
   * HMAC-SHA-256 of the message under the root secret: 32 bytes. It is called once for each stream, never for a span. The
   * array is taken over: it is overwritten after use.
   *
   * @param options.signal aborts when the caller no longer waits.
   */
  mac(message: Uint8Array, options: { readonly signal: AbortSignal }): Promise<Uint8Array>;
}

/** How long a caller waits for a source. */
export interface SourcePatience {
  /** For one stream, retries included, in milliseconds: 1 to 2,147,483,647. Default: 10,000. */
  timeoutMillis?: number | undefined;
}

/** Bytes of a stream secret: the output of HMAC-SHA-256. */
const secretLength = 32;
const defaultTimeoutMillis = 10_000;

/** What a `timeoutMillis` must be, for messages. */
export const expectedPatience: string = expectedTimerMillis(1);

export function isPatience(value: unknown): value is number {
  return isTimerMillis(value, 1);
}

export function isStreamKeySource(value: unknown): value is StreamKeySource {
  return typeof value === 'object' && value !== null && 'mac' in value && typeof value.mac === 'function';
}

/** What a source puts its MAC on. No two streams, realms, keys or algorithms have the same bytes. */
function streamSecretMessage(key: RemoteKey, realm: string, stream: Uint8Array): Uint8Array {
  return frame(['spanseal/stream-secret/v1', key.algorithm.name, key.id, realm, stream]);
}

/**
 * The secret of one stream, which stands where a local key has its root secret.
 *
 * @throws SealError `ERR_SPANSEAL_STREAM_KEY_TIMEOUT`, `…_REFUSED`, `…_UNAVAILABLE`, `…_ANSWER`. Whatever a source throws
 * becomes one of these: what it says could hold a token.
 */
export async function fetchStreamSecret(
  key: RemoteKey,
  place: { readonly realm: string; readonly stream: Uint8Array },
  patience: SourcePatience = {},
): Promise<Uint8Array> {
  const message = streamSecretMessage(key, place.realm, place.stream);
  const answer: unknown = await inTime(patience.timeoutMillis ?? defaultTimeoutMillis, (signal) =>
    key.source.mac(message, { signal }),
  );
  if (answer instanceof Uint8Array && answer.length === secretLength) return answer;
  const got = answer instanceof Uint8Array ? `${answer.length} bytes` : kindOf(answer);
  throw streamKeyError('ANSWER', { expected: `a MAC of ${secretLength} bytes`, got });
}

/** An error about a source, by the last word of its code. */
export function streamKeyError(
  reason: 'TIMEOUT' | 'REFUSED' | 'UNAVAILABLE' | 'ANSWER',
  what: { readonly path?: string; readonly expected: string; readonly got: string },
): SealError {
  const code: SealErrorCode = `ERR_SPANSEAL_STREAM_KEY_${reason}`;
  return new SealError(code, [{ path: 'source', ...what }]);
}

/** A source that ignores its signal, or never settles, must not hold its caller. */
async function inTime<Value>(
  timeoutMillis: number,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const abort = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(streamKeyError('TIMEOUT', { expected: `an answer within ${timeoutMillis} ms`, got: 'none' }));
      abort.abort();
    }, timeoutMillis);
  });
  try {
    return await Promise.race([work(abort.signal), late]);
  } catch (error) {
    if (error instanceof SealError) throw error;
    throw streamKeyError('UNAVAILABLE', { expected: 'a MAC', got: 'an error of the source' });
  } finally {
    clearTimeout(timer);
  }
}
