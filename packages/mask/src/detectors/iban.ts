import { TRAIT_IBAN } from '../text-traits.js';
import {
  characterSet,
  DIGITS,
  endOfRun,
  endsWord,
  isMemberAt,
  LETTERS_AND_DIGITS,
  startsWord,
} from './character-set.js';
import type { ReportMatch, ValueDetector } from './value-detector.js';

/** The length of an IBAN by country (ISO 13616 registry of SWIFT). */
export const IBAN_LENGTHS: ReadonlyMap<string, number> = new Map(
  (
    'NO15 BE16 BI27 DK18 SD18 FI18 FK18 FO18 GL18 NL18 MK19 SI19 AT20 BA20 EE20 KZ20 LT20 LU20 MN20 XK20 CH21 HR21 LI21 LV21 ' +
    'BG22 BH22 CR22 DE22 GB22 GE22 IE22 ME22 RS22 VA22 AE23 GI23 IL23 IQ23 OM23 SO23 TL23 AD24 CZ24 ES24 MD24 PK24 RO24 ' +
    'SA24 SE24 SK24 TN24 VG24 LY25 PT25 ST25 IS26 TR26 DJ27 FR27 GR27 IT27 MC27 MR27 SM27 AL28 AZ28 BY28 CY28 DO28 GT28 ' +
    'HN28 HU28 LB28 NI28 PL28 SV28 BR29 EG29 PS29 QA29 UA29 JO30 KW30 MU30 YE30 MT31 SC31 LC32 RU33'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

const SHORTEST = 15;
/** Letters and digits of an escape before a number (`\n`, `%3D`), which look like its first ones. */
const LONGEST_ESCAPE = 2;
const LETTERS = characterSet('A-Za-z');
/** As people type it: a country, check digits, the letters of a bank, a number. An id in hexadecimal has letters anywhere. */
const TYPED = /^[a-z]{2}\d{2}[a-z]{0,4}\d{8,28}[a-z\d]{0,3}$/i;

/** International bank account numbers: the length of the country and the check digits (mod 97), compact or in groups. */
export const ibanDetector: ValueDetector = {
  name: 'iban',
  needs: TRAIT_IBAN,
  find(text, report) {
    for (let at = 0; at + SHORTEST <= text.length; ) {
      const run = endOfRun(text, at, LETTERS_AND_DIGITS);
      at = run === at ? at + 1 : Math.max(run, reportFirst(text, at, report));
    }
  },
};

/** Reports the number that a run of letters and digits begins with, and gives its end; `at` when there is none. */
function reportFirst(text: string, at: number, report: ReportMatch): number {
  for (let start = at; start <= at + LONGEST_ESCAPE; start += 1) {
    const end = isCandidate(text, start) ? numberEnd(text, start) : start;
    if (end === start) continue;
    report(start, end);
    return end;
  }
  return at;
}

function isCandidate(text: string, at: number): boolean {
  if (!isMemberAt(text, at, LETTERS) || !isMemberAt(text, at + 1, LETTERS)) return false;
  const checked = isMemberAt(text, at + 2, DIGITS) && isMemberAt(text, at + 3, DIGITS);
  return checked && startsWord(text, at);
}

function numberEnd(text: string, at: number): number {
  const country = text.slice(at, at + 2);
  const length = IBAN_LENGTHS.get(country.toUpperCase());
  if (length === undefined) return at;
  let digits = '';
  let index = at;
  while (digits.length < length) {
    const separated = digits.length > 0 && ' -\u00a0'.includes(text[index] ?? 'x');
    if (separated) index += 1;
    if (!isMemberAt(text, index, LETTERS_AND_DIGITS)) return at;
    digits += text[index];
    index += 1;
  }
  const isWritten = digits === digits.toUpperCase() || isTyped(digits, text.slice(at, index));
  return isWritten && endsWord(text, index) && checksOut(digits) ? index : at;
}

/** In small letters, where no dash parts its groups as those of ids. */
function isTyped(digits: string, written: string): boolean {
  return !written.includes('-') && TYPED.test(digits);
}

function checksOut(digits: string): boolean {
  let rest = 0;
  for (const character of digits.slice(4) + digits.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
