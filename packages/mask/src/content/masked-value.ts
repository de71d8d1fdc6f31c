import type { ContentRules } from '../content-rules.js';
import { isPlaceholder } from './placeholder.js';
import { saysNothing } from './prose.js';

const LONGEST = 24;

const OTHER_MASKS: ReadonlySet<string> = new Set([
  'REDACTED',
  '[REDACTED]',
  '<REDACTED>',
  '<redacted>',
  '[redacted]',
  '[Redacted]',
  '[MASKED]',
  '[masked]',
  '[HIDDEN]',
  '<hidden>',
  '[Filtered]',
  '[FILTERED]',
  '?',
]);

/** Whether nothing is left to hide: an empty value, our own mask, or what other maskers and SQL parameters leave. */
export function isMaskedValue(value: string, rules: ContentRules): boolean {
  if (value === '' || value === rules.mask) return true;
  return isOtherMask(value);
}

/** Whether another masker was here before. */
export function isOtherMask(value: string): boolean {
  // A set hashes what it is asked for: long values of hostile texts stay out of it.
  if (value.length > LONGEST) return false;
  const credentials = value.includes(' ') ? value.replace(/^(?:Bearer|Basic|Token) /, '') : value;
  return OTHER_MASKS.has(credentials) || /^\*+$/.test(credentials);
}

/** Whether a value under a secret's name is none: hidden already, put in later, or said not to be there. */
export function hidesNothing(value: string, rules: ContentRules): boolean {
  return isMaskedValue(value, rules) || isPlaceholder(value) || saysNothing(value);
}
