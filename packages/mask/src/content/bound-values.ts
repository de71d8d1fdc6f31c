import type { ContentRules } from '../content-rules.js';
import type { Stretch } from '../stretch.js';
import { isMaskedValue } from './masked-value.js';
import { isPlaceholder } from './placeholder.js';
import { saysNothing } from './prose.js';
import { TextRewrite } from './text-rewrite.js';

/** Values that loggers print apart from the statement that they are bound to: what says so, and where one stands, behind group 1. */
const PRINTED: readonly (readonly [RegExp, RegExp])[] = [
  // Hibernate: binding parameter [1] as [VARCHAR] - [x], binding parameter (1:VARCHAR) <- [x]
  [
    /\bbinding parameter /i,
    /(\bbinding parameter (?:\[\w{1,32}\](?: as \[[\w ]{1,32}\])?|\(\w{1,32}:[\w ]{1,32}\)) <?- \[)([^\n]{1,1024})(?=\])/gi,
  ],
  // PostgreSQL: parameters: $1 = 'x', $2 = 'y'
  [/\bparameters: \$/i, /((?:\bparameters: |, )\$\d{1,4} = ')((?:[^'\n]|''){1,1024})(?=')/gi],
  // Entity Framework: Parameters=[@p0='x' (Size = 4000)]
  [/\bparameters=\[/i, /((?:\bparameters=\[|, )[@:]\w{1,64}=')((?:[^'\n]|''){1,1024})(?=')/gi],
  [/\bbinding '/i, /(\bbinding ')([^'\n]{1,1024})(?=' to parameter)/gi],
  // TypeORM: parameters: ["bob","x"] query: INSERT …
  [/\bparameters: \[/i, /(\bparameters: \[)([^\]\n]{1,1024})(?=\],? query:)/gi],
  // MyBatis: ==> Parameters: bob(String), 5(Integer)
  [/==> Parameters: /, /((?:==> Parameters: |\), ))([^\n]{1,256}?)(?=\(String\))/g],
  // Spring
  [/\bparameter value \[/, /(\bparameter value \[)([^\n]{1,1024}?)(?=\], value class \[java\.lang\.String)/g],
  // SQLAlchemy: [generated in 0.1s] ('bob', 'x')
  [
    /\[(?:generated|cached|raw sql|no key)/,
    /(\[(?:generated in|cached since|raw sql|no key)[^\]\n]{0,48}\] )((?=[^\n]{0,1024}['"])[({][^\n]{1,2048}[)}])/g,
  ],
  // pgx, whose statement stands behind them.
  [/\bargs=\[/i, /(\bargs=\[)([^\]\n]{1,1024})(?=\] (?:[\w.]{1,32}=\S{1,64} ){0,4}sql=)/gi],
];
/** One of these is in every text in which something is found. */
export const BOUND_WORDS: readonly string[] = [
  'binding ',
  'parameters',
  'parameter value [',
  'args=[',
  'into',
  '[generated',
  '[cached',
  '[raw sql',
  '[no key',
];
const SIGNS =
  /\b(?:binding |parameters|parameter value \[|args=\[|into\s)|\[(?:generated|cached|raw sql|no key)/i;
const NUMBER = /^[-+]?\d{1,12}(?:\.\d{1,12})?$/;

/**
 * Masks values that a message shows apart from the placeholders of its statement, and values without quotes that it shows in
 * their place (`values (Bob, x)` of Laravel): of these the columns say which are secrets.
 *
 * @param text attacker-controlled.
 */
export function maskBoundValues(text: string, rules: ContentRules): string {
  if (!SIGNS.test(text)) return text;
  let masked = text;
  for (const [sign, printed] of PRINTED) {
    if (!sign.test(masked)) continue;
    masked = masked.replace(printed, (whole, before: string, value: string) =>
      isKept(value, rules) ? whole : before + rules.mask,
    );
  }
  return /\binto\s/i.test(masked) ? maskRows(masked, rules) : masked;
}

function isKept(value: string, rules: ContentRules): boolean {
  return isMaskedValue(value, rules) || NUMBER.test(value) || saysNothing(value) || isPlaceholder(value);
}

const COLUMNS =
  /\binto\s{1,8}[\w."`[\]]{1,128}\s{0,8}\(([\w."`[\], \n]{1,2048})\)\s{0,8}values\s{0,8}(?=\()/gi;
const NEXT_ROW = /\)\s{0,4},\s{0,4}(?=\()/y;
const MOST_ROWS = 64;
const MOST_VALUES = 256;
/** One value of a row: a literal, or whatever stands to the next comma. */
const VALUE = /\s{0,8}('(?:[^'\n]|''){0,4096}'|[^,)\n(]{0,4096}(?:\([^,()\n]{0,256}\))?)(?=[,)])/y;

/** Masks the values without quotes that stand under columns of secrets. */
function maskRows(text: string, rules: ContentRules): string {
  const rewrite = new TextRewrite(text);
  const inserts = new RegExp(COLUMNS);
  for (let insert = inserts.exec(text); insert !== null; insert = inserts.exec(text)) {
    const masks = (insert[1] ?? '')
      .split(',')
      .map((column) => rules.maskForName(column.replace(/^.*\.|["`[\]\s]/g, ''), 'assignment', rules.mask));
    if (masks.every((mask) => mask === undefined)) continue;
    let at = inserts.lastIndex;
    for (let row = 0; row < MOST_ROWS; row += 1) {
      const values = readRow(text, at + 1);
      maskRow(text, { values, masks }, { rewrite, rules });
      NEXT_ROW.lastIndex = values.at(-1)?.end ?? at + 1;
      if (!NEXT_ROW.test(text)) break;
      at = NEXT_ROW.lastIndex;
    }
    inserts.lastIndex = Math.max(at, inserts.lastIndex);
  }
  return rewrite.toString();
}

function readRow(text: string, from: number): readonly Stretch[] {
  const values: Stretch[] = [];
  for (let at = from; values.length < MOST_VALUES; ) {
    VALUE.lastIndex = at;
    const value = VALUE.exec(text)?.[1];
    if (value === undefined) break;
    const end = VALUE.lastIndex;
    values.push({ start: end - value.length, end });
    if (text[end] !== ',') break;
    at = end + 1;
  }
  return values;
}

/** A value with a comma in it makes more of them than there are columns: then nobody knows which is which. */
function maskRow(
  text: string,
  row: { readonly values: readonly Stretch[]; readonly masks: readonly (string | undefined)[] },
  { rewrite, rules }: { readonly rewrite: TextRewrite; readonly rules: ContentRules },
): void {
  const isEven = row.values.length === row.masks.length;
  for (const [index, { start, end }] of row.values.entries()) {
    const mask = isEven ? row.masks[index] : rules.mask;
    const value = text.slice(start, end);
    const isBare = !/^(?:$|['"`]|[:@%][A-Za-z(]|\$\d{1,4}$)|[()]$/.test(value);
    if (mask !== undefined && isBare && !isKept(value, rules)) rewrite.replace(start, end, mask);
  }
}
