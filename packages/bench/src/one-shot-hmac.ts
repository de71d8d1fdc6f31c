import { createHmac, hash, randomBytes } from 'node:crypto';

/** Free bytes in front of a message: a block of SHA-256. */
export const hmacRoom = 64;

/**
 * HMAC-SHA-256 (RFC 2104) by two calls of node:crypto, as the sealer makes it: the key goes into the free bytes in front of the
 * message.
 *
 * @throws when it is not the HMAC of node:crypto.
 */
export function oneShotHmac(): (bytes: Buffer) => string {
  const key = randomBytes(32);
  const inner = Buffer.alloc(hmacRoom, 0x36);
  const outer = Buffer.alloc(hmacRoom + 32, 0x5c);
  for (const [at, byte] of key.entries()) {
    inner[at] = byte ^ 0x36;
    outer[at] = byte ^ 0x5c;
  }
  const mac = (bytes: Buffer): string => {
    bytes.set(inner);
    outer.write(hash('sha256', bytes, 'binary'), hmacRoom, 'latin1');
    return hash('sha256', outer, 'binary');
  };
  const message = randomBytes(200);
  const expected = createHmac('sha256', key).update(message.subarray(hmacRoom)).digest('binary');
  if (mac(message) !== expected) throw new Error('the one-shot HMAC is not that of node:crypto');
  return mac;
}
