import { refuse, refuseMember } from './fault.js';
import { jaegerSpan } from './jaeger-schema.js';
import { type ReadLimits, resolveLimits } from './limits.js';
import { type Field, type MessageType, type ScalarType, span } from './schema.js';

/** A message of the model while a reader fills it; its names come from the schema alone. */
export type Message = Record<string, unknown>;

/** What both readers share: how members are put together, and what they may add up to. One per request. */
export class Assembly {
  readonly limits: Required<ReadLimits>;
  #spans = 0;
  #elements = 0;

  constructor(limits: ReadLimits | undefined) {
    this.limits = resolveLimits(limits);
  }

  /** The nesting inside a message of this type. */
  enter(type: MessageType, depth: number): number {
    if (!type.nests) return depth;
    if (depth >= this.limits.maxDepth)
      refuse('DEPTH', `at most ${this.limits.maxDepth} levels`, 'more levels');
    return depth + 1;
  }

  /** Marks a singular field as seen; a second one is ambiguous, since parsers differ in what they then do. */
  once(type: MessageType, field: Field, seen: number): number {
    const bit = 1 << field.number;
    if ((seen & bit) !== 0) refuse('DUPLICATE_FIELD', 'the field once', 'a second one');
    if (type.oneof && seen !== 0) refuse('DUPLICATE_FIELD', 'one member of the value', 'a second one');
    return seen | bit;
  }

  /** The list to which the next element goes, after counting that element. */
  list(message: Message, field: Field): unknown[] {
    const present = message[field.name];
    const list: unknown[] = Array.isArray(present) ? present : [];
    if (present === undefined) message[field.name] = list;
    if (++this.#elements > this.limits.maxElements) {
      refuseMember(field.name, 'SIZE', {
        expected: `at most ${this.limits.maxElements} elements in all lists`,
        got: 'more',
      });
    }
    if (field.type === span || field.type === jaegerSpan) {
      if (++this.#spans > this.limits.maxSpans)
        refuseMember(field.name, 'SIZE', { expected: `at most ${this.limits.maxSpans} spans`, got: 'more' });
    } else if (list.length >= this.limits.maxListLength) {
      refuseMember(field.name, 'SIZE', {
        expected: `at most ${this.limits.maxListLength} elements`,
        got: 'more',
      });
    }
    return list;
  }

  /** Counts the elements of a list that was read at once; false, and nothing counted, when there are too many. */
  takes(elements: number): boolean {
    const { maxListLength, maxElements } = this.limits;
    if (elements > maxListLength || this.#elements + elements > maxElements) return false;
    this.#elements += elements;
    return true;
  }

  /** Stores a scalar; a default is the same as absence, save in a oneof. */
  scalar(
    message: Message,
    { type, field, value }: { type: MessageType; field: Field; value: unknown },
  ): void {
    if (type.oneof || !isDefault(field.type, value)) message[field.name] = value;
  }

  /** Adds the members that are present even when empty, and refuses a list in which a key occurs twice. */
  finish(type: MessageType, message: Message): void {
    for (const { name, repeated } of type.required) {
      if (message[name] === undefined) message[name] = repeated ? [] : '';
    }
    if (type.keyed === undefined || this.limits.duplicateKeys === 'keep') return;
    const list = message[type.keyed.name];
    const index = Array.isArray(list) ? repeatedKey(list) : -1;
    if (index >= 0) {
      const at = `${type.keyed.name}[${index}].key`;
      refuseMember(at, 'DUPLICATE_KEY', { expected: 'each key once', got: 'a second one' });
    }
  }
}

/** Proto3: a scalar that holds the default and one that is absent cannot be told apart. */
function isDefault(type: ScalarType | MessageType, value: unknown): boolean {
  if (type === 'token') return false;
  return value === '' || value === 0 || (type === 'fixed64' && value === '0');
}

/** The index at which a key occurs for the second time, or −1. */
function repeatedKey(list: readonly { key: string }[]): number {
  if (list.length < 2) return -1;
  const keys = new Set<string>();
  for (let i = 0; i < list.length; i++) {
    const key = list[i]?.key;
    if (key !== undefined && keys.size === keys.add(key).size) return i;
  }
  return -1;
}
