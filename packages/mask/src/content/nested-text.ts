import type { ContentRules } from '../content-rules.js';

const MAX_DEPTH = 6;

let depth = 0;

/**
 * Masks a piece of text that stood inside another one, decoded (a URL in a query of a URL …). Text from outside can nest
 * without end and each level costs a pass, so what stands deeper than six levels is masked whole.
 */
export function maskNestedText(value: string, rules: ContentRules): string {
  if (depth >= MAX_DEPTH) return rules.mask;
  depth += 1;
  try {
    return rules.maskText(value);
  } finally {
    depth -= 1;
  }
}
