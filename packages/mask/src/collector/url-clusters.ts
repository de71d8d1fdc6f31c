import { characterSet } from '../detectors/character-set.js';
import { readsAsWords } from './letter-pairs.js';

/** What a segment that stays is made of, save for one other character in its second place (`v1`, `k8s`). */
const PLAIN = characterSet('A-Za-z_. -');
/** Segments beyond these are cut off. */
const MOST_SEGMENTS = 10;
const SLASH = 47;
const STAR = '*';

/**
 * A path as the Collector's `url_sanitizer` gives it: every segment that is no word becomes a star, and the query and
 * fragment go (`/users/42` becomes `/users/*`).
 *
 * @param text attacker-controlled; one pass.
 */
export function clusterUrl(text: string): string {
  let out = '';
  let segments = 0;
  let start = 0;
  for (let at = 0; ; at += 1) {
    const code = text.charCodeAt(at);
    const ends = at >= text.length || isQueryMark(code);
    if (!ends && code !== SLASH) continue;
    out += cluster(text.slice(start, at));
    if (ends) return out;
    segments += 1;
    if (segments >= MOST_SEGMENTS) return out;
    out += '/';
    start = at + 1;
  }
}

/** `?`, `&` and `#` end the path. */
function isQueryMark(code: number): boolean {
  return code === 63 || code === 38 || code === 35;
}

function cluster(segment: string): string {
  if (segment === '') return '';
  for (let index = 0; index < segment.length; index += 1) {
    const code = segment.charCodeAt(index);
    if (PLAIN[code] !== 1 && (index !== 1 || code > 127)) return STAR;
  }
  return readsAsWords(segment) ? segment : STAR;
}
