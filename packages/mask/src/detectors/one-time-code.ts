import { TRAIT_TOLD_CODE } from '../text-traits.js';
import { noteCode, toldCodes } from './told-code.js';
import type { ValueDetector } from './value-detector.js';

/** `123456 is your verification code`, `G-123456 is your Google code`. */
const BEFORE = /(?:^|[\s"':<#(])((?:[A-Z]-)?\d{3}[- ]?\d{1,5}|[A-Z0-9]{6,8})$/;
const LONGEST_CODE = 12;
const AFTER = /^(?:is|as) your (?:[\w.'-]{1,24} ){0,4}?(?:codes?|passcode|password|otp|pin)\b/i;
/** `code is: 123 456`, `Your OTP for the login: 123456`. */
const NAMED =
  /\b(?:verification|security|confirmation|authentication|authorization|activation|recovery|login|sign-?in|access|one[- ]time|single[- ]use|otp|sms|mfa|2fa|two-factor)[ -](?:pass)?(?:code|pin|password|number)(?: (?:for|to|of)(?: [\w.'@-]{1,24}){1,4}?)?(?: is| was|:|=| -)[: ]{1,3}/gi;

/** One-time codes as messages tell them. */
export const oneTimeCodeDetector: ValueDetector = {
  name: 'one-time-code',
  needs: TRAIT_TOLD_CODE,
  find(text, report) {
    const found: (readonly [start: number, end: number])[] = [];
    for (let at = nextYour(text, 0); at >= 0; at = nextYour(text, at + 1)) {
      const start = Math.max(0, at - 4 - LONGEST_CODE - 1);
      const code = BEFORE.exec(text.slice(start, at - 4))?.[1];
      if (code === undefined || !/\d/.test(code) || !AFTER.test(text.slice(at - 3, at + 128))) continue;
      found.push([at - 4 - code.length, at - 4]);
    }
    if (/code|pin|password|number/i.test(text)) findNamed(text, found);
    found.push(...toldCodes(text));
    let done = 0;
    for (const [start, end] of found.sort((one, other) => one[0] - other[0])) {
      if (start >= done) report(start, end);
      done = Math.max(done, end);
    }
  },
};

/** Where the word `your` of a ` is your ` or ` as your ` starts. */
function nextYour(text: string, from: number): number {
  for (let at = text.indexOf('s your ', from); at >= 0; at = text.indexOf('s your ', at + 1)) {
    if (at >= 3 && text[at - 2] === ' ' && 'iIaA'.includes(text[at - 1] ?? ' ')) return at + 2;
  }
  return -1;
}

function findNamed(text: string, found: (readonly [start: number, end: number])[]): void {
  NAMED.lastIndex = 0;
  for (let match = NAMED.exec(text); match !== null; match = NAMED.exec(text)) {
    noteCode(text, NAMED.lastIndex, found);
  }
}
