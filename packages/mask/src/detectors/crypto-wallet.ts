import { createHash } from 'node:crypto';
import { TRAIT_TOKEN } from '../text-traits.js';
import { characterSet, endOfRun, endsWord, HEX_DIGITS, startsWord } from './character-set.js';
import type { ValueDetector } from './value-detector.js';

const BASE58_ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const BECH32_ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const BASE58 = characterSet('1-9A-HJ-NP-Za-km-z');
const BECH32 = characterSet('a-z0-9');
const SHORTEST = 26;
const LONGEST = 35;
const LONGEST_BECH32 = 90; // BIP 173
/** Checksums that are computed in one text; from then on the form alone decides. */
const MOST_CHECKSUMS = 64;

/**
 * Addresses of Bitcoin (base58 with its checksum, bech32 and bech32m of BIP 173 and 350) and Ethereum (`0x` and forty hex
 * digits). Opt-in.
 */
export const cryptoWalletDetector: ValueDetector = {
  name: 'crypto-wallet',
  needs: TRAIT_TOKEN,
  find(text, report) {
    let checksums = 0;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if ((code !== 0x31 && code !== 0x33 && code !== 0x62 && code !== 0x30) || !startsWord(text, at))
        continue;
      const candidate = candidateEnd(text, at);
      if (candidate === at) continue;
      checksums += 1;
      if (checksums > MOST_CHECKSUMS || checksOut(text.slice(at, candidate))) report(at, candidate);
      at = candidate - 1;
    }
  },
};

/** The end of what has the form of an address; `at` when nothing has. */
function candidateEnd(text: string, at: number): number {
  if (text.startsWith('0x', at)) {
    const end = endOfRun(text, at + 2, HEX_DIGITS);
    return end - at === 42 && endsWord(text, end) ? end : at;
  }
  if (text.startsWith('bc1', at)) {
    const end = endOfRun(text, at, BECH32);
    return end - at >= 14 && end - at <= LONGEST_BECH32 && endsWord(text, end) ? end : at;
  }
  if (text[at] === 'b' || text[at] === '0') return at;
  const end = endOfRun(text, at, BASE58);
  return end - at >= SHORTEST && end - at <= LONGEST && endsWord(text, end) ? end : at;
}

function checksOut(address: string): boolean {
  if (address.startsWith('0x')) return true;
  return address.startsWith('bc1') ? checksOutBech32(address) : checksOutBase58(address);
}

function checksOutBase58(address: string): boolean {
  let value = 0n;
  for (const character of address) value = value * 58n + BigInt(BASE58_ALPHABET.indexOf(character));
  const hex = value.toString(16).padStart(50, '0');
  if (hex.length !== 50) return false;
  const bytes = Buffer.from(hex, 'hex');
  const once = createHash('sha256').update(bytes.subarray(0, 21)).digest();
  return createHash('sha256').update(once).digest().subarray(0, 4).equals(bytes.subarray(21));
}

const GENERATORS = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3] as const;
const BECH32_CHECK = 1;
const BECH32M_CHECK = 0x2bc830a3;

function checksOutBech32(address: string): boolean {
  // "bc" expanded, as BIP 173 says: the high bits, a zero, the low bits.
  let check = 1;
  for (const value of [3, 3, 0, 2, 3]) check = polymod(check, value);
  for (const character of address.slice(3)) {
    const value = BECH32_ALPHABET.indexOf(character);
    if (value < 0) return false;
    check = polymod(check, value);
  }
  return check === BECH32_CHECK || check === BECH32M_CHECK;
}

function polymod(check: number, value: number): number {
  const top = check >>> 25;
  let next = ((check & 0x1ffffff) << 5) ^ value;
  for (const [bit, generator] of GENERATORS.entries()) if (((top >>> bit) & 1) === 1) next ^= generator;
  return next;
}
