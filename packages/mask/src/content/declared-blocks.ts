import type { ContentRules } from '../content-rules.js';
import type { Stretch } from '../stretch.js';
import { isMaskedValue } from './masked-value.js';
import { isPlaceholder } from './placeholder.js';
import { saysNothing } from './prose.js';
import { TextRewrite } from './text-rewrite.js';

/** A variable of Terraform, whose default is a member of its block. Group 1: the name. */
const VARIABLE = /(?<![\w.-])variable[ \t]{1,8}"([A-Za-z_][\w.-]{0,127})"[ \t]{0,8}\{/g;
const DEFAULT = /(?<![\w.-])default[ \t]{0,64}=[ \t]{0,64}/y;
const STRING = /"((?:[^"\\\n]|\\.){1,4096})"/y;
/** Of the members before a default: a type, a description, a validation in braces of its own. */
const MOST_BLOCK = 4096;
/** Lines up to a word: of HCL, Ruby, PHP and shells. Group 1: the name, group 2: the word. */
const HEREDOC =
  /(?<![\w.-])["']?([A-Za-z_][\w.-]{0,127})["']?[ \t]{0,64}(?:=>?|:)[ \t]{0,64}<<<?[-~]?["']?([A-Za-z_]\w{0,31})["']?[ \t]{0,8}\r?\n/g;
const MOST_LINES = 256;
/** One of these is in every text in which something is found. */
export const BLOCK_WORDS: readonly string[] = ['variable', '<<'];

/**
 * Masks values of blocks whose name stands on the line that opens them: `variable "db_password" {`, `password = <<EOT`.
 *
 * @param text attacker-controlled.
 */
export function maskDeclaredBlocks(text: string, rules: ContentRules): string {
  const masked = maskEach(text, { pattern: VARIABLE, read: defaultOf }, rules);
  return masked.includes('<<') ? maskEach(masked, { pattern: HEREDOC, read: linesOf }, rules) : masked;
}

interface Block {
  readonly pattern: RegExp;
  /** The value of a block that opens with a match and goes on at an offset. */
  readonly read: (text: string, at: number, opening: RegExpExecArray) => Stretch | undefined;
}

function maskEach(text: string, { pattern, read }: Block, rules: ContentRules): string {
  const rewrite = new TextRewrite(text);
  const blocks = new RegExp(pattern);
  for (let block = blocks.exec(text); block !== null; block = blocks.exec(text)) {
    const name = block[1] ?? '';
    if (rules.maskForName(name, 'assignment', rules.mask) === undefined) continue;
    const found = read(text, blocks.lastIndex, block);
    if (found === undefined) continue;
    blocks.lastIndex = found.end;
    const value = text.slice(found.start, found.end);
    if (isMaskedValue(value.trim(), rules) || isPlaceholder(value.trim()) || saysNothing(value)) continue;
    rewrite.replace(found.start, found.end, rules.maskForName(name, 'assignment', value) ?? value);
  }
  return rewrite.toString();
}

/** The string of `default = "x"`, up to the brace that closes the block. */
function defaultOf(text: string, from: number): Stretch | undefined {
  const limit = Math.min(text.length, from + MOST_BLOCK);
  for (let at = from, depth = 1; at < limit && depth > 0; at += 1) {
    const sign = text[at];
    if (sign === '{') depth += 1;
    else if (sign === '}') depth -= 1;
    else if (sign === '"') at = stringEnd(text, at) - 1;
    else if (sign === 'd') {
      DEFAULT.lastIndex = at;
      if (!DEFAULT.test(text)) continue;
      STRING.lastIndex = DEFAULT.lastIndex;
      const value = STRING.exec(text)?.[1];
      if (value !== undefined)
        return { start: STRING.lastIndex - 1 - value.length, end: STRING.lastIndex - 1 };
    }
  }
  return undefined;
}

function stringEnd(text: string, at: number): number {
  STRING.lastIndex = at;
  return STRING.test(text) ? STRING.lastIndex : at + 1;
}

/** The lines up to the one that is the word, or to the end of a text that was cut off before. */
function linesOf(text: string, from: number, opening: RegExpExecArray): Stretch | undefined {
  const word = opening[2] ?? '';
  let start = from;
  for (let count = 0; count < MOST_LINES && start < text.length; count += 1) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const line = text
      .slice(start, Math.min(end, start + 128))
      .trim()
      .replace(/[;,)]{1,4}$/, '');
    if (line === word) return inside(text, from, start);
    start = end + 1;
  }
  return inside(text, from, Math.min(start, text.length));
}

/** The lines without the indent of the first and the end of the last. */
function inside(text: string, from: number, to: number): Stretch | undefined {
  const lines = text.slice(from, to);
  const start = from + lines.length - lines.trimStart().length;
  const end = from + lines.trimEnd().length;
  return end > start ? { start, end } : undefined;
}
