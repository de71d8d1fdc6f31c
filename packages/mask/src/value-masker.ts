import { isUtf8 } from 'node:buffer';
import type { AttributeValue } from './attribute-value.js';
import type { CompiledPolicy } from './compiled-policy.js';
import { isMetadata } from './content/secret-metadata.js';
import { calledSibling, holdsValue, namedElements, namesValue } from './content/sibling-values.js';
import type { NamePlace } from './content-rules.js';
import { isCount } from './count-names.js';
import type { Tally } from './counters.js';
import { type RenamedEntry, withFreeNames } from './free-names.js';
import type { KeyDecision } from './key-rules.js';
import { mapList, sameOrNew } from './map-list.js';
import { ONE_LINE, type TextContext } from './text-context.js';
import type { MasksTexts } from './text-masker.js';
import { maskedMembers, maskedRows } from './value-rows.js';

/** Marks a member that a rule drops. */
const DROPPED: unique symbol = Symbol('dropped');
type Masked = AttributeValue | typeof DROPPED;

interface Walk {
  readonly context: TextContext;
  readonly depth: number;
  /** Results of objects seen on this walk: a shared one is read once, one that holds itself is masked. */
  readonly seen: Map<object, Masked>;
}

const LONGEST_NAME = 1024;
/** What is kept of a longer one. */
const KEPT_NAME = 256;
/** Arrays whose shape is kept under a rule that hit. */
const MOST_ARRAYS = 256;
const LONG_NUMBER = 100_000_000_000;

/** Masks values of any type: text, numbers, bytes, and arrays and maps of them. */
export class ValueMasker {
  readonly #policy: CompiledPolicy;
  readonly #texts: MasksTexts;
  readonly #tally: Tally;

  constructor(
    policy: CompiledPolicy,
    { texts, tally }: { readonly texts: MasksTexts; readonly tally: Tally },
  ) {
    this.#policy = policy;
    this.#texts = texts;
    this.#tally = tally;
  }

  /** @returns the same reference when nothing changed, undefined when a rule drops the value. */
  mask(key: string, value: AttributeValue, context: TextContext): AttributeValue | undefined {
    const walk = { context, depth: 0, seen: new Map() };
    const masked = this.#named(key, value, walk);
    return masked === DROPPED ? undefined : masked;
  }

  /** A value that has no name of its own. */
  maskUnnamed(value: AttributeValue, context: TextContext): AttributeValue {
    const masked = this.#inside(value, { context, depth: 0, seen: new Map() });
    return masked === DROPPED ? this.#texts.mask : masked;
  }

  #named(name: string, value: AttributeValue, walk: Walk): Masked {
    const { depth } = walk;
    const attribute = depth === 0 ? undefined : this.#texts.attribute;
    const decision = this.#texts.keys.decide(name, depth === 0 ? 'attribute' : 'member', attribute);
    if (decision === undefined) return this.#inside(value, walk);
    if (decision.action === 'keep' || decision.allowed) return value;
    if (decision.whole && value !== undefined) return this.#wholly(value, decision);
    if (value === null || value === undefined || typeof value === 'boolean' || value === '') return value;
    if (typeof value === 'number' && isCount(name, value)) return value;
    // What holds something to mask does more than tell about a secret.
    if (decision.judgesWords && isMetadata(value) && this.#inside(value, walk) === value) return value;
    if (decision.holds !== undefined && typeof value === 'object' && !(value instanceof Uint8Array))
      return this.#doubtful(name, value, walk);
    const replaced = this.#replaced(value, decision, new Map());
    if (replaced === value)
      return decision.action === 'mask' && typeof value === 'string' ? this.#inside(value, walk) : value;
    this.#tally.hit(decision.rule);
    return decision.action === 'drop' ? DROPPED : replaced;
  }

  /** A list or an object under a name that does not tell by itself: each text of the list is judged. */
  #doubtful(name: string, value: AttributeValue & object, walk: Walk): Masked {
    if (!Array.isArray(value) || !value.every((item) => typeof item === 'string'))
      return this.#inside(value, walk);
    const masked = mapList(value, (item) => this.#named(name, item, walk));
    return sameOrNew(
      value,
      masked.map((item) => (item === DROPPED ? this.#texts.mask : item)),
    );
  }

  /** The value under a rule that is for attributes as a whole. */
  #wholly(value: AttributeValue, { action, rule }: KeyDecision): Masked {
    if (value !== this.#texts.mask) this.#tally.hit(rule);
    return action === 'drop' ? DROPPED : this.#texts.mask;
  }

  /** The value under a rule that hit its name: whole, and arrays element by element. */
  #replaced(value: AttributeValue, decision: KeyDecision, seen: Map<object, AttributeValue>): AttributeValue {
    if (Array.isArray(value)) {
      const known = seen.get(value);
      if (known !== undefined) return known;
      // Arrays in arrays in arrays: nobody needs their shape.
      if (seen.size > MOST_ARRAYS) return this.#texts.mask;
      seen.set(value, this.#texts.mask);
      const masked = sameOrNew(
        value,
        mapList(value, (element) => this.#replaced(element, decision, seen)),
      );
      seen.set(value, masked);
      return masked;
    }
    if (value === null || value === undefined || typeof value === 'boolean' || value === '') return value;
    if (value instanceof Uint8Array) return this.#replacedBytes(value, decision);
    const text = typeof value === 'object' ? '{}' : String(value);
    if (text === this.#texts.mask || !this.#texts.hits(decision, text)) return value;
    return typeof value === 'object' ? this.#texts.mask : this.#texts.replacement(decision, text);
  }

  #replacedBytes(value: Uint8Array, decision: KeyDecision): Uint8Array {
    const { text, encoding } = decodeBytes(value);
    if (text === '' || text === this.#texts.mask || !this.#texts.hits(decision, text)) return value;
    const replaced = this.#texts.replacement(decision, text);
    return replaced === text
      ? value
      : encodeBytes(replaced, replaced === this.#texts.mask ? 'utf8' : encoding);
  }

  #inside(value: AttributeValue, walk: Walk): Masked {
    switch (typeof value) {
      case 'string':
        return this.#texts.maskWhole(value, walk.context);
      case 'number':
      case 'bigint':
        return this.#number(value);
      case 'object':
        return value === null ? value : this.#object(value, walk);
      default:
        return value;
    }
  }

  #number(value: number): AttributeValue {
    if (isPlainNumber(value)) return value;
    const text = String(value);
    return this.#texts.values.apply(text).text === text ? value : this.#texts.mask;
  }

  #object(value: object, walk: Walk): Masked {
    if (value instanceof Uint8Array) return this.#bytes(value, walk);
    const known = walk.seen.get(value);
    if (known !== undefined) return known;
    if (walk.depth >= this.#policy.limits.depth) {
      this.#tally.limits += 1;
      return this.#texts.mask;
    }
    walk.seen.set(value, this.#texts.mask);
    const below = { ...walk, depth: walk.depth + 1 };
    const masked = Array.isArray(value) ? this.#array(value, below) : this.#map(value, below);
    walk.seen.set(value, masked);
    return masked;
  }

  #array(value: readonly AttributeValue[], walk: Walk): AttributeValue {
    // Numbers that become texts come first: a list of texts is read as a whole.
    const rows = maskedRows(value, this.#texts);
    const items = rows.some(isLongNumber)
      ? rows.map((item) => (typeof item === 'number' ? this.#number(item) : item))
      : rows;
    if (walk.context.kind.is === 'command' && this.#policy.structured && items.every(isText))
      return sameOrNew(value, this.#arguments(items, walk.context.dialect));
    const named = this.#namedElements(items);
    const masked = mapList(items, (item, index) => this.#element(named?.get(index), item, walk));
    if (sameOrNew(items, masked) === items) return sameOrNew(value, items);
    // What is left of one element can be the name of the next.
    for (const [index, name] of this.#namedElements(masked) ?? [])
      if (named?.has(index) !== true) masked[index] = this.#element(name, masked[index], walk);
    return masked;
  }

  #namedElements(items: readonly AttributeValue[]): ReadonlyMap<number, string> | undefined {
    return items.every(isText) ? namedElements(items, this.#texts) : undefined;
  }

  #element(name: string | undefined, item: AttributeValue, walk: Walk): AttributeValue {
    const masked = name === undefined ? this.#inside(item, walk) : this.#named(name, item, walk);
    return masked === DROPPED ? this.#texts.mask : masked;
  }

  /** Words of a command, of which the program may stand elsewhere. */
  #arguments(words: readonly string[], program: string | undefined): readonly string[] {
    return program === undefined
      ? this.#texts.maskArguments(words)
      : this.#texts.maskArguments([program, ...words]).slice(1);
  }

  #map(value: object, walk: Walk): AttributeValue {
    const below = { ...walk, context: LINES };
    const entries: RenamedEntry<AttributeValue>[] = [];
    const written: readonly (readonly [string, AttributeValue])[] = Object.entries(value);
    const members = maskedMembers(written, this.#texts);
    let changed = members !== written;
    const called = siblingNames(members);
    const sibling =
      called.find((name) => this.#texts.keys.decide(name, 'member', undefined)) ?? called[0] ?? '';
    for (const [name, member] of members) {
      const maskedName = this.maskName(name);
      const judged =
        holdsValue(name, String(member)) &&
        namesValue(sibling, String(member)) &&
        !this.#texts.keys.decide(name, 'member', undefined)
          ? sibling
          : this.judgedName(name, maskedName, 'member');
      const masked = this.#named(judged, member, below);
      if (!Object.is(masked, member) || maskedName !== name) changed = true;
      if (masked !== DROPPED) entries.push([name, maskedName, masked]);
    }
    return changed ? fromEntries(withFreeNames(entries)) : (value as AttributeValue);
  }

  /** Of a name as it came and as it leaves the one that a rule masks by, so that masking twice is masking once. */
  judgedName(name: string, masked: string, place: 'attribute' | 'member'): string {
    if (name === masked) return name;
    const attribute = place === 'attribute' ? undefined : this.#texts.attribute;
    const [came, leaves] = [name, masked].map((one) => this.#hit(one, place, attribute));
    // A part of the value that one of them keeps the other may not.
    return came === 'mask' || came === 'drop' || (came !== undefined && leaves === undefined) ? name : masked;
  }

  #hit(name: string, place: NamePlace, attribute: string | undefined): KeyDecision['action'] | undefined {
    const decision = this.#texts.keys.decide(name, place, attribute);
    const isOpen = decision === undefined || decision.holds !== undefined;
    return isOpen || decision.allowed || decision.action === 'keep' ? undefined : decision.action;
  }

  /** A name that holds a secret itself, such as an e-mail address, masked: a name is free text too. */
  maskName(name: string): string {
    // Without detectors nothing but an assignment can stand in a name.
    if (name.length < 3 || (this.#texts.values.idle && !/[=:]/.test(name)))
      return this.#texts.singleLine(name);
    // A rule that drops what it finds drops no attribute because of a name inside of it.
    const { dropped } = this.#texts;
    const masked = this.#texts.maskWhole(this.#boundedName(name), ONE_LINE);
    this.#texts.dropped = dropped;
    return masked;
  }

  /** A name that is far longer than any name is cut, and what was cut is masked: it is not worth the time to read it. */
  #boundedName(name: string): string {
    if (name.length <= LONGEST_NAME) return name;
    return name.slice(0, KEPT_NAME) + this.#policy.mask;
  }

  #bytes(value: Uint8Array, walk: Walk): Uint8Array {
    if (value.length < 3) return value;
    const { text, encoding } = decodeBytes(value);
    const masked = this.#texts.maskWhole(text, { ...walk.context, bytes: true });
    if (masked === text) return value;
    const encoded = encodeBytes(masked, encoding);
    // The bytes that were no UTF-8 may be masked by now, and the rest reads in another way without them.
    return encoding === 'latin1' && isUtf8(encoded) ? this.#bytes(encoded, walk) : encoded;
  }
}

/** Whether a value is a number with too few digits for a card, or none that text would spell with all its digits. */
export function isPlainNumber(value: AttributeValue): boolean {
  if (typeof value !== 'number') return false;
  return Math.abs(value) < LONG_NUMBER || !Number.isSafeInteger(value);
}

function isLongNumber(value: AttributeValue): boolean {
  return typeof value === 'number' && !isPlainNumber(value);
}

interface DecodedBytes {
  readonly text: string;
  readonly encoding: 'utf8' | 'latin1';
}

/** Bytes that are no text may still hold some; one unit per byte keeps the rest as it is. */
function decodeBytes({ buffer, byteOffset, byteLength }: Uint8Array): DecodedBytes {
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  const encoding = isUtf8(bytes) ? 'utf8' : 'latin1';
  return { text: bytes.toString(encoding), encoding };
}

function encodeBytes(text: string, encoding: DecodedBytes['encoding']): Uint8Array {
  return new Uint8Array(Buffer.from(text, encoding));
}

/** What members of a map call their siblings (`{ name: 'password', value: '…' }`). */
function siblingNames(members: readonly (readonly [string, AttributeValue])[]): readonly string[] {
  return members
    .map(([name, value]) =>
      typeof value === 'string' || value === true ? calledSibling(name, String(value)) : '',
    )
    .filter((name) => name !== '');
}

const LINES: TextContext = { kind: { is: 'text', header: '', lines: 'many' } };

function isText(value: AttributeValue): value is string {
  return typeof value === 'string';
}

/** Unlike `Object.fromEntries`, no copy through a prototype's setter: `__proto__` is a name like any other. */
export function fromEntries<T>(entries: readonly (readonly [string, T])[]): { [key: string]: T } {
  const copy: { [key: string]: T } = {};
  for (const [name, member] of entries) {
    if (name === '__proto__') {
      Object.defineProperty(copy, name, {
        value: member,
        enumerable: true,
        writable: true,
        configurable: true,
      });
    } else copy[name] = member;
  }
  return copy;
}
