import type { ContentRules } from '../content-rules.js';
import { endsWord, startsWord } from '../detectors/character-set.js';
import { TextRewrite } from './text-rewrite.js';

const MOST_SECRETS = 16;
const LONGEST_SECRET = 512;

/**
 * Masks secrets that were found by name wherever else they stand in the same text as whole words:
 * `failed for hunter2 password=****`.
 *
 * @param secrets at most the first sixteen are looked for, so that the time stays linear.
 */
export function maskEchoes(text: string, secrets: Iterable<string>, rules: ContentRules): string {
  let masked = text;
  let left = MOST_SECRETS;
  for (const secret of secrets) {
    if (left-- <= 0) break;
    masked = maskEcho(masked, secret, rules);
  }
  return masked;
}

function maskEcho(text: string, secret: string, rules: ContentRules): string {
  if (secret.length > LONGEST_SECRET || rules.mask.includes(secret)) return text;
  const rewrite = new TextRewrite(text);
  let at = text.indexOf(secret);
  while (at >= 0) {
    const end = at + secret.length;
    const whole = startsWord(text, at) && endsWord(text, end);
    if (whole) rewrite.replace(at, end, rules.mask);
    at = text.indexOf(secret, end);
  }
  return rewrite.toString();
}
