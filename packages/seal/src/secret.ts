import { randomBytes } from 'node:crypto';

/** Shortest root secret, in bytes (RFC 2104 §3: at least the hash's output; C2SP SequenceMAC refuses less). */
const minimumSecretBytes = 32;
const maximumSecretBytes = 1024;

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const hex = /^(?:[0-9A-Fa-f]{2})*$/;

/** What a secret must look like, for messages. */
export const expectedSecret: string = `"base64:…" or "hex:…" of ${minimumSecretBytes} to ${maximumSecretBytes} bytes (spanseal keygen makes one)`;

/** The bytes of a secret, or why it cannot be used. The encoding is named in the text and never guessed. */
export function parseSecret(text: string): Uint8Array | { got: string } {
  if (text === '') return { got: 'an empty text' };
  const bytes = decode(text);
  if ('got' in bytes) return bytes;
  if (bytes.length < minimumSecretBytes || bytes.length > maximumSecretBytes)
    return { got: `${bytes.length} bytes` };
  return bytes;
}

function decode(text: string): Uint8Array | { got: string } {
  // Two characters carry at least one byte: longer texts cannot be a secret, and are not scanned.
  if (text.length > 2 * maximumSecretBytes + 16) return { got: 'a longer text' };
  if (text.startsWith('base64:')) {
    const body = text.slice('base64:'.length);
    return base64.test(body)
      ? unpooled(Buffer.from(body, 'base64'))
      : { got: 'a text that is no base64, with its padding, behind base64:' };
  }
  if (text.startsWith('hex:')) {
    const body = text.slice('hex:'.length);
    return hex.test(body)
      ? unpooled(Buffer.from(body, 'hex'))
      : { got: 'a text that is no pairs of hexadecimal digits behind hex:' };
  }
  return { got: 'a text that begins with neither' };
}

/** Bytes of their own: a small Buffer is a window on a pool that other code can read. */
function unpooled(pooled: Buffer): Uint8Array {
  const own = Uint8Array.from(pooled);
  pooled.fill(0);
  return own;
}

/** A new root secret: 32 random bytes, as `base64:…`. */
export function generateSecret(): string {
  return `base64:${randomBytes(minimumSecretBytes).toString('base64')}`;
}
