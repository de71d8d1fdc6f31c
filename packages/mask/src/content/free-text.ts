import type { ContentRules } from '../content-rules.js';
import { isOddlyWritten, looksSecret } from '../detectors/secret-shape.js';
import { EVERYWHERE, firstAfter, type TextScan } from '../scan/text-scan.js';
import {
  bracketedEnd,
  digitsEnd,
  followsBreak,
  NearWords,
  nameEnd,
  startsName,
  ValueReader,
  wordEnd,
} from './assignment.js';
import { credentialsBehind, schemeLength, takesParameters } from './authorization-schemes.js';
import { closesString, literalEnd } from './closing-quote.js';
import { isCodeValue } from './code-expression.js';
import {
  isCommandOutput,
  isComparison,
  isDefinition,
  isNoAssignment,
  isPackageMember,
  isSameName,
  isTypedName,
} from './code-value.js';
import { readOracleLogin } from './colon-names.js';
import { CookieText } from './cookie-text.js';
import { maskEchoes } from './echoes.js';
import {
  type FoundName,
  isListedSetting,
  isMention,
  isNextName,
  isOfParser,
  isQualified,
  isSetter,
  startsProgram,
} from './found-name.js';
import { wordsEnd } from './line-value.js';
import { isMaskedValue } from './masked-value.js';
import { NameLookup } from './name-lookup.js';
import { type Operator, readOperator } from './operator.js';
import { isOption, isProperty } from './option-name.js';
import { isBearerToken, isFlagValue } from './option-value.js';
import { escapeAt } from './percent-escape.js';
import { isCode, isExampleCredentials, isPlaceholder, isStandIn } from './placeholder.js';
import { printedValueEnd } from './printed-map.js';
import {
  isBareWay,
  isDeed,
  isGiven,
  isGivenWord,
  isLowerWord,
  isMessageWord,
  isNoWord,
  isObjectName,
  isTellingSecret,
  isToldCode,
  opensSentence,
  saysNothing,
} from './prose.js';
import { maskQueryText } from './query-text.js';
import { isToldOfName } from './quoted-name.js';
import { isAskedFor, isPrintedMetadata } from './secret-metadata.js';
import { isKeyFile, isRemoteName, isSecretsName, isStoredName } from './secret-reference.js';
import { TextRewrite } from './text-rewrite.js';
import { nearStart, urlEnd } from './url-extent.js';
import { maskLocation, maskUrlText } from './url-text.js';
import { valueBelow } from './value-below.js';
import { CdataEnds, opensElement, readXmlElement, readXmlEntry } from './xml-element.js';

const BEARER = /^bearer$/i;
/** A mark tells nothing about what stands farther from it. In UTF-16 units. */
const NEAR = 2048;
const LONGEST_NAME = 128;
const LONGEST_WORD = 64;
const LOCAL_SCHEMES: ReadonlySet<string> = new Set('file node webpack webpack-internal app rsc'.split(' '));
const NPM_SETTING = /^\/\/[^\s=?#@]{1,256}\/:(?=_\w{1,16}=)/;
const TO = /^["'`]?[ \t]{1,8}to[ \t]/;
const SENTENCE: ReadonlySet<Operator['kind']> = new Set(['space', 'is', 'near']);

/**
 * Masks secrets in text of no certain form (a span name, a status message, a stack trace): assignments, flags,
 * secret-looking words after a name, authorization headers, URLs and connection strings, XML elements. A secret found by
 * its name is masked wherever else it stands in the same text. Time is linear in the length.
 *
 * @param text attacker-controlled.
 * @param marks where something may have to be masked: lines far from any mark are passed over.
 */
export function maskFreeText(text: string, rules: ContentRules, marks: TextScan = EVERYWHERE): string {
  return new FreeTextScan(text, rules, marks).run();
}

class FreeTextScan {
  readonly #text: string;
  readonly #rules: ContentRules;
  readonly #marks: readonly number[] | undefined;
  readonly #rewrite: TextRewrite;
  readonly #values: ValueReader;
  readonly #cookies: CookieText;
  readonly #cdata: CdataEnds;
  readonly #near: NearWords;
  readonly #names: NameLookup;
  readonly #secrets = new Set<string>();
  #previous: FoundName = { start: 0, end: 0, text: '' };
  #nextMask: number;
  /** Up to here no '=' follows a '?'. */
  #plainTo = 0;
  /** Up to here there is nothing to pass over. */
  #skipAt = 0;

  constructor(text: string, rules: ContentRules, { ends }: TextScan) {
    this.#text = text;
    this.#marks = ends;
    this.#rules = rules;
    this.#rewrite = new TextRewrite(text);
    this.#values = new ValueReader(text);
    this.#near = new NearWords(text);
    this.#names = new NameLookup(text, rules);
    this.#cookies = new CookieText(text, { rules, values: this.#values, rewrite: this.#rewrite });
    this.#cdata = new CdataEnds(text);
    this.#nextMask = this.#findMask(0);
  }

  run(): string {
    let at = 0;
    while (at < this.#text.length) at = this.#step(this.#skip(at));
    const masked = this.#rewrite.toString();
    return this.#secrets.size === 0 ? masked : maskEchoes(masked, this.#secrets, this.#rules);
  }

  /** To the line before the one of the next mark, and in a long line nearer to it: nothing between says or holds anything. */
  #skip(at: number): number {
    if (this.#marks === undefined || at < this.#skipAt) return at;
    const mark = this.#marks[firstAfter(this.#marks, at)];
    if (mark === undefined) return this.#text.length;
    const line = this.#text.lastIndexOf('\n', mark - 1);
    const before = line <= 0 ? 0 : this.#text.lastIndexOf('\n', line - 1) + 1;
    const end = this.#values.lineEnd(mark);
    // The second word of a name can open the next line.
    const nextEnd = end === mark ? this.#values.lineEnd(end + 1) : end;
    this.#skipAt = Math.min(nextEnd, mark + NEAR);
    return nearStart(this.#text, Math.max(at, before), mark - NEAR);
  }

  #findMask(from: number): number {
    const at = this.#rules.mask === '' ? -1 : this.#text.indexOf(this.#rules.mask, from);
    return at < 0 ? this.#text.length : at;
  }

  #step(at: number): number {
    if (at >= this.#nextMask) {
      if (at === this.#nextMask) {
        this.#nextMask = this.#findMask(at + this.#rules.mask.length);
        return at + this.#rules.mask.length;
      }
      this.#nextMask = this.#findMask(at);
    }
    const code = this.#text.charCodeAt(at);
    if (code === 0x2f) return this.#slash(at);
    if (code === 0x3c) return opensElement(this.#text, at) ? this.#element(at) : at + 1;
    if (code === 0x3f) return this.#question(at);
    if (startsName(this.#text, at)) return this.#name(at);
    // Its digits begin no name: `%26pwd` holds the name `pwd`.
    return code === 0x25 ? Math.max(escapeAt(this.#text, at).end, at + 1) : at + 1;
  }

  /** An origin-form target (`GET /reset/…?code=…`); paths of files pass. */
  #slash(at: number): number {
    if (!followsBreak(this.#text, at)) return at + 1;
    const end = urlEnd(this.#text, at, this.#rules.mask);
    if (end <= at + 1) return at + 1;
    const target = this.#text.slice(at, end);
    // `/password:x` of Windows.
    if (/^\/[A-Za-z]\w{0,63}:[^/]/.test(target)) return at + 1;
    // `//host/:_password=…` of npm: the value stands behind it, and base64 has slashes.
    const setting = NPM_SETTING.exec(target)?.[0].length ?? 0;
    if (setting > 0) return at + setting;
    const masked = target.includes('=')
      ? maskUrlText(target, this.#rules)
      : maskLocation(target, this.#rules);
    this.#rewrite.replace(at, end, masked);
    return end;
  }

  #question(at: number): number {
    if (at < this.#plainTo || !followsBreak(this.#text, at) || !startsName(this.#text, at + 1)) return at + 1;
    const end = urlEnd(this.#text, at, this.#rules.mask);
    const query = this.#text.slice(at, end);
    if (end <= at || !query.includes('=')) {
      this.#plainTo = end;
      return at + 1;
    }
    this.#rewrite.replace(at, end, maskQueryText(query, this.#rules));
    return end;
  }

  #element(at: number): number {
    const element = readXmlElement(this.#text, at, this.#cdata) ?? readXmlEntry(this.#text, at);
    if (element === undefined) return at + 1;
    const { name, start, end } = element;
    const value = this.#text.slice(start, end);
    const says = value.trim();
    // In HTML, a word of a program.
    const isSecret = name !== 'code' && !isMaskedValue(says, this.#rules) && !isStandIn(says);
    const hit = isSecret ? this.#names.lookUp(name, value) : undefined;
    if (hit === undefined) return at + 1;
    this.#replace(start, end, hit);
    return end;
  }

  #name(at: number): number {
    const end = nameEnd(this.#text, at);
    if (this.#text.startsWith('://', end)) return this.#url(at, end);
    if (end - at === 4 && this.#text[end] === ':') {
      const done = this.#oracleUrl(at);
      if (done > end) return done;
    }
    const from = at + (isProperty(this.#text, at) ? 1 : 0);
    const name = {
      start: from,
      end,
      text: this.#text.slice(Math.max(end - LONGEST_NAME, from), end),
    };
    const operator = readOperator(this.#text, end);
    const next = operator === undefined ? end : this.#assignment(name, operator);
    this.#previous = name;
    return next;
  }

  /** `jdbc:oracle:thin:user/password@…` has no '//' before its user. */
  #oracleUrl(at: number): number {
    const login = readOracleLogin(this.#text, at);
    if (login === undefined) return at;
    for (const { start, end } of [login.user, login.password])
      if (!isMaskedValue(this.#text.slice(start, end), this.#rules))
        this.#replace(start, end, this.#rules.mask);
    return login.end;
  }

  #url(at: number, schemeEnd: number): number {
    const end = urlEnd(this.#text, at, this.#rules.mask);
    const url = this.#text.slice(at, end);
    const isLocal = LOCAL_SCHEMES.has(this.#text.slice(at, schemeEnd).toLowerCase()) && !url.includes('=');
    this.#rewrite.replace(at, end, isLocal ? maskLocation(url, this.#rules) : maskUrlText(url, this.#rules));
    return Math.max(end, schemeEnd + 3);
  }

  /** Masks the value after a name and an operator, and gives the place to go on from. */
  #assignment(name: FoundName, operator: Operator): number {
    if (operator.end >= this.#text.length) return name.end;
    if (SENTENCE.has(operator.kind)) return this.#spaced(name, operator);
    if (operator.end === this.#nextMask) return operator.end;
    if (closesString(this.#text, name, operator.end)) return name.end;
    const cookies = this.#cookies.mask(name, operator);
    if (cookies >= 0) return cookies;
    // To judge a value takes far longer than to see that no rule is about its name.
    if (!this.#names.mayMask(name, operator, this.#previous)) return name.end;
    const below = '\r\n|>'.includes(this.#text[operator.end] ?? ' ')
      ? valueBelow(this.#text, { name: name.text, at: operator.end }, this.#rules)
      : undefined;
    if (below !== undefined) return this.#replaceNamed(name, below.start, below.end);
    const value = this.#values.read(operator.end, operator);
    const text = this.#text.slice(value.start, value.end);
    if (isMaskedValue(text, this.#rules) || saysNothing(text) || isCode(name.text, text)) return name.end;
    if (isExampleCredentials(this.#text.slice(value.start, value.start + 64))) return name.end;
    if (isDeed(name.text, text, operator.kind) || isSecretsName(name.text, text)) return name.end;
    if (isStoredName(this.#text, name, text) || isRemoteName(this.#text, name.text, value.end))
      return name.end;
    if (isBareWay(name.text, this.#text, value)) return name.end;
    if (value.quoted && isCommandOutput(this.#text, value)) return name.end;
    if (operator.kind === 'colon' && isOfParser(this.#previous, name) && !looksSecret(text)) return name.end;
    if (isNoAssignment(this.#text, name, value.quoted) && !looksSecret(text)) return name.end;
    if (!value.quoted && this.#rules.judgesWords(name.text) && isPrintedMetadata(text)) return name.end;
    if (
      !value.quoted &&
      (this.#isNoValue(name, operator, text) || isCodeValue(this.#text, value, { name: name.text, operator }))
    )
      return name.end;
    const hit = this.#names.lookUpNamed({ name, operator, before: this.#previous }, text);
    if (hit === undefined) return name.end;
    const printed = value.quoted ? 0 : printedValueEnd(this.#text, name.start, value.start);
    if (printed > value.end) return this.#replace(value.start, printed, hit);
    const end = value.quoted ? value.end : this.#credentialsEnd(name, value.start, value.end);
    return this.#replace(value.start, this.#trimmedEnd(value.start, end), hit);
  }

  /** `a= b=c` has an empty value, `a === b` compares, `a==1.7` is a version; `token: expired` and `Unexpected token: foo` are messages. */
  #isNoValue(name: FoundName, { kind, end, spaced }: Operator, value: string): boolean {
    if (isComparison(this.#text, name.end, value) || isAskedFor(this.#text, end, value)) return true;
    if (spaced && (isNextName(this.#text, end, this.#rules) || startsProgram(this.#text, name, end)))
      return true;
    if (kind === 'equals' && spaced && isDefinition(this.#text, { start: name.start, at: end, value }))
      return true;
    if (kind === 'equals')
      return (
        spaced && !' \t'.includes(this.#text[name.end] ?? '=') && /^[\w.-]{1,64}(?:=(?!=|$)|:$)/.test(value)
      );
    if (!spaced || value.length > LONGEST_WORD) return false;
    const word = value.replaceAll(/^\(|[.:!?)]+$/g, '');
    if (isToldOfName(this.#text, end, word)) return true;
    if (isMessageWord(word)) {
      const credentials = credentialsBehind(this.#text, name.end, word);
      return credentials === '' || isMessageWord(credentials) || isMaskedValue(credentials, this.#rules);
    }
    return opensSentence(this.#text, name.end, { name: name.text, value });
  }

  /** `--token value`, `"token" "value"`, `password is value`, `bad password value`, `Bearer value`. */
  #spaced(name: FoundName, operator: Operator): number {
    const { end: at } = operator;
    if (at === this.#nextMask) return at;
    const isBearer = BEARER.test(name.text);
    if (
      !isBearer &&
      (isMention(this.#text, name, operator) || !this.#names.mayMask(name, operator, this.#previous))
    )
      return name.end;
    const isTo = operator.kind !== 'near' && TO.test(this.#text.slice(name.end, at));
    if (isTo && !isGiven(this.#text, at)) return name.end;
    const start = '([<'.includes(this.#text[at] ?? ' ') ? at + 1 : at;
    if ('"\'`'.includes(this.#text[start] ?? ' '))
      return this.#spacedQuoted(name, { ...operator, end: start });
    const end =
      bracketedEnd(this.#text, start) ??
      (operator.kind === 'near' ? this.#near.end(start) : wordEnd(this.#text, start));
    const word = this.#text.slice(start, end);
    const isFlag = operator.kind === 'space' && isOption(this.#text, name, this.#previous);
    const isSet = operator.kind === 'is' && isGivenWord(this.#text, start, end);
    // Most words of a sentence end here.
    if (!isFlag && !isSet && isLowerWord(word) && !isBearer) return name.end;
    if (isNoWord(word) || isMaskedValue(word, this.#rules) || isPlaceholder(word)) return name.end;
    if (!isFlag && isPackageMember(word)) return name.end;
    const fits = isFlag
      ? isFlagValue(this.#text, name, word)
      : isSet ||
        looksSecret(word) ||
        (isTypedName(name.text) && isOddlyWritten(word)) ||
        isListedSetting(this.#text, name, { start, end }) ||
        isToldCode(name.text, word, operator.kind === 'is');
    if (isBearer) {
      return fits || isBearerToken(this.#text, name.text, { word, end })
        ? this.#replace(start, end, this.#rules.mask)
        : name.end;
    }
    if (!fits) return name.end;
    const hit = this.#names.lookUp(name.text, word) ?? this.#names.lookUpTwoWords(name, this.#previous, word);
    return hit === undefined ? name.end : this.#replace(start, end, hit);
  }

  #spacedQuoted(name: FoundName, operator: Operator): number {
    const value = this.#values.read(operator.end, operator);
    const text = this.#text.slice(value.start, value.end);
    if (isMaskedValue(text, this.#rules) || text.length < 3 || text.length > 4096 || /[\r\n]/.test(text))
      return name.end;
    const isLoose = operator.kind === 'near' && (isMessageWord(text) || !isSetter(this.#text, name, text));
    if (isPlaceholder(text) || isKeyFile(text) || (isLoose && !looksSecret(text))) return name.end;
    if (isSameName(name.text, text) || closesString(this.#text, name, operator.end)) return name.end;
    if (isOfParser(this.#previous, name) && !looksSecret(text)) return name.end;
    const quote = this.#text[value.start - 1];
    const objectName =
      operator.kind !== 'is' && isObjectName(name.text, text, quote) && !isQualified(this.#previous, name);
    if (!'"\'`'.includes(this.#text[name.end] ?? ' ') && (objectName || isMessageWord(text))) return name.end;
    const hit = this.#names.lookUp(name.text, text) ?? this.#names.lookUpTwoWords(name, this.#previous, text);
    return hit === undefined ? name.end : this.#replace(value.start, value.end, hit);
  }

  /** `Authorization: Bearer …`: the scheme and what belongs to it are one value. */
  #credentialsEnd(name: FoundName, start: number, end: number): number {
    const line = this.#text.slice(start, start + 64);
    if (takesParameters(line)) return literalEnd(this.#text, name.start, this.#values.lineEnd(start));
    const isHeader = /authorization$/i.test(name.text) && !looksSecret(this.#text.slice(start, end));
    const scheme = schemeLength(line, isHeader);
    if (scheme === 0) return wordsEnd(this.#text, name, { start, end });
    const operator: Operator = { kind: 'space', end: start + scheme, spaced: true, escaped: false };
    return Math.max(this.#values.read(operator.end, operator).end, end);
  }

  /** A full stop at the end belongs to the sentence. */
  #trimmedEnd(start: number, from: number): number {
    let end = from;
    while (end > start + 1 && '.:'.includes(this.#text[end - 1] ?? ' ')) end -= 1;
    return digitsEnd(this.#text, end) > end ? from : end;
  }

  #replaceNamed(name: FoundName, start: number, end: number): number {
    const hit = this.#names.lookUp(name.text, this.#text.slice(start, end));
    return hit === undefined ? name.end : this.#replace(start, end, hit);
  }

  #replace(start: number, end: number, replacement: string): number {
    const secret = this.#text.slice(start, end);
    if (isTellingSecret(secret)) this.#secrets.add(secret);
    this.#rewrite.replace(start, end, replacement);
    return end > start ? end : start + 1;
  }
}
