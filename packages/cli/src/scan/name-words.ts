/** Longer names are not taken apart. In UTF-16 units. */
const LONGEST = 256;

/** The words of a name in lower case: `apiKey`, `api_key` and `API-KEY` all give `api`, `key`. */
export function nameWords(name: string): readonly string[] {
  return name
    .slice(0, LONGEST)
    .replace(/(\p{Ll}|\p{N})(?=\p{Lu})/gu, '$1 ')
    .split(/[^\p{L}\p{N}]+/u)
    .flatMap((word) => (word === '' ? [] : [word.toLowerCase()]));
}
