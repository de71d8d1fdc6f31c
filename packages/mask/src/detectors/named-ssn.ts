import { TRAIT_DIGITS } from '../text-traits.js';
import { DIGITS, endOfRun, endsWord, startsWord } from './character-set.js';
import type { ValueDetector } from './value-detector.js';

const LENGTH = 9;
const BEFORE = 48;
const NAME =
  /\b(?:ssns?|ssid|ss ?#|ss ?no|soc(?:ial)?[ ._-]?sec(?:urity)?|social (?:is|number)|itin|taxpayer|tax[ ._-]?id|tin)\b[^\d\n]{0,32}$/i;

/** US social security numbers without separators, beside a word that names them. */
export const namedSsnDetector: ValueDetector = {
  name: 'named-ssn',
  needs: TRAIT_DIGITS,
  find(text, report) {
    for (let at = 0; at < text.length; ) {
      if (DIGITS[text.charCodeAt(at)] !== 1) {
        at += 1;
        continue;
      }
      const end = endOfRun(text, at, DIGITS);
      const whole = end - at === LENGTH && startsWord(text, at) && endsWord(text, end);
      if (whole && NAME.test(text.slice(Math.max(0, at - BEFORE), at))) report(at, end);
      at = end;
    }
  },
};
