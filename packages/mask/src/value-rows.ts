import type { AttributeValue } from './attribute-value.js';
import {
  HEAD_MEMBERS,
  maskedCell,
  ROW_MEMBERS,
  type SecretColumns,
  secretColumns,
  TOKEN_MEMBERS,
} from './content/secret-columns.js';
import type { ContentRules } from './content-rules.js';
import { mapList, sameOrNew } from './map-list.js';

const HEAD = new RegExp(`^(?:${HEAD_MEMBERS})$`, 'i');
const ROWS = new RegExp(`^(?:${ROW_MEMBERS})$`, 'i');
const TOKEN = new RegExp(`^(?:${TOKEN_MEMBERS})$`);

type Members = readonly (readonly [string, AttributeValue])[];

/**
 * The members of a map with the secret cells masked of rows whose columns another member names, and of objects in a list of tokens.
 *
 * @returns the same reference when there are none.
 */
export function maskedMembers(members: Members, rules: ContentRules): Members {
  const columns = columnsOf(members, rules);
  let changed = false;
  const masked = members.map(([name, member]): readonly [string, AttributeValue] => {
    if (!isList(member)) return [name, member];
    let list: AttributeValue = member;
    if (columns !== undefined && ROWS.test(name)) list = maskedTable(member, columns, rules);
    else if (name === 'tokens') list = maskedTokens(member, rules);
    changed ||= list !== member;
    return [name, list];
  });
  return changed ? masked : members;
}

/** The same of a list of rows, of which the first one names the columns. */
export function maskedRows(list: readonly AttributeValue[], rules: ContentRules): readonly AttributeValue[] {
  const [head] = list;
  if (list.length < 2 || !isList(head) || !head.every((name) => typeof name === 'string')) return list;
  const columns = secretColumns(head, rules);
  if (columns === undefined) return list;
  return mapped(list, (row, index) =>
    index > 0 && isList(row) ? maskedRow(row, { columns, isFirstRow: true }, rules) : row,
  );
}

function columnsOf(members: Members, rules: ContentRules): SecretColumns | undefined {
  const head = members.find(([name, member]) => HEAD.test(name) && isList(member))?.[1];
  return isList(head) && members.some(([name]) => ROWS.test(name)) ? secretColumns(head, rules) : undefined;
}

function maskedTable(
  rows: readonly AttributeValue[],
  columns: SecretColumns,
  rules: ContentRules,
): readonly AttributeValue[] {
  const table = { columns, isFirstRow: false };
  if (rows.length > 0 && !isList(rows[0])) return maskedRow(rows, table, rules);
  return mapped(rows, (row) => (isList(row) ? maskedRow(row, table, rules) : row));
}

function maskedRow(
  row: readonly AttributeValue[],
  { columns, isFirstRow }: { readonly columns: SecretColumns; readonly isFirstRow: boolean },
  rules: ContentRules,
): readonly AttributeValue[] {
  if (row.length !== columns.count) return row;
  return mapped(row, (cell, index) => {
    const name = columns.names.get(index);
    const isText = typeof cell === 'string';
    if (name === undefined || !(isText || typeof cell === 'number')) return cell;
    return maskedCell({ name, value: String(cell), isText, isFirstRow }, rules) ?? cell;
  });
}

function maskedTokens(list: readonly AttributeValue[], rules: ContentRules): readonly AttributeValue[] {
  return mapped(list, (item) => {
    if (typeof item !== 'object' || item === null || item instanceof Uint8Array || isList(item)) return item;
    const entries = Object.entries(item);
    const masked = entries.map(([name, value]): readonly [string, AttributeValue] => {
      const hit =
        typeof value === 'string' && TOKEN.test(name)
          ? rules.maskForName('tokens', 'member', value)
          : undefined;
      return [name, hit ?? value];
    });
    return masked.some(([, value], index) => value !== entries[index]?.[1])
      ? Object.fromEntries(masked)
      : item;
  });
}

/** The same reference when each item stays. */
function mapped(
  list: readonly AttributeValue[],
  change: (item: AttributeValue, index: number) => AttributeValue,
): readonly AttributeValue[] {
  return sameOrNew(list, mapList(list, change));
}

function isList(value: AttributeValue): value is readonly AttributeValue[] {
  return Array.isArray(value);
}
