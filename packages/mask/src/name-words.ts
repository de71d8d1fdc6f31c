const SEPARATOR = /[^\p{L}\p{N}*?]+/u;
const CAMEL = /([\p{Ll}\p{N}])(?=\p{Lu})|(\p{Lu})(?=\p{Lu}\p{Ll})/gu;

/**
 * The words of a name in lower case: `apiKey`, `api_key`, `API-KEY` and `api.key` all give `api`, `key`. A run of capitals
 * ends where a new capitalised word begins (`AWSAccessKeyId` gives `aws`, `access`, `key`, `id`).
 *
 * @param name attacker-controlled; callers bound its length.
 */
export function nameWords(name: string): string[] {
  // `OAuth` is one word, whatever its capitals say.
  const parts = name.replaceAll('OAuth', 'Oauth').split(SEPARATOR);
  const words: string[] = [];
  for (const part of parts) {
    if (part === '') continue;
    for (const word of part.replace(CAMEL, '$1$2\0').split('\0')) words.push(word.toLowerCase());
  }
  return words;
}

/** A name in lower case with one separator between its words, so that different spellings of one name are equal. */
export function normalisedName(name: string): string {
  return nameWords(name).join('_');
}
