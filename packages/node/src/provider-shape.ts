import { guardRecord } from './guard-record.js';
import { hasMethods, ownSlots, type Slot } from './own-values.js';

/** A processor that spans go to, and where it is kept. */
export interface FoundProcessor {
  readonly processor: object;
  /** Where a stand-in goes when the processor itself cannot be changed. */
  readonly slots: readonly Slot[];
}

/** What is known of a provider. */
export interface ProviderShape {
  /** Those that do something with spans. */
  readonly processors: readonly FoundProcessor[];
  /** Those that only hand on to a list of others, which can grow. */
  readonly composites: readonly object[];
  /** Providers that the provider hands on to. */
  readonly delegates: readonly object[];
}

/**
 * Finds the processors of a provider by what they can do and not by the names of private fields: SDK 1.x keeps one or a list
 * (`activeSpanProcessor`), 2.x and 3.x a processor with a list (`_activeSpanProcessor._spanProcessors`), others the list alone
 * (`_spanProcessors`), and a bundler may have renamed all of these.
 */
export function shapeOf(provider: object): ProviderShape {
  const processors = new Map<object, Slot[]>();
  const composites = new Set<object>();
  const delegates = new Set<object>();
  const visit = (slot: Slot): void => {
    const { value } = slot;
    if (Array.isArray(value)) for (const each of listed(value)) visit(each);
    else if (!isProcessor(value)) {
      if (isProvider(value)) delegates.add(value);
    } else if (composites.has(value)) return;
    else {
      const list = listOf(value);
      if (list === undefined) processors.set(value, [...(processors.get(value) ?? []), slot]);
      else {
        composites.add(value);
        visit(list);
      }
    }
  };
  for (const slot of ownSlots(provider)) visit(slot);
  return {
    processors: [...processors].map(([processor, slots]) => ({ processor, slots })),
    composites: [...composites],
    delegates: [...delegates],
  };
}

/** Whether a value is a tracer provider. */
export function isProvider(value: unknown): value is object {
  return hasMethods(value, 'getTracer');
}

/** Whether a value is a span processor. */
export function isProcessor(value: unknown): value is object {
  return hasMethods(value, 'onStart', 'onEnd');
}

/** The list of a processor that has nothing else: one that had more when it was found may do more with a span than hand it on. */
function listOf(processor: object): Slot | undefined {
  const slots = ownSlots(processor);
  const isKnown = guardRecord().composites.has(processor);
  return slots.length === 1 || isKnown ? slots.find(({ value }) => isProcessorList(value)) : undefined;
}

function isProcessorList(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isProcessor);
}

function listed(list: object[]): Slot[] {
  return isProcessorList(list) ? list.map((value, key) => ({ holder: list, key, value })) : [];
}
