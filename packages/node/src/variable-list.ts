import type { ConfigFault } from './config-fault.js';
import type { Environment, VariableName } from './settings.js';

/** Something that is wrong with the list in a variable; `got` names a kind. */
export type ListOutcome = { readonly list: readonly unknown[] } | { readonly fault: ConfigFault };

/**
 * The list in a variable: a JSON array, or elements with commas between them where no element can hold a comma itself.
 *
 * @param kind `names`: no element can hold a comma. `patterns`: one can, so that a list with commas must be JSON as soon as it
 *   has a bracket, a brace or a backslash.
 * @returns undefined when the variable is not set, or empty.
 */
export function readList(
  env: Environment,
  variable: VariableName,
  kind: 'names' | 'patterns',
): ListOutcome | undefined {
  const text = env[variable]?.trim() ?? '';
  if (text === '') return undefined;
  const expected = 'a JSON array, or elements with commas between them';
  if (text.startsWith('{')) return { fault: { variable, expected, got: 'a JSON object' } };
  if (text.startsWith('[')) return parseArray(variable, text);
  if (kind === 'patterns' && /,/.test(text) && /[[{(\\]/.test(text)) {
    const why = 'a JSON array, since a pattern can hold a comma';
    return { fault: { variable, expected: why, got: 'a text with commas, and brackets or backslashes' } };
  }
  const list = text
    .split(',')
    .map((element) => element.trim())
    .filter((element) => element !== '');
  return list.length > 0 ? { list } : { fault: { variable, expected, got: 'commas alone' } };
}

function parseArray(variable: string, text: string): ListOutcome {
  try {
    const list: unknown = JSON.parse(text);
    if (Array.isArray(list)) return { list };
  } catch {
    // The parser's own message quotes the text.
  }
  return { fault: { variable, expected: 'a JSON array', got: 'a text that begins like one and is none' } };
}
