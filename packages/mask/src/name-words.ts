import { characterTable } from './detectors/character-set.js';

/**
 * The words of a name in lower case: `apiKey`, `api_key`, `API-KEY` and `api.key` all give `api`, `key`. A run of capitals
 * ends where a new capitalised word begins (`AWSAccessKeyId` gives `aws`, `access`, `key`, `id`).
 *
 * @param name attacker-controlled; callers bound its length.
 */
export function nameWords(name: string): string[] {
  for (let at = 0; at < name.length; at += 1) if (name.charCodeAt(at) >= 0x80) return foreignWords(name);
  return asciiWords(name.includes('OAuth') ? name.replaceAll('OAuth', 'Oauth') : name);
}

const LOWER = 1;
const UPPER = 2;
/** Digits and the wildcards of globs. */
const OTHER = 3;
const KINDS: Uint8Array = characterTable([
  [LOWER, 'a-z'],
  [UPPER, 'A-Z'],
  [OTHER, '0-9*?'],
]);

/** As `foreignWords`, in one walk. */
function asciiWords(name: string): string[] {
  const words: string[] = [];
  let start = 0;
  let previous = 0;
  for (let at = 0; at <= name.length; at += 1) {
    const code = at < name.length ? name.charCodeAt(at) : 0;
    const kind = KINDS[code] ?? 0;
    const isWildcard = code === 0x2a || code === 0x3f;
    const begins =
      kind === UPPER &&
      (previous === LOWER ||
        previous === OTHER ||
        (previous === UPPER && at + 1 < name.length && KINDS[name.charCodeAt(at + 1)] === LOWER));
    if ((kind === 0 || begins) && at > start) words.push(name.slice(start, at).toLowerCase());
    if (kind === 0) start = at + 1;
    else if (begins) start = at;
    previous = isWildcard ? 0 : kind;
  }
  return words;
}

function foreignWords(name: string): string[] {
  // The patterns stand here, where they are made when the first such name comes: all of Unicode takes its time.
  const camel = /([\p{Ll}\p{N}])(?=\p{Lu})|(\p{Lu})(?=\p{Lu}\p{Ll})/gu;
  // `OAuth` is one word, whatever its capitals say.
  const parts = name.replaceAll('OAuth', 'Oauth').split(/[^\p{L}\p{N}*?]+/u);
  const words: string[] = [];
  for (const part of parts) {
    if (part === '') continue;
    for (const word of part.replace(camel, '$1$2\0').split('\0')) words.push(word.toLowerCase());
  }
  return words;
}

/** A name in lower case with one separator between its words, so that different spellings of one name are equal. */
export function normalisedName(name: string): string {
  return nameWords(name).join('_');
}

/** Words that an end of a name has at most. */
const MOST_ENDING_WORDS = 3;

/** How a name ends: its last word, its last two, its last three, each joined as in `normalisedName`. */
export function nameEnds(words: readonly string[]): string[] {
  const ends: string[] = [];
  for (let count = 1; count <= Math.min(MOST_ENDING_WORDS, words.length); count += 1)
    ends.push(words.slice(-count).join('_'));
  return ends;
}
