import { TRAIT_ADDRESS } from '../text-traits.js';
import { characterSet, endOfRun, HEX_DIGITS, isMemberAt, LETTERS_AND_DIGITS } from './character-set.js';
import type { ValueDetector } from './value-detector.js';

const ADDRESS = characterSet('0-9A-Fa-f:-');
const LENGTH = 17;
/** Digits of a group that a dot ends. */
const GROUP = 4;
const GROUPS = 6;
/** No device's: all zeros, and the address that all devices listen to. */
const PLAIN = /^(?:00|ff)$/i;

/** Three groups of four, as routers write it; all digits are a version or a date. */
const DOTTED = /(?=[\d.]{0,13}[a-f])[\da-f]{4}\.[\da-f]{4}\.[\da-f]{4}(?![\da-z_]|\.[\da-f])/iy;
const DOTTED_LENGTH = 14;

/** Hardware addresses (IEEE 802, EUI-48): six pairs of hex digits with one and the same separator, or groups of four. Opt-in. */
export const macAddressDetector: ValueDetector = {
  name: 'mac-address',
  needs: TRAIT_ADDRESS,
  find(text, report) {
    for (let at = 0; at < text.length; ) {
      if (HEX_DIGITS[text.charCodeAt(at)] !== 1) {
        at += 1;
        continue;
      }
      const end = endOfRun(text, at, ADDRESS);
      if (end - at < LENGTH && end - at !== GROUP) {
        at = end;
        continue;
      }
      const free = !isWord(text, at - 1) && !isWord(text, end);
      // `00:1a:2b:3c:4d:5e: up`: one sign behind it belongs to what it stands in.
      const length = end - at - (isMemberAt(text, end - 1, HEX_DIGITS) ? 0 : 1);
      if (free && length === LENGTH && isAddress(text, at)) report(at, at + LENGTH);
      const isDotted = end - at === GROUP && text[end] === '.' && free && text[at - 1] !== '.';
      if (isDotted && isDottedAddress(text, at)) {
        report(at, at + DOTTED_LENGTH);
        at += DOTTED_LENGTH;
      } else at = end;
    }
  },
};

function isWord(text: string, at: number): boolean {
  return isMemberAt(text, at, LETTERS_AND_DIGITS) || text[at] === '_';
}

function isDottedAddress(text: string, start: number): boolean {
  DOTTED.lastIndex = start;
  if (!DOTTED.test(text)) return false;
  return !/^(?:0{4}|f{4})\.(?:0{4}|f{4})\.(?:0{4}|f{4})$/i.test(text.slice(start, start + DOTTED_LENGTH));
}

function isAddress(text: string, start: number): boolean {
  const separator = text[start + 2];
  let plain = true;
  for (let group = 0; group < GROUPS; group += 1) {
    const at = start + 3 * group;
    if (!isMemberAt(text, at, HEX_DIGITS) || !isMemberAt(text, at + 1, HEX_DIGITS)) return false;
    if (group < GROUPS - 1 && text[at + 2] !== separator) return false;
    plain &&= PLAIN.test(text.slice(at, at + 2));
  }
  return !plain && (separator === ':' || separator === '-');
}
