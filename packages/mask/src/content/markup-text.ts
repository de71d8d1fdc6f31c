import type { ContentRules } from '../content-rules.js';
import { isMaskedValue } from './masked-value.js';
import { isStandIn } from './placeholder.js';
import { TextRewrite } from './text-rewrite.js';
import { opensElement } from './xml-element.js';

const TAG = /<(?:[A-Za-z_][\w.-]{0,63}:)?([A-Za-z_][\w.-]{0,127})/y;
const ATTRIBUTE = /[\s/]{0,64}([^\s=<>"'/]{1,128})(?:\s{0,8}=\s{0,8}(?:(["'])|([^\s"'<>]{1,4096})))?/y;
const TAG_END = /[\s/]{0,64}>/y;
const MOST_ATTRIBUTES = 64;
/** Attributes that can hold the name of what the element is for. */
const NAMES: ReadonlySet<string> = new Set(
  'name id key type property http-equiv itemprop autocomplete n k data-name data-key ng-model v-model'.split(
    ' ',
  ),
);
const VALUES: ReadonlySet<string> = new Set(
  'value content data-value defaultvalue val v data-content newvalue'.split(' '),
);
/** Elements whose text is the value of what an attribute names. */
const NAMED_ELEMENTS: ReadonlySet<string> = new Set(
  'textarea string property entry item param parameter field setting variable attribute pair prop arg env header data'.split(
    ' ',
  ),
);
/** Elements whose text can be the name of the next one: property lists, XML-RPC, Hadoop and Maven. */
const NAME_ELEMENTS: ReadonlySet<string> = new Set(['key', 'name', 'fieldname', 'paramname']);

interface Attribute {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

interface Tag {
  readonly name: string;
  readonly attributes: readonly Attribute[];
  /** Behind the tag. */
  readonly end: number;
  /** Its element has text. */
  readonly opens: boolean;
}

/**
 * Masks values in XML and HTML that an attribute or element beside them names: `<input type="password" value="x">`,
 * `<meta name="csrf-token" content="x">`, `<string name="api_key">x</string>`, `<key>password</key><string>x</string>`.
 * What an element or attribute itself is named after is found as text is.
 *
 * @param text attacker-controlled.
 */
export function maskMarkup(text: string, rules: ContentRules): string {
  return new MarkupScan(text, rules).run();
}

class MarkupScan {
  readonly #text: string;
  readonly #rules: ContentRules;
  readonly #rewrite: TextRewrite;
  /** What the element before called the next one. */
  #called = '';

  constructor(text: string, rules: ContentRules) {
    this.#text = text;
    this.#rules = rules;
    this.#rewrite = new TextRewrite(text);
  }

  run(): string {
    let at = this.#text.indexOf('<');
    while (at >= 0) at = this.#text.indexOf('<', this.#step(at));
    return this.#rewrite.toString();
  }

  #step(at: number): number {
    const tag = readTag(this.#text, at);
    if (tag === undefined) return at + 1;
    const named = this.#nameOf(tag);
    if (named !== '') {
      for (const { name, start, end } of tag.attributes) if (VALUES.has(name)) this.#mask(named, start, end);
    }
    return tag.opens ? this.#content(tag, named) : tag.end;
  }

  /** The name of a secret that an attribute holds, or ''. */
  #nameOf({ name: element, attributes }: Tag): string {
    // `<password value="x"/>`.
    if (attributes.some(({ name }) => VALUES.has(name)) && this.#isSecret(element)) return element;
    if (!attributes.some(({ name }) => NAMES.has(name))) return '';
    for (const { name, start, end } of attributes) {
      const text = NAMES.has(name) && end - start <= 128 ? this.#text.slice(start, end) : '';
      if (text !== '' && this.#isSecret(text)) return text;
    }
    return '';
  }

  #content({ name, end: start }: Tag, named: string): number {
    const close = this.#text.indexOf('<', start);
    const end = close < 0 ? this.#text.length : close;
    const content = this.#text.slice(start, Math.min(end, start + 256)).trim();
    if (content === '') {
      // `<property name="password"><value>x</value>`.
      const holdsMore = NAMED_ELEMENTS.has(name) && !this.#text.startsWith('</', end);
      if (named !== '' && holdsMore) this.#called = named;
      // `<Password><Value>x</Value>`.
      else if (opensValue(this.#text, end) && this.#isSecret(name)) this.#called = name;
      return end;
    }
    if (this.#called !== '') this.#mask(this.#called, start, end);
    else if (named !== '' && NAMED_ELEMENTS.has(name)) this.#mask(named, start, end);
    this.#called = NAME_ELEMENTS.has(name) && this.#isSecret(content) ? content : '';
    return end;
  }

  #isSecret(name: string): boolean {
    return (
      /^[\w.:$-]{1,128}$/.test(name) &&
      this.#rules.maskForName(name, 'member', this.#rules.mask) !== undefined
    );
  }

  #mask(name: string, start: number, end: number): void {
    const value = this.#text.slice(start, end);
    const inside = value.trim();
    if (isMaskedValue(inside, this.#rules) || isStandIn(inside) || EXPRESSION.test(inside)) return;
    this.#rewrite.replace(start, end, this.#rules.maskForName(name, 'member', value) ?? value);
  }
}

/** Of JSX: `value={user.password}`. */
const EXPRESSION = /^\{[A-Za-z_]\w{0,63}(?:\.[A-Za-z_]\w{0,63}){0,4}\}$/;

const VALUE_TAG = /<(?:[A-Za-z_][\w.-]{0,63}:)?value>/iy;

function opensValue(text: string, at: number): boolean {
  VALUE_TAG.lastIndex = at;
  return VALUE_TAG.test(text);
}

function readTag(text: string, at: number): Tag | undefined {
  if (!opensElement(text, at)) return undefined;
  TAG.lastIndex = at;
  const name = TAG.exec(text)?.[1]?.toLowerCase();
  if (name === undefined) return undefined;
  const attributes: Attribute[] = [];
  let end = TAG.lastIndex;
  while (attributes.length < MOST_ATTRIBUTES) {
    ATTRIBUTE.lastIndex = end;
    const found = ATTRIBUTE.exec(text);
    if (found === null) break;
    const [, attribute = '', quote, bare = ''] = found;
    const start = ATTRIBUTE.lastIndex - bare.length;
    end = ATTRIBUTE.lastIndex;
    if (quote !== undefined) {
      const close = text.indexOf(quote, end);
      end = close < 0 ? text.length : close;
    }
    attributes.push({ name: attribute.toLowerCase(), start, end });
    if (quote !== undefined) end = Math.min(end + 1, text.length);
  }
  TAG_END.lastIndex = end;
  const tagEnd = TAG_END.exec(text)?.[0];
  const opens = tagEnd !== undefined && !tagEnd.includes('/');
  return { name, attributes, end: end + (tagEnd?.length ?? 0), opens };
}
