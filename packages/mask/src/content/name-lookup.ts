import type { ContentRules } from '../content-rules.js';
import { looksSecret } from '../detectors/secret-shape.js';
import { isCoordinate, isImage, isPartOfArn } from './colon-names.js';
import { type FoundName, isNoKind, twoWords } from './found-name.js';
import type { Operator } from './operator.js';
import { decodePercent } from './percent-decoding.js';
import { maskForParameter, mayMaskParameter } from './query-text.js';

const FILE_POSITION = /\.[A-Za-z]{1,5}$/;
const FORM_PAIR = /^&[\w.-]{1,64}=/;
const POSITION = /^\d{1,5}\b/;

/** A name in a text, what stands behind it, and the name before it. */
interface NamePosition {
  readonly name: FoundName;
  readonly operator: Operator;
  readonly before: FoundName;
}

/** What the rules say about values behind names in a text of no certain form. */
export class NameLookup {
  readonly #text: string;
  readonly #rules: ContentRules;

  constructor(text: string, rules: ContentRules) {
    this.#text = text;
    this.#rules = rules;
  }

  /** Whether there is a value for which `lookUpNamed` gives a replacement. */
  mayMask(name: FoundName, { kind, spaced }: Operator, before: FoundName): boolean {
    if (this.#mayMaskWord(name.text)) return true;
    const words = twoWords(this.#text, before, name);
    if (words !== undefined && this.#mayMaskWord(words)) return true;
    if (spaced) return false;
    if (kind === 'equals') return mayMaskParameter(name.text, this.#rules);
    return kind === 'colon' && this.#mayMaskWord(lastPart(name.text));
  }

  #mayMaskWord(name: string): boolean {
    return this.#rules.mayMask(decodePercent(name), 'assignment');
  }

  /** The replacement of a value, or undefined. */
  lookUpNamed({ name, operator, before }: NamePosition, value: string): string | undefined {
    if (operator.kind === 'colon' && isPartOfArn(this.#text, name.start)) return undefined;
    if (
      operator.kind === 'colon' &&
      !operator.spaced &&
      (isCoordinate(name.text, value) || isImage(this.#text, name.start, value))
    )
      return undefined;
    // `${TOKEN:?no token}`: what a shell says when there is none.
    if (value.startsWith('?') && this.#text.startsWith('${', name.start - 2)) return undefined;
    if (operator.kind === 'colon' && !operator.spaced && POSITION.test(value)) {
      if (FILE_POSITION.test(name.text) || '/\\'.includes(this.#text[name.start - 1] ?? ' '))
        return undefined;
      return this.lookUp(lastPart(name.text), value);
    }
    return (
      this.lookUp(name.text, value) ??
      this.lookUpTwoWords(name, before, value) ??
      this.#lookUpParameter(name, operator, value)
    );
  }

  lookUp(name: string, value: string): string | undefined {
    return this.#rules.maskForName(decodePercent(name), 'assignment', value);
  }

  lookUpTwoWords(name: FoundName, before: FoundName, value: string): string | undefined {
    const words = twoWords(this.#text, before, name);
    if (words === undefined || (isNoKind(before) && !value.split(':').some(isSecretPart))) return undefined;
    return this.lookUp(words, value);
  }

  /** Of a form body: `grant_type=authorization_code&code=x`. */
  #lookUpParameter(
    { start, text }: FoundName,
    { kind, end, spaced }: Operator,
    value: string,
  ): string | undefined {
    if (kind !== 'equals' || spaced) return undefined;
    const isPair =
      this.#text[start - 1] === '&' ||
      FORM_PAIR.test(this.#text.slice(end + value.length, end + value.length + 66));
    // A bare `key` is one of a map far more often.
    const isParameter = isPair && (text !== 'key' || looksSecret(value));
    return isParameter ? maskForParameter(text, value, this.#rules) : undefined;
  }
}

/** Of an entry: `order-88213`. */
const NUMBERED = /^[A-Za-z]{2,24}[-_]\d{1,12}$/;

function isSecretPart(part: string): boolean {
  return looksSecret(part) && !NUMBERED.test(part);
}

function lastPart(name: string): string {
  return name.slice(name.search(/[^-._]*$/));
}
