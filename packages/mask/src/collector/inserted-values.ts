const INSERTION = /^\s*(?:insert|replace)\s/i;
const TOKEN = /"[^"]*"|[(),]|[^\s(),]+/g;

/**
 * An obfuscated `INSERT` as the sanitizer's own tests want it in attributes: one blank between tokens, and one `( ? )` for
 * all the rows of values. Other statements keep their spelling. One pass over the tokens.
 */
export function foldInsertedValues(statement: string): string {
  if (!INSERTION.test(statement)) return statement;
  const rows = new RowFolding();
  for (const [token] of statement.matchAll(TOKEN)) rows.add(token);
  return rows.toString();
}

class RowFolding {
  readonly #tokens: string[] = [];
  /** Where the last parenthesis opened, when nothing but placeholders stands behind it. */
  #open = -1;

  add(token: string): void {
    const tokens = this.#tokens;
    tokens.push(token);
    if (token === '(') this.#open = tokens.length - 1;
    else if (token === ')') this.#close();
    else if (token !== '?' && token !== ',') this.#open = -1;
  }

  #close(): void {
    const tokens = this.#tokens;
    const open = this.#open;
    this.#open = -1;
    if (open === -1 || tokens.length - open < 3) return;
    tokens.length = open;
    if (tokens.slice(-4).join(' ') === '( ? ) ,') tokens.pop();
    else tokens.push('(', '?', ')');
  }

  toString(): string {
    return this.#tokens.join(' ').replaceAll(' ,', ',');
  }
}
