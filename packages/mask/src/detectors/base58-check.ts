import { createHash } from 'node:crypto';

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
/** Of the hash of an address, with its version and its check. In hex digits. */
const SHORTEST = 50;
/** Bytes of addresses with one version byte and two, of a private key, of one whose public key is compressed, and of an extended key. */
const SIZES: ReadonlySet<number> = new Set([25, 26, 37, 38, 82]);
const CHECK_BYTES = 4;

/** Whether the last four bytes of a word in base58 are those that check the others, as Bitcoin and what came of it write addresses. */
export function checksOutBase58(word: string): boolean {
  let value = 0n;
  for (const character of word) value = value * 58n + BigInt(ALPHABET.indexOf(character));
  const digits = value.toString(16);
  const bytes = Buffer.from(
    digits.padStart(Math.max(SHORTEST, digits.length + (digits.length & 1)), '0'),
    'hex',
  );
  if (!SIZES.has(bytes.length)) return false;
  const body = bytes.length - CHECK_BYTES;
  const once = createHash('sha256').update(bytes.subarray(0, body)).digest();
  return createHash('sha256').update(once).digest().subarray(0, CHECK_BYTES).equals(bytes.subarray(body));
}
