import type { ContentRules } from '../content-rules.js';
import { isCount } from '../count-names.js';
import { EVERYWHERE, type TextScan } from '../scan/text-scan.js';
import { isDirectory } from './code-expression.js';
import {
  backslashesBefore,
  breaksNumber,
  firstSolid,
  hasWords,
  isForeign,
  isLiteralEnd,
  levelAt,
  levelOf,
  literalLength,
  standsBesideString,
} from './json-characters.js';
import { maskParameters } from './json-parameters.js';
import { maskRows } from './json-rows.js';
import { decodeNested, encodeNested } from './json-string.js';
import type { MemberName, StringToken } from './json-token.js';
import { JsonTokens } from './json-tokens.js';
import { isStruckOut } from './placeholder.js';
import { isNoSecret } from './prose.js';
import { holdsQuotedCells, maskQuotedCells } from './quoted-cells.js';
import { isWordOfSentence } from './quoted-name.js';
import { isAskedFor, isMetadataText } from './secret-metadata.js';
import { type NamesMembers, secretObject } from './secret-object.js';
import { SiblingNames } from './sibling-names.js';
import {
  calledSibling,
  holdsName,
  holdsValue,
  lastOfPath,
  NO_TEXT,
  nameByLogin,
  namedElements,
  namesBehind,
  namesValue,
  siblingRole,
} from './sibling-values.js';
import { isForeignValue } from './value-wrapper.js';

const COLON = 58;
/** What stands for the value of a member that is no text. */
const LIST = '[]';
const MAP = '{}';
const NONE_NAMED: ReadonlyMap<number, string> = new Map();
const KEPT_LITERALS: ReadonlySet<string> = new Set(['', 'true', 'false', 'null']);
/** A value can be named by a member behind it that starts this near. */
const REACH = 256;
/** How far words are looked for that make a text no JSON, of what closes as JSON does and of what does not. */
const NEAR = 64;
const FAR = 1024;

/** What a scan found besides what it masked. */
export interface JsonScan {
  /** The same reference when nothing changed. */
  readonly text: string;
  /** True when words stand outside of strings, so that the text is no JSON, or not only. */
  readonly foreign: boolean;
  /** True when nothing but whole members of plain JSON was replaced: another scan would change nothing. */
  readonly settled: boolean;
}

/**
 * Masks JSON in a text without parsing it: works when the text is cut off anywhere, escaped as a whole, or stands between
 * other text; keeps formatting, number spelling and duplicate members. A member that a key rule hits is replaced whole,
 * whatever its type. One pass; the time is linear in the text (attacker-controlled).
 *
 * @param marks where something of the text may have to be masked: strings far from any mark are passed over.
 */
export function maskJsonText(text: string, rules: ContentRules, marks: TextScan = EVERYWHERE): JsonScan {
  if (holdsQuotedCells(text)) return { text: maskQuotedCells(text, rules), foreign: true, settled: false };
  const bound = maskParameters(text, rules, marks);
  const rows = bound === text ? maskRows(text, rules, marks) : bound;
  if (rows === text) return new JsonScanner(text, rules, marks).scan();
  return { ...maskJsonText(rows, rules, rules.marksOf(rows)), settled: false };
}

class JsonScanner {
  readonly #text: string;
  readonly #rules: ContentRules;
  readonly #tokens: JsonTokens;
  readonly #parts: string[] = [];
  readonly #marks: readonly number[] | undefined;
  readonly #secretName: NamesMembers | undefined;
  readonly #lastMark: number;
  #nextMark = 0;
  /** True when a part of a string was replaced. */
  #nested = false;
  /** True of a text that opens as an object does. */
  readonly #isMap: boolean;
  /** Up to here the strings of a list are named by others. */
  #namedTo = -1;
  /** What lies before this offset is in #parts. */
  #copied = 0;
  #foreign = false;
  #level = 0;
  readonly #siblings: SiblingNames;
  /** Where the list stands that is the value of the last member, if a rule on the member's name can hit what is in it. */
  #listAt = -1;
  #listName = '';
  /** Names of the strings of a list, by where they start. */
  #named: ReadonlyMap<number, string> = NONE_NAMED;

  constructor(text: string, rules: ContentRules, { ends, traits }: TextScan) {
    this.#text = text;
    this.#rules = rules;
    this.#siblings = new SiblingNames(rules);
    this.#tokens = new JsonTokens(text);
    this.#secretName = secretObject(text, traits);
    this.#isMap = firstSolid(text) === 123;
    this.#marks = this.#secretName === undefined ? ends : undefined;
    this.#lastMark = this.#marks === undefined ? text.length : (this.#marks[this.#marks.length - 1] ?? -1);
  }

  scan(): JsonScan {
    let index = 0;
    while (index < this.#text.length && !this.#isDone(index)) {
      const token = this.#nextString(index);
      this.#readBetween(index, token === undefined ? this.#text.length : token.start);
      if (token === undefined) break;
      if (this.#isMap && standsBesideString(this.#text, index)) this.#foreign = true;
      index = this.#isIdle(token) ? token.next : this.#readString(token);
    }
    this.#peek(index);
    if (this.#copied === 0) return { text: this.#text, foreign: this.#foreign, settled: false };
    const text = [...this.#parts, this.#text.slice(this.#copied)].join('');
    return { text, foreign: this.#foreign, settled: !this.#foreign && !this.#nested };
  }

  /** What stands behind the last mark that was read can say that this is no JSON: `["pin", "age"] must be set, got "x"`. */
  #peek(from: number): void {
    const closes = /[}\]]\s{0,64}$/.test(this.#text.slice(-65));
    const limit = Math.min(this.#text.length, from + (closes ? NEAR : FAR));
    for (let index = from; index < limit && !this.#foreign; ) {
      const token = this.#nextString(index);
      this.#foreign = hasWords(this.#text, index, Math.min(limit, token?.start ?? limit));
      index = token?.next ?? limit;
    }
  }

  /** Behind the last mark only what a name before it says can matter. */
  #isDone(index: number): boolean {
    if (index <= this.#lastMark || this.#siblings.isAwaiting || index <= this.#namedTo) return false;
    // Words behind a name make it other text than JSON.
    return ',}]'.includes(this.#text[this.#tokens.skipSpace(index)] ?? '}');
  }

  /** Whether a string holds nothing and says nothing of its neighbours. */
  #isIdle(token: StringToken): boolean {
    const { start, end, next } = token;
    if (this.#marks === undefined || this.#siblings.last !== '' || start <= this.#namedTo) return false;
    const mark = this.#markAfter(start);
    if (mark <= end) return false;
    const role = siblingRole(this.#text, start, end);
    // However long a value is, the member behind it may name it.
    return role === undefined || (role === 'name' && mark > next + REACH);
  }

  /** The first mark behind an offset; offsets come in ascending order. */
  #markAfter(at: number): number {
    if (this.#marks === undefined) return at;
    while ((this.#marks[this.#nextMark] ?? Number.MAX_SAFE_INTEGER) <= at) this.#nextMark += 1;
    return this.#marks[this.#nextMark] ?? Number.MAX_SAFE_INTEGER;
  }

  /** Whether something in a string may have to be masked, or names what stands near it. */
  #isMarked({ start, end }: StringToken): boolean {
    return this.#markAfter(start) <= end;
  }

  /** The next string from an offset that is outside of any. */
  #nextString(from: number): StringToken | undefined {
    const quote = this.#text.indexOf('"', from);
    if (quote === -1) return undefined;
    this.#level = levelOf(backslashesBefore(this.#text, quote, from));
    return this.#tokens.stringAt(quote + 1, this.#level);
  }

  /** Reads a string, and the value behind it when it is a member's name. Returns the offset behind what was read. */
  #readString(token: StringToken): number {
    const colon = this.#tokens.skipSpace(token.next);
    if (this.#text.charCodeAt(colon) !== 58) {
      this.#readElement(token);
      return token.next;
    }
    const name = decodeNested(this.#text.slice(token.start, token.end), token.level + 1);
    const isMarked = this.#isMarked(token);
    // Short names hold no secret of their own.
    if (isMarked && (name.length >= 12 || name.includes('@'))) this.#maskString(token, name);
    const start = this.#tokens.skipSpace(colon + 1);
    return this.#readMember({ name, isMarked }, start, token.level);
  }

  /** A string that is no member: of a list, where one can name the next. */
  #readElement(token: StringToken): void {
    if (token.start === token.end) return;
    const name = this.#named.get(token.start);
    const value = decodeNested(this.#text.slice(token.start, token.end), token.level + 1);
    const masked = name === undefined ? undefined : this.#rules.maskForName(name, 'member', value);
    if (masked === undefined) this.#maskString(token, value);
    else if (masked !== value) this.#replace(token.start, token.end, encodeNested(masked, token.level + 1));
  }

  /** Reads ahead in a list of strings that opens at a bracket, and notes which of them are named by the one before. */
  #noteList(bracket: number): void {
    this.#named = NONE_NAMED;
    this.#namedTo = -1;
    const at = this.#tokens.skipSpace(bracket + 1);
    // Most lists are none of strings.
    if (!'"\\'.includes(this.#text[at] ?? ' ')) return;
    const level = levelAt(this.#text, at);
    const tokens = this.#tokens.elementsAt(at, level);
    const elements = tokens.map(({ start, end }) =>
      this.#text[start - 1] === '"' ? decodeNested(this.#text.slice(start, end), level + 1) : NO_TEXT,
    );
    const named = namedElements(elements, this.#rules, { text: this.#text, at: bracket });
    const own = bracket === this.#listAt ? this.#listName : undefined;
    this.#named = new Map(
      tokens.flatMap(({ start }, index) => {
        const name = named.get(index) ?? own;
        return name === undefined ? [] : [[start, name]];
      }),
    );
    this.#namedTo = Math.max(-1, ...this.#named.keys());
  }

  /** The mask of a member by its own name, else by the name that its sibling holds. */
  #maskMember({ name, isMarked }: MemberName, value: string, next: number): string | undefined {
    const own = isMarked
      ? this.#rules.maskForName(this.#secretName?.(name, value) ?? name, 'member', value)
      : undefined;
    const login = nameByLogin({ member: name, isList: value === LIST }, this.#siblings.last);
    if (own !== undefined || (login === '' && !holdsValue(name, value))) return own;
    let masked: string | undefined;
    const names = login === '' ? [this.#siblings.last, ...namesBehind(this.#text, next, name)] : [login];
    for (const called of names)
      if (namesValue(called, value) && !this.#isNone(called, value, next))
        masked ??= this.#rules.maskForName(called, 'member', value);
    return masked;
  }

  #readMember(member: MemberName, start: number, level: number): number {
    const { name } = member;
    const first = this.#text.charCodeAt(start);
    if (member.isMarked && isForeignValue(this.#text, start)) {
      this.#foreign = true;
      return start;
    }
    const quote = this.#tokens.quoteAt(start, level);
    if (quote !== -1) {
      const token = this.#tokens.stringAt(quote + 1, level);
      const value = decodeNested(this.#text.slice(token.start, token.end), level + 1);
      const masked =
        value === '' || isStruckOut(value) || (member.isMarked && this.#isNone(name, value, token.next))
          ? undefined
          : this.#maskMember(member, value, token.next);
      if (this.#isMarked(token)) this.#siblings.note(calledSibling(name, value));
      if (masked === undefined) this.#maskString(token, value);
      else if (masked !== value) this.#replace(token.start, token.end, encodeNested(masked, level + 1));
      // What has a value itself is a name, in text that is no JSON.
      const isName = this.#text.charCodeAt(this.#tokens.skipSpace(token.next)) === 58;
      return isName ? start : token.next;
    }
    if (first === 123 || first === 91) {
      if (first === 91 && holdsName(name)) this.#siblings.note(lastOfPath(this.#text, start));
      if (this.#text[this.#tokens.skipSpace(start + 1)] === ']' || this.#holdsMetadata(member, start, level))
        return start;
      // A container that is not hit is read on from its inside.
      const masked = this.#maskMember(member, first === 91 ? LIST : MAP, -1);
      if (masked === undefined) {
        if (first === 91 && member.isMarked && this.#rules.mayMask(name, 'member'))
          this.#noteOwn(start, name);
        return start;
      }
      const end = this.#tokens.closing(start, level);
      this.#replace(start, end, this.#quoted(masked, level));
      return end;
    }
    return this.#readLiteral(member, start, level);
  }

  #noteOwn(bracket: number, name: string): void {
    this.#listAt = bracket;
    this.#listName = name;
  }

  #isNone(name: string, value: string, next: number): boolean {
    return isNoSecret({ name, value, text: this.#text, next });
  }

  #holdsMetadata({ name, isMarked }: MemberName, start: number, level: number): boolean {
    if (!isMarked || this.#secretName !== undefined || !this.#rules.judgesWords(name)) return false;
    return isMetadataText(decodeNested(this.#text.slice(start, this.#tokens.closing(start, level)), level));
  }

  /** Numbers, true, false, null, and whatever else stands without quotes. */
  #readLiteral({ name, isMarked }: MemberName, start: number, level: number): number {
    let end = start;
    while (end < this.#text.length && !isLiteralEnd(this.#text.charCodeAt(end))) end += 1;
    const literal = this.#text.slice(start, end);
    if (isMarked && literal === 'true') this.#siblings.note(calledSibling(name, literal));
    if (
      KEPT_LITERALS.has(literal) ||
      (isMarked && /^\d{1,9}$/.test(literal) && isCount(name, Number(literal)))
    )
      return end;
    if (/^:?=/.test(literal)) {
      this.#foreign = true;
      return end;
    }
    if (isAskedFor(this.#text, start, literal)) return end;
    if (isWordOfSentence(this.#text, start, literal)) return start;
    const masked =
      isMarked && !isDirectory(name, literal) ? this.#rules.maskForName(name, 'member', literal) : undefined;
    if (masked === undefined) return start;
    // What was no literal is one now, and what follows can be read.
    if (!/^[\w.+-]{1,32}$/.test(literal)) this.#nested = true;
    this.#replace(start, end, this.#quoted(masked, level));
    return end;
  }

  #maskString(token: StringToken, decoded?: string): void {
    if (token.end - token.start < 4 || !this.#isMarked(token)) return;
    const value = decoded ?? decodeNested(this.#text.slice(token.start, token.end), token.level + 1);
    const masked = this.#rules.maskText(value);
    if (masked === value) return;
    this.#nested = true;
    this.#replace(token.start, token.end, encodeNested(masked, token.level + 1));
  }

  /** What stands outside of strings: punctuation, literals, numbers that may be card numbers, and text that is no JSON. */
  #readBetween(from: number, to: number): void {
    let digits = 0;
    let longest = 0;
    for (let index = from; index < to; index += 1) {
      const code = this.#text.charCodeAt(index);
      if (code >= 48 && code <= 57) {
        if (digits === 0 && index > from && breaksNumber(this.#text, from, index)) this.#foreign = true;
        digits += 1;
        if (digits > longest) longest = digits;
        continue;
      }
      digits = 0;
      if (code === COLON && this.#text.charCodeAt(index - 1) === COLON) this.#foreign = true;
      if (code === 123) this.#siblings.enter();
      else if (code === 125) this.#siblings.leave();
      else if (code === 91 && index <= this.#lastMark) this.#noteList(index);
      if (!this.#foreign && isForeign(code)) {
        const literal = literalLength(this.#text, index);
        if (literal === 0) this.#foreign = true;
        else index += literal - 1;
      }
    }
    if (longest >= 12) this.#maskNumbers(from, to);
  }

  #maskNumbers(from: number, to: number): void {
    for (const found of this.#text.slice(from, to).matchAll(/(?<![\w.+-])-?\d{12,19}(?![\w.])/g)) {
      if (this.#rules.maskText(found[0]) === found[0]) continue;
      const start = from + found.index;
      this.#replace(start, start + found[0].length, this.#quoted(this.#rules.mask, this.#level));
    }
  }

  #quoted(text: string, level: number): string {
    const quote = `${'\\'.repeat(2 ** level - 1)}"`;
    return quote + encodeNested(text, level + 1) + quote;
  }

  #replace(start: number, end: number, replacement: string): void {
    // A value that is a name as well was replaced before.
    if (start < this.#copied) return;
    this.#parts.push(this.#text.slice(this.#copied, start), replacement);
    this.#copied = end;
  }
}
