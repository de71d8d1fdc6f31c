import type { ContentRules } from '../content-rules.js';

const OTHER_MASKS: ReadonlySet<string> = new Set([
  'REDACTED',
  '[REDACTED]',
  '<REDACTED>',
  '<redacted>',
  '[redacted]',
  '[Filtered]',
  '[FILTERED]',
  '?',
]);

/** Whether nothing is left to hide: an empty value, our own mask, or what other maskers and SQL parameters leave. */
export function isMaskedValue(value: string, rules: ContentRules): boolean {
  if (value === '' || value === rules.mask || OTHER_MASKS.has(value)) return true;
  return value.length <= 64 && /^\*+$/.test(value);
}
