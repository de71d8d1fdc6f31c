import type { ContentRules } from '../content-rules.js';
import { isCount } from '../count-names.js';
import { looksSecret } from '../detectors/secret-shape.js';
import { hidesNothing } from './masked-value.js';
import { isCommonWord } from './prose.js';

/** Members that name the columns of rows, and those that hold the rows. */
export const HEAD_MEMBERS = 'columns|fields|headers?|cols|column_?names|field_?names';
export const ROW_MEMBERS = 'rows|values|data|records|tuples|results?|items';
/** What a token is called in an object of a list of tokens. */
export const TOKEN_MEMBERS = 'v|val|value|t|tok';

const MOST_CELLS = 64;
const NAME = /^[A-Za-z_][\w .-]{0,63}$/;
/** Where any word can be the value, and not only one that looks like a secret. */
const WORDY = /pass|pwd|secret/i;

/** What of a table cells are judged by. */
export interface SecretColumns {
  /** Names of the secret columns, by their places. */
  readonly names: ReadonlyMap<number, string>;
  readonly count: number;
}

/** The secret columns among what a list holds: names, or objects that tell theirs; undefined when there are none, or it holds anything else. */
export function secretColumns(list: readonly unknown[], rules: ContentRules): SecretColumns | undefined {
  if (list.length < 2 || list.length > MOST_CELLS) return undefined;
  const names = list.map(nameOf);
  if (!names.every((name) => NAME.test(name))) return undefined;
  const secret = new Map<number, string>();
  for (const [index, name] of names.entries())
    if (rules.maskForName(name, 'member', rules.mask) !== undefined) secret.set(index, name);
  return secret.size === 0 ? undefined : { names: secret, count: list.length };
}

function nameOf(item: unknown): string {
  if (typeof item === 'string') return item;
  if (typeof item !== 'object' || item === null) return '';
  const found = Object.entries(item).find(([member]) =>
    /^(?:name|field|column(?:_?name)?|key)$/i.test(member),
  );
  return typeof found?.[1] === 'string' ? found[1] : '';
}

/** A cell of a secret column. */
interface SecretCell {
  readonly name: string;
  readonly value: string;
  readonly isText: boolean;
  /** The names are a row like the others: lists of names are written so, too. */
  readonly isFirstRow: boolean;
}

/** What stands for a cell, or undefined when it says nothing, counts something or is a name itself. */
export function maskedCell(
  { name, value, isText, isFirstRow }: SecretCell,
  rules: ContentRules,
): string | undefined {
  const isSecret = isText
    ? isSecretText({ name, value, isFirstRow }, rules)
    : /^-?\d/.test(value) && !isCount(name, Number(value));
  return isSecret ? rules.maskForName(name, 'member', value) : undefined;
}

function isSecretText({ name, value, isFirstRow }: Omit<SecretCell, 'isText'>, rules: ContentRules): boolean {
  if (hidesNothing(value, rules)) return false;
  if (looksSecret(value) || !isFirstRow) return true;
  const isName = rules.maskForName(value, 'member', rules.mask) !== undefined;
  return WORDY.test(name) && !isName && !isCommonWord(value);
}
