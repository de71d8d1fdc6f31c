import { TRAIT_TOKEN } from '../text-traits.js';
import { checksOutBase58 } from './base58-check.js';
import { checksOutBech32 } from './bech32.js';
import { characterSet, endOfRun, endsWord, HEX_DIGITS, isMemberAt, startsWord } from './character-set.js';
import type { ValueDetector } from './value-detector.js';

const BASE58 = characterSet('1-9A-HJ-NP-Za-km-z');
const LOWER = characterSet('a-z0-9');
const UPPER = characterSet('A-Z0-9');
/** The prefixes of Bitcoin, its test net, Litecoin and Cosmos in bech32, in small letters. */
export const BECH32_PREFIXES: readonly string[] = ['bc1', 'tb1', 'ltc1', 'cosmos1'];
/** How an address can begin: in base58 by its version, with `0x`, or with the prefix of bech32. */
const STARTS = characterSet('0-359A-DK-MTXb-cl-ntx');
const FIRST_OF_LETTERS = 0x41;
const LONGEST_BECH32 = 90; // BIP 173
/** Checksums that are computed in one text; from then on the form alone decides. */
const MOST_CHECKSUMS = 64;

/**
 * Addresses in base58 with its checksum (Bitcoin, Litecoin, Dogecoin, Dash, Tron, Zcash), in bech32 and bech32m of BIP 173 and 350
 * (Bitcoin, Litecoin, Cosmos), and of Ethereum (`0x` and forty hex digits); private and extended keys of Bitcoin. Opt-in.
 */
export const cryptoWalletDetector: ValueDetector = {
  name: 'crypto-wallet',
  needs: TRAIT_TOKEN,
  find(text, report) {
    let checksums = 0;
    for (let at = 0; at < text.length; at += 1) {
      if (STARTS[text.charCodeAt(at)] !== 1 || !startsWord(text, at)) continue;
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
  const end = endOfRun(text, at, BASE58);
  if (isBase58Length(end - at) && endsWord(text, end) && isRandom(text, at, end)) return end;
  return bech32End(text, at);
}

/** Of an address, a private key in one of two forms, and an extended key. */
function isBase58Length(length: number): boolean {
  return (length >= 26 && length <= 35) || length === 51 || length === 52 || length === 111;
}

/** What begins with a digit is no word; of an address that begins with a letter, one in two hundred has no digit. */
function isRandom(text: string, start: number, end: number): boolean {
  return text.charCodeAt(start) < FIRST_OF_LETTERS || /\d.*[a-z]|[a-z].*\d/.test(text.slice(start, end));
}

function bech32End(text: string, at: number): number {
  const set = isMemberAt(text, at, LOWER) ? LOWER : UPPER;
  const beginning = text.slice(at, at + 7).toLowerCase();
  if (!BECH32_PREFIXES.some((prefix) => beginning.startsWith(prefix))) return at;
  const end = endOfRun(text, at, set);
  return end - at >= 14 && end - at <= LONGEST_BECH32 && endsWord(text, end) ? end : at;
}

function checksOut(address: string): boolean {
  if (address.startsWith('0x')) return true;
  const separator = address.lastIndexOf('1');
  const isBech32 = BECH32_PREFIXES.includes(address.slice(0, separator + 1).toLowerCase());
  return (isBech32 && checksOutBech32(address)) || checksOutBase58(address);
}
