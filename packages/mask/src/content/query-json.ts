import type { ContentRules } from '../content-rules.js';
import { characterSet, endOfRun } from '../detectors/character-set.js';
import { looksSecret } from '../detectors/secret-shape.js';
import { TextRewrite } from './text-rewrite.js';

const WORD = characterSet('A-Za-z0-9_$.+-');
const LITERAL = /^(?:[+-]?\.?\d.*|[+-]?(?:Infinity|NaN)|true|false|null|undefined)$/s;
/** Members whose value names a database, a collection or an index: of MongoDB's commands, and of DynamoDB's requests. */
const STRUCTURAL: ReadonlySet<string> = new Set(
  (
    'find aggregate insert update delete count distinct findAndModify findandmodify getMore collection mapReduce create drop ' +
    'createIndexes listIndexes dropIndexes explain $db TableName IndexName'
  ).split(' '),
);
const NAME_OF_STORE = /^[A-Za-z][\w.$-]{0,63}$/;
const LONGEST_LITERAL = 64;
const SHORTEST_TELLING_NAME = 12;

/**
 * Replaces the values in a query that is JSON, or an object of JavaScript (`db.users.find({name: 'x'})`), by `"?"`: of
 * MongoDB, Elasticsearch, OpenSearch, DynamoDB. The names of members stay, and so do the names of collections. What was cut
 * off counts as a value. One pass.
 *
 * @param text attacker-controlled.
 */
export function maskQueryJson(text: string, rules: ContentRules): string {
  const rewrite = new TextRewrite(text);
  let member = '';
  let at = 0;
  while (at < text.length) {
    const quote = text[at] ?? '';
    if (quote === '"' || quote === "'" || quote === '`') {
      const end = stringEnd(text, at, quote);
      const inside = text.slice(at + 1, end > at + 1 && text[end - 1] === quote ? end - 1 : end);
      if (isName(text, end)) {
        member = inside;
        if (inside.length >= SHORTEST_TELLING_NAME) rewrite.replace(at + 1, end - 1, rules.maskText(inside));
      } else {
        if (inside !== '?' && inside !== '' && !namesStore(member, inside))
          rewrite.replace(at, end, `${quote}?${quote}`);
        member = '';
      }
      at = end;
    } else if (WORD[text.charCodeAt(at)] === 1) {
      const end = endOfRun(text, at, WORD);
      const word = text.slice(at, Math.min(end, at + LONGEST_LITERAL));
      if (isName(text, end)) member = word;
      else if (LITERAL.test(word)) rewrite.replace(at, end, '"?"');
      at = end;
    } else at += 1;
  }
  return rewrite.toString();
}

function stringEnd(text: string, at: number, quote: string): number {
  for (let end = at + 1; end < text.length; end += 1) {
    if (text[end] === '\\') end += 1;
    else if (text[end] === quote) return end + 1;
  }
  return text.length;
}

const NAME_BEHIND = /\s{0,16}:/y;

function isName(text: string, end: number): boolean {
  NAME_BEHIND.lastIndex = end;
  return NAME_BEHIND.test(text);
}

function namesStore(member: string, value: string): boolean {
  return STRUCTURAL.has(member) && NAME_OF_STORE.test(value) && !looksSecret(value);
}
