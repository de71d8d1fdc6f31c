import { primaryKey } from './key-ring.js';
import { newStream, type SpanSealer, type SpanSealerOptions, StreamSealer } from './span-sealer.js';
import { fetchStreamSecret, type SourcePatience } from './stream-key-source.js';

export interface OpenSpanSealerOptions extends SpanSealerOptions, SourcePatience {}

/**
 * A sealer for a new stream, as `createSpanSealer()`, also where the primary key is a remote one: its source is called
 * once, for this stream.
 *
 * @throws SealError `ERR_SPANSEAL_SEALER`; `ERR_SPANSEAL_STREAM_KEY_TIMEOUT`, `…_REFUSED`, `…_UNAVAILABLE`, `…_ANSWER`.
 */
export async function openSpanSealer(options: OpenSpanSealerOptions): Promise<SpanSealer> {
  const stream = newStream(options);
  const { keyRing, timeoutMillis } = options;
  const key = primaryKey(keyRing);
  if ('secret' in key) return new StreamSealer(keyRing, key, stream);
  const secret = await fetchStreamSecret(key, { realm: keyRing.realm, stream: stream.id }, { timeoutMillis });
  const { id, algorithm, revokedFrom } = key;
  const sealer = new StreamSealer(keyRing, { id, algorithm, revokedFrom, secret }, stream);
  // What is left is the ratchet, which only goes forwards.
  secret.fill(0);
  return sealer;
}
