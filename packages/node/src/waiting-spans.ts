import type { ReadableSpan } from '@spanseal/span-processor';
import { hasMethods, ownSlots } from './own-values.js';
import type { Protection } from './protection.js';
import { isProcessor } from './provider-shape.js';
import { likeSpan, standardSpan } from './span-likeness.js';

/** How deep spans can wait inside what a processor holds: processors that it wraps, and their queues. */
const deepest = 6;

/**
 * Masked copies take the place of spans that ended before the guard came and still wait, in the processor itself or in one that it
 * wraps: nobody else looks at them before they leave.
 *
 * @returns the spans that did, as they were.
 */
export function maskWaiting(processor: object, protection: Protection): readonly ReadableSpan[] {
  const waiting = new WaitingSpans((spans) => maskedCopies(spans, protection));
  waiting.visit(processor, 0);
  return waiting.found;
}

type Mask = (spans: readonly ReadableSpan[]) => ReadableSpan[];

class WaitingSpans {
  readonly found: ReadableSpan[] = [];
  readonly #mask: Mask;
  readonly #visited = new Set<object>();

  constructor(mask: Mask) {
    this.#mask = mask;
  }

  visit(holder: unknown, depth: number): void {
    if (typeof holder !== 'object' || holder === null || isSpan(holder)) return;
    if (depth > deepest || this.#visited.has(holder)) return;
    this.#visited.add(holder);
    if (Array.isArray(holder)) this.#visitList(holder, depth);
    else if (holder instanceof Map) this.#visitMap(holder, depth);
    else if (holder instanceof Set) this.#visitSet(holder, depth);
    else if (isProcessor(holder) || isPlain(holder))
      for (const { value } of ownSlots(holder)) this.visit(value, depth + 1);
  }

  #visitList(list: unknown[], depth: number): void {
    if (!list.some(isSpan)) {
      for (const each of list) this.visit(each, depth + 1);
      return;
    }
    const copies = this.#copies(list.filter(isSpan));
    list.length = 0;
    // One by one: a queue can be longer than a call has arguments.
    for (const copy of copies) list.push(copy);
  }

  #visitMap(map: Map<unknown, unknown>, depth: number): void {
    for (const [key, value] of [...map]) {
      if (!hasEnded(value)) this.visit(value, depth + 1);
      else {
        const [copy] = this.#copies([value]);
        if (copy === undefined) map.delete(key);
        else map.set(key, copy);
      }
    }
  }

  #visitSet(set: Set<unknown>, depth: number): void {
    for (const value of [...set]) {
      if (!hasEnded(value)) this.visit(value, depth + 1);
      else {
        set.delete(value);
        for (const copy of this.#copies([value])) set.add(copy);
      }
    }
  }

  #copies(spans: readonly ReadableSpan[]): ReadableSpan[] {
    for (const span of spans) this.found.push(span);
    try {
      return this.#mask(spans);
    } catch {
      // Without copies nothing of them stays; the door tells why.
      return [];
    }
  }
}

function maskedCopies(spans: readonly ReadableSpan[], protection: Protection): ReadableSpan[] {
  const copies: ReadableSpan[] = [];
  let current: ReadableSpan | undefined;
  const masking = protection.masking().processor({
    onStart: () => undefined,
    onEnd: (copy) => void copies.push(likeSpan(copy, current ?? copy)),
    forceFlush: async () => undefined,
    shutdown: async () => undefined,
  });
  for (const span of spans) {
    current = span;
    masking.onEnd(standardSpan(span));
  }
  return copies;
}

function isSpan(value: unknown): value is ReadableSpan {
  return hasMethods(value, 'spanContext');
}

/** Beside a key, a processor also keeps spans that still run: those are of the app, and are masked when they end. */
function hasEnded(value: unknown): value is ReadableSpan {
  if (!isSpan(value)) return false;
  const { ended, endTime }: { ended?: unknown; endTime?: unknown } = value;
  return ended === undefined ? endTime !== undefined : ended === true;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
