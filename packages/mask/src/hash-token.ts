import { createHmac, timingSafeEqual } from 'node:crypto';

const TOKEN = /^hmac:([0-9a-f]{16})([0-9a-f]{8})$/;

/**
 * The token of the action `hash`: `hmac:` and 24 hex digits, the same for the same text and key (HMAC-SHA-256, truncated).
 * Its last 8 digits prove that this key made it, so a token is never hashed again.
 */
export function createHashToken(key: Uint8Array): (text: string) => string {
  const digits = (text: string, length: number): string =>
    createHmac('sha256', key).update(text).digest('hex').slice(0, length);
  return (text) => {
    const made = TOKEN.exec(text);
    if (made !== null) {
      const proof = Buffer.from(digits(`token:${made[1]}`, 8));
      if (timingSafeEqual(proof, Buffer.from(made[2] ?? ''.padEnd(8)))) return text;
    }
    const body = digits(`value:${text}`, 16);
    return `hmac:${body}${digits(`token:${body}`, 8)}`;
  };
}

/** The bytes of `base64:…` or `hex:…`, or undefined when the text is neither. */
export function readKeyText(text: string): Uint8Array | undefined {
  const hex = /^hex:((?:[0-9a-f]{2})+)$/i.exec(text)?.[1];
  if (hex !== undefined) return Buffer.from(hex, 'hex');
  const base64 = /^base64:([A-Za-z0-9+/_-]+={0,2})$/.exec(text)?.[1];
  return base64 === undefined ? undefined : Buffer.from(base64, 'base64');
}
