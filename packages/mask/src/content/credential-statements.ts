import type { ContentRules } from '../content-rules.js';
import { LineEnds } from './line-ends.js';
import { maskEmbeddedSql } from './sql-text.js';
import { TextRewrite } from './text-rewrite.js';

const TEXT = `(?:E|N|X|U&)?["']`;
/** How statements begin that hold credentials, and that no clause of a query proves: to where the first literal is due. */
const BEGINNINGS: readonly string[] = [
  `PRAGMA\\s{1,8}(?:\\w{1,64}\\.)?(?:hex|re)?key\\s{0,4}=\\s{0,4}${TEXT}`,
  `ATTACH\\s{1,8}(?:DATABASE\\s{1,8})?'(?:[^'\\n]|''){1,512}'\\s{1,8}AS\\s{1,8}\\w{1,64}\\s{1,8}(?:KEY\\b|\\()`,
  `SET\\s{1,8}PASSWORD\\s{1,8}(?:FOR\\s{1,8}[^=;\\n]{1,200}?\\s{0,8})?(?:=|(?:TO|FROM)\\b)\\s{0,8}(?:(?:OLD_)?PASSWORD\\s{0,4}\\(\\s{0,4})?${TEXT}`,
  `ALTER\\s{1,8}CURRENT\\s{1,8}USER\\s{1,8}SET\\s{1,8}PASSWORD\\s`,
  `(?:CREATE|ALTER)\\s{1,8}(?:USER|ROLE|LOGIN)\\s{1,8}["'\`]?[\\w@%.$-]{1,128}["'\`]?\\s{1,8}(?:(?:AS|WITH|SET)\\s{1,8}){0,2}PASSWORD\\s{0,4}=?\\s{0,4}${TEXT}`,
  `CONNECT\\s{1,8}TO\\s{1,8}\\w{1,128}\\s{1,8}USER\\s{1,8}\\S{1,128}\\s{1,8}USING\\s`,
  // Of DuckDB, and of SQL Server.
  `CREATE\\s{1,8}(?:OR\\s{1,8}REPLACE\\s{1,8})?(?:PERSISTENT\\s{1,8}|TEMPORARY\\s{1,8})?SECRET\\s{1,8}(?:\\w{1,64}\\s{1,8})?\\(`,
  `DECLARE\\s{1,8}@\\w{1,64}\\s{1,8}(?:AS\\s{1,8})?\\w{1,24}(?:\\(\\w{1,8}\\))?\\s{0,4}=\\s{0,4}${TEXT}`,
  // Of ClickHouse.
  `ENGINE\\s{0,4}=\\s{0,4}\\w{1,64}\\s{0,4}\\(\\s{0,4}'`,
  `INTO\\s{1,8}FUNCTION\\s{1,8}\\w{1,64}\\(\\s{0,4}'`,
  `BACKUP\\s{1,8}[^\\n;']{1,200}?\\sTO\\s{1,8}\\w{1,64}\\(\\s{0,4}'`,
  // A function of texts and no table.
  `SELECT\\s{1,8}(?:[\\w.]{1,64}\\((?:[\\w.]{1,64},\\s?){0,4}){1,3}${TEXT}`,
  `EXEC(?:UTE)?\\s{1,8}(?:[\\w.[\\]]{1,64}\\.)?sp_(?:password|addlogin|addlinkedsrvlogin)\\s`,
];
const STATEMENT = new RegExp(`\\b(?:${BEGINNINGS.join('|')})`, 'gi');
/** One of these is in every text in which something is found. */
export const STATEMENT_WORDS: readonly string[] = [
  'pragma',
  'attach',
  'set',
  'current',
  'user',
  'role',
  'login',
  'engine',
  'into',
  'backup',
  'select',
  'secret',
  'declare',
  'sp_',
  'define',
  'merge',
  'match',
  'create',
];
const SIGNS =
  /\bpragma\s|\battach\s|\bset\s{1,8}password|\bcurrent\s{1,8}user|\b(?:user|role|login)\s|\bengine\s{0,4}=|\binto\s{1,8}function|\bbackup\s|\bselect\s|\bsecret\s|\bdeclare\s|\bsp_/i;

/** What a session is set to: the name says whether it is a secret. */
const SETTING =
  /(\bset\s{1,8}(?:(?:session|local|global|persist)\s{1,8})?["`]?([\w.]{1,128})["`]?\s{1,8}to\s{1,8})('(?:[^'\n]|''){1,1024}')/gi;
/** Of SurrealDB. */
const DEFINITION =
  /(\bDEFINE\s{1,8}(?:TOKEN|ACCESS|USER|SCOPE)\s[^"'\n;]{1,200}?\b(?:VALUE|KEY|PASSWORD|PASSHASH)\s{1,8})("[^"\n]{1,1024}"|'[^'\n]{1,1024}')/g;
/** A node of a graph with its properties. */
const NODE = /\b(?:MERGE|MATCH|CREATE)\s{1,8}\(\s{0,4}\w{0,64}(?::\w{1,64}){0,4}\s{0,4}\{[^{}\n]{1,2048}\}/g;
const PROPERTY = /(:\s{0,4})(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/g;

/**
 * Masks the literals of statements about accounts, keys and foreign tables that stand in other text.
 *
 * @param text attacker-controlled.
 */
export function maskCredentialStatements(text: string, rules: ContentRules): string {
  let masked = SIGNS.test(text) ? maskStatements(text, rules) : text;
  if (/\bset\s/i.test(masked)) {
    masked = masked.replace(SETTING, (whole, ...[before = '', name = '', literal = '']: string[]) => {
      const mask = rules.maskForName(name, 'assignment', literal.slice(1, -1));
      return mask === undefined ? whole : `${before}'${mask}'`;
    });
  }
  if (masked.includes('DEFINE')) masked = masked.replace(DEFINITION, `$1?`);
  if (/\b(?:MERGE|MATCH|CREATE)\s{1,8}\(/.test(masked))
    masked = masked.replace(NODE, (node) => node.replace(PROPERTY, '$1?'));
  return masked;
}

function maskStatements(text: string, rules: ContentRules): string {
  const rewrite = new TextRewrite(text);
  const statements = new RegExp(STATEMENT);
  const lines = new LineEnds(text);
  for (let found = statements.exec(text); found !== null; found = statements.exec(text)) {
    const { index } = found;
    const line = text.slice(index, lines.after(statements.lastIndex));
    const quote = text[index - 1] ?? ' ';
    const { masked, length } = maskEmbeddedSql(line, '"\'`'.includes(quote) ? quote : ';', rules);
    rewrite.replace(index, index + length, masked);
    statements.lastIndex = Math.max(index + length, statements.lastIndex);
  }
  return rewrite.toString();
}
