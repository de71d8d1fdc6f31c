import type { ContentRules } from '../content-rules.js';
import { looksSecret } from '../detectors/secret-shape.js';
import { maskCommandArguments, maskCommandLine } from './command-line.js';
import { maskLooseText } from './loose-text.js';
import { isPlaceholder } from './placeholder.js';
import { lastName } from './secret-word.js';
import { wholeName } from './sibling-values.js';

/** What lies in a registry, or is one of a map, is called so too (`get secret db-7f9c2`). */
const MENTIONED = /^(?:secrets?|keys?)$/i;

/**
 * Masks a command line: its words as the program takes them, then what any other text would lose: statements in quotes,
 * documents on the lines below, what is piped to a program.
 *
 * @param text attacker-controlled.
 */
export function maskCommandText(text: string, rules: ContentRules): string {
  const masked = maskCommandLine(text, rules);
  return text.startsWith('["') ? masked : maskLooseText(masked, rules);
}

/** As `maskCommandText`, of words: what looks like a secret behind the name of one goes too. */
export function maskCommandWords(words: readonly string[], rules: ContentRules): readonly string[] {
  const masked = maskCommandArguments(words, rules);
  const named = masked.map((word, index) => maskNamed(masked[index - 1] ?? '', word, rules));
  return named.some((word, index) => word !== masked[index]) ? named : masked;
}

/** `//registry.example/:_authToken x`, `pypi-token.pypi x`. */
function maskNamed(before: string, word: string, rules: ContentRules): string {
  if (word === rules.mask || !looksSecret(word) || word.startsWith('-') || isPlaceholder(word)) return word;
  const name = wholeName(lastName(before));
  if (name === '' || before.startsWith('-') || MENTIONED.test(name)) return word;
  return rules.maskForName(name, 'argument', word) ?? word;
}
