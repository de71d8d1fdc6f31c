const LONGEST_LABEL = 48;

/** What joins a text and an expression: a value does not begin so. */
const CONCATENATED = /^(?: \+ [\w$(]|\.concat\(| \. \$)/;

/** Behind it, the next member or pair: `'Unexpected token =>', status: 500`. */
const NEXT_PAIR = /^(?:, [\w$]{1,48}: | [\w.]{1,48}=)/;

/**
 * Whether the quote at an offset closes the string that a name ends in (`"Password:"`, `"Master password: " + x`): what stands behind
 * is no value of it.
 */
export function closesString(
  text: string,
  name: { readonly start: number; readonly end: number },
  at: number,
): boolean {
  const quote = text[at] ?? '';
  if (quote === '' || !'"\'`'.includes(quote) || text.slice(name.end, at).includes(quote)) return false;
  if (CONCATENATED.test(text.slice(at + 1, at + 10))) return true;
  if (':>'.includes(text[at - 1] ?? ' ') && NEXT_PAIR.test(text.slice(at + 1, at + 56))) return true;
  // Quotes in quotes: `"the password: "x""`.
  if (!' \t\r\n,;:+.&|)]}'.includes(text[at + 1] ?? ' ')) return false;
  const open = text.lastIndexOf(quote, name.start - 1);
  if (open < 0 || name.start - open > LONGEST_LABEL || /[\r\n=:]/.test(text.slice(open, name.start)))
    return false;
  return open === 0 || ' \t\n([{,:=+'.includes(text[open - 1] ?? '');
}

const OPEN_LITERAL = /(?:^|[\s:([{,=])(['`])[^'`\n]{0,128}$/;

/** Where the literal in single or back quotes ends that opens before `at`, on the line that ends at `lineEnd`; that when there is none. */
export function literalEnd(text: string, at: number, lineEnd: number): number {
  const quote = OPEN_LITERAL.exec(text.slice(Math.max(0, at - 128), at))?.[1];
  const end = quote === undefined ? -1 : text.slice(at, lineEnd).search(quote === '`' ? '`' : CLOSED);
  return end < 0 ? lineEnd : at + end;
}

const CLOSED = /'(?=[\s,;)}\]]|$)/;
