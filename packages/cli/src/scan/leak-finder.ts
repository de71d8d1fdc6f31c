import type { Attributes, AttributeValue, ServiceMatch } from '@spanseal/mask';
import type { KeyValue } from '@spanseal/otlp';
import { printableName } from '../printable-name.js';
import { findEncodedTexts, isCredentials, isIdentity } from './encoded-text.js';
import { parseJsonText } from './json-value.js';
import { literalPattern } from './literal-pattern.js';
import { BY_PLACE, ReferenceMasker } from './reference-masker.js';
import { isServerAddress } from './server-address.js';
import type { Suspicion, SuspicionKind } from './suspicion.js';
import { type NameFacts, nameFacts } from './suspicious-name.js';
import { namesInText } from './text-names.js';
import { findTextSuspicions } from './text-suspicions.js';
import { renderShape, shapeOf, type ValueShape } from './value-shape.js';

/** Where a value stands, as far as it matters for what it can be. */
export interface ValuePlace {
  /** Key of the attribute; undefined for texts that have none. */
  readonly key: string | undefined;
  /** OTLP's number of the span's kind; 0 outside of spans. */
  readonly spanKind: number;
  /** Neighbours that say how it is to be read: the dialect of a statement. */
  readonly context?: Attributes;
}

/** What the policy puts in place of a value, beside its mask text. */
export interface MaskedForms {
  readonly mask: string;
  /** Masked values may keep their last four characters. */
  readonly partial: boolean;
  /** Masked values may be tokens of the action `hash`. */
  readonly hashed: boolean;
}

interface Walk {
  readonly place: ValuePlace;
  /** Of the member inside the value; undefined at its top. */
  readonly name: string | undefined;
  readonly depth: number;
  readonly found: Suspicion[];
}

const DEEPEST = 16;
/** Suspicions of one value, and values inside one value. */
const MOST_FOUND = 64;
const MOST_VALUES = 65_536;

/** Names that are remembered, and the longest of them. */
const MOST_NAMES = 4096;
const LONGEST_NAME = 256;

const NO_NAME: NameFacts = { suspicion: undefined, isPublic: false };

const PERSONAL_DETECTORS = new Set([
  'email',
  'payment-card',
  'us-ssn',
  'iban',
  'phone',
  'phone-destination',
  'ip-address',
]);

/** Looks for secrets that a policy left, by rules of its own. */
export class LeakFinder {
  readonly #reference: ReferenceMasker;
  readonly #forms: MaskedForms;
  readonly #maskedPiece: RegExp | undefined;
  readonly #names = new Map<string, readonly Suspicion[]>();
  readonly #facts = new Map<string, NameFacts>();
  #left = 0;
  #unread = 0;

  constructor(forms: MaskedForms) {
    this.#forms = forms;
    this.#reference = new ReferenceMasker(forms.mask);
    const mask = literalPattern(forms.mask);
    const pieces = [
      ...(forms.partial ? [`${mask}[\\p{L}\\p{N}_+.-]{0,4}`] : []),
      ...(forms.hashed ? ['hmac:[0-9a-f]{24}'] : []),
    ];
    this.#maskedPiece = pieces.length === 0 ? undefined : new RegExp(pieces.join('|'), 'gu');
  }

  /** What still looks secret in a value that went through the policy. Never throws. */
  find(value: AttributeValue, place: ValuePlace): readonly Suspicion[] {
    this.#left = MOST_VALUES;
    const found: Suspicion[] = [];
    this.#value(value, { place, name: undefined, depth: 0, found });
    return found;
  }

  /** Values inside values that were too deep or too many to be looked at. */
  get unread(): number {
    return this.#unread;
  }

  /** What looks secret in the key of an attribute, or in any other name. */
  findInName(name: string | undefined): readonly Suspicion[] {
    if (name === undefined) return [];
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    const found: Suspicion[] = [];
    this.#content(name, { place: { key: undefined, spanKind: 0 }, name: undefined, depth: DEEPEST, found });
    const inKey = found.map((suspicion): Suspicion => ({ ...suspicion, inKey: true }));
    if (this.#names.size >= MOST_NAMES) this.#names.clear();
    if (name.length <= LONGEST_NAME) this.#names.set(name, inKey);
    return inKey;
  }

  /** A name (attacker-controlled) as it may be shown: itself, unless it looks secret. */
  safeName(name: string): string {
    if (this.findInName(name).length > 0) return `(name that looks secret, ${renderShape(shapeOf(name))})`;
    return printableName(name);
  }

  /** The secret store that a span belongs to, by the service presets of all clouds. */
  secretStore(attributes: readonly KeyValue[]): ServiceMatch | undefined {
    return this.#reference.sensitiveService(attributes);
  }

  #value(value: AttributeValue, walk: Walk): void {
    this.#left -= 1;
    if (this.#left < 0 || walk.depth > DEEPEST) this.#unread += 1;
    if (this.#left < 0 || walk.depth > DEEPEST || walk.found.length >= MOST_FOUND) return;
    if (typeof value === 'string') this.#text(value, walk);
    else if (typeof value === 'number') this.#number(value, walk);
    else if (value instanceof Uint8Array) this.#bytes(value, walk);
    else if (Array.isArray(value)) {
      for (const element of value) this.#value(element, { ...walk, depth: walk.depth + 1 });
    } else if (typeof value === 'object' && value !== null) this.#members(value as Attributes, walk);
  }

  #members(value: Attributes, walk: Walk): void {
    for (const name of Object.keys(value)) {
      // A name can be a secret itself, as the key of a map often is.
      for (const { inKey: _, ...suspicion } of this.findInName(name)) walk.found.push(suspicion);
      this.#value(value[name], { ...walk, name, depth: walk.depth + 1 });
    }
  }

  #bytes(value: Uint8Array, walk: Walk): void {
    const text = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('utf8');
    if (!/[\ufffd\x00-\x08\x0e-\x1f]/.test(text)) this.#text(text, walk);
  }

  #number(value: number, { place, name, found }: Walk): void {
    const rules = this.#reference.inspectNumber(name ?? place.key, value);
    for (const rule of rules) {
      found.push({
        kind: kindOfRule(rule),
        detector: rule,
        name,
        shape: shapeOf(String(value)),
        whole: true,
      });
    }
  }

  #text(value: string, walk: Walk): void {
    const text =
      this.#maskedPiece === undefined ? value : value.replace(this.#maskedPiece, () => this.#forms.mask);
    if (text === '' || text === this.#forms.mask || walk.depth > DEEPEST) return;
    const parsed = parseJsonText(text);
    if (parsed !== undefined) this.#value(parsed, { ...walk, depth: walk.depth + 1 });
    else if (!this.#named(text, walk)) this.#content(text, walk);
  }

  /** A text whose name alone makes it a secret. */
  #named(text: string, { place, name, found }: Walk): boolean {
    const judged = name ?? place.key;
    const rule = judged === undefined ? undefined : this.#reference.nameRule(judged);
    if (rule === undefined || judged === undefined || !this.#reference.masks(judged, text)) return false;
    if (isServerAddress(judged, place.spanKind)) return false;
    found.push({ kind: kindOfRule(rule), detector: rule, name, shape: shapeOf(text), whole: true });
    return true;
  }

  /** What stands inside a text. */
  #content(text: string, walk: Walk): void {
    const { place, name, found } = walk;
    const judged = name ?? place.key;
    const isAddress = judged !== undefined && isServerAddress(judged, place.spanKind);
    const read = isAddress && this.#reference.nameRule(judged) !== undefined ? undefined : judged;
    const { rules, rest } = this.#reference.inspect(
      read,
      text,
      name === undefined ? place.context : undefined,
    );
    const shape = rules.length === 0 ? undefined : changedShape(text, rest);
    for (const rule of rules) {
      if (isAddress && rule === 'ip-address') continue;
      const kind = kindOfRule(rule);
      const inner = kind.endsWith('-name') ? namesInText(text, (inside) => this.#isNameOf(rule, inside)) : [];
      for (const member of inner.length > 0 ? inner : [name]) {
        found.push({ kind, detector: rule, name: member, shape: shape ?? shapeOf(text), whole: false });
      }
    }
    const plain = this.#encoded(rest, walk);
    for (const suspicion of findTextSuspicions(plain, this.#factsOf(judged)))
      found.push({ ...suspicion, name });
  }

  #factsOf(name: string | undefined): NameFacts {
    if (name === undefined) return NO_NAME;
    const known = this.#facts.get(name);
    if (known !== undefined) return known;
    const facts = nameFacts(name);
    if (this.#facts.size >= MOST_NAMES) this.#facts.clear();
    if (name.length <= LONGEST_NAME) this.#facts.set(name, facts);
    return facts;
  }

  /** A query parameter's rule can have its very name: `default:code`. */
  #isNameOf(rule: string, name: string): boolean {
    return rule === `default:${name}` || this.#reference.nameRule(name) === rule;
  }

  /** Looks into base64, and gives the text without what could be decoded. */
  #encoded(text: string, walk: Walk): string {
    let plain = '';
    let copied = 0;
    for (const { start, end, decoded } of findEncodedTexts(text)) {
      plain += `${text.slice(copied, start)} `;
      copied = end;
      const inside: Suspicion[] = [];
      this.#text(decoded, { ...walk, depth: walk.depth + 2, found: inside });
      const detector = secretInside(decoded, inside);
      if (detector === undefined) continue;
      const shape = shapeOf(text.slice(start, end));
      const whole = /^\s*$/.test(text.slice(0, start)) && /^[=\s]*$/.test(text.slice(end));
      walk.found.push({ kind: 'encoded-content', detector, name: walk.name, shape, whole });
    }
    return copied === 0 ? text : plain + text.slice(copied);
  }
}

/** What makes a decoded text a secret. */
function secretInside(decoded: string, inside: readonly Suspicion[]): string | undefined {
  if (isCredentials(decoded)) return 'user-and-password';
  return inside[0]?.detector ?? (isIdentity(parseJsonText(decoded)) ? 'identity' : undefined);
}

function kindOfRule(rule: string): SuspicionKind {
  if (rule.startsWith('default:')) return 'secret-name';
  if (rule.startsWith('pii:')) return 'personal-name';
  if (rule === BY_PLACE) return 'secret-place';
  return PERSONAL_DETECTORS.has(rule) ? 'personal-data' : 'secret-format';
}

/** The shape of what was replaced in a text: from the first difference to the last. */
function changedShape(text: string, rest: string): ValueShape {
  const shorter = Math.min(text.length, rest.length);
  let start = 0;
  while (start < shorter && text[start] === rest[start]) start += 1;
  let tail = 0;
  while (tail < shorter - start && text[text.length - 1 - tail] === rest[rest.length - 1 - tail]) tail += 1;
  return shapeOf(text.slice(start, text.length - tail));
}
