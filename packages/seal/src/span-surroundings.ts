import { createHash } from 'node:crypto';
import { canonicalKeyValues, type Resource, type Scope } from '@spanseal/otlp';
import { coveredBitsOf, coveredParts, repeatsCoveredKey } from './covered-resource.js';
import { type FramePart, frame } from './frame.js';
import type { Surroundings } from './span-in-request.js';
import { type Origin, originOf } from './span-sections.js';

/** Different tails that are kept for one scope. */
const mostTails = 1024;
const noResource: Resource = {};
const noScope: Scope = {};

/**
 * Digests of what stands around spans: their resource and scope. Each is computed once for all spans that share it, so
 * that the work is linear in the request however large they are.
 */
export class SpanSurroundings {
  readonly #origins = new WeakMap<Resource, WeakMap<Scope, Map<number, Origin>>>();
  readonly #scopeTails = new WeakMap<Scope, Map<string, Uint8Array>>();
  readonly #coveredBits = new WeakMap<Resource, number>();
  readonly #repeats = new WeakMap<Resource, boolean>();
  readonly #tails = new WeakMap<Uint8Array, Map<string, Uint8Array>>();
  /** Most spans have the tail of the one before. */
  #last: KnownTail | undefined;

  /** The scope's name and version, and the covered resource attributes that the marks name. */
  origin({ resource = noResource, scope = noScope }: Surroundings, marks: number): Origin {
    const byScope = lookUp(this.#origins, resource, () => new WeakMap<Scope, Map<number, Origin>>());
    const byMarks = lookUp(byScope, scope, () => new Map<number, Origin>());
    return lookUp(byMarks, marks, () =>
      originOf(
        digest([
          'spanseal/origin/v1',
          scope.name ?? '',
          scope.version ?? '',
          ...coveredParts(resource.attributes ?? [], marks),
        ]),
      ),
    );
  }

  /** The tail of a span without events and links; made by `make` when its counts, and what stands around it, are new. */
  tail(around: Surroundings, counts: TailCounts, make: () => Uint8Array): Uint8Array {
    const last = this.#last;
    if (last !== undefined && isSame(last.counts, counts) && isAround(last.around, around)) return last.tail;
    const byName = lookUp(this.#tails, this.scopeTail(around), () => new Map<string, Uint8Array>());
    // The counts of a span are attacker-controlled: they must not fill the memory.
    if (byName.size >= mostTails) byName.clear();
    const { flags, attributes, events, links } = counts;
    const tail = lookUp(byName, `${flags} ${attributes} ${events} ${links}`, make);
    this.#last = { around, counts, tail };
    return tail;
  }

  /** The bits of the covered keys that the resource has. */
  coveredBits({ resource = noResource }: Surroundings): number {
    return lookUp(this.#coveredBits, resource, () => coveredBitsOf(resource.attributes ?? []));
  }

  /** Whether a covered key stands twice in the resource. Asked once for all of its spans, however long it is. */
  repeatsKey({ resource = noResource }: Surroundings): boolean {
    return lookUp(this.#repeats, resource, () => repeatsCoveredKey(resource.attributes ?? []));
  }

  /** What only the exact profile covers of a scope and of the schema URLs. */
  scopeTail({ scope = noScope, scopeSchemaUrl = '', resourceSchemaUrl = '' }: Surroundings): Uint8Array {
    const byUrls = lookUp(this.#scopeTails, scope, () => new Map<string, Uint8Array>());
    return lookUp(byUrls, `${scopeSchemaUrl}\n${resourceSchemaUrl}`, () =>
      digest([
        'spanseal/scope-tail/v1',
        canonicalKeyValues(scope.attributes ?? []),
        scope.droppedAttributesCount ?? 0,
        scopeSchemaUrl,
        resourceSchemaUrl,
      ]),
    );
  }
}

/** Flags, and how many attributes, events and links were dropped. */
export interface TailCounts {
  readonly flags: number;
  readonly attributes: number;
  readonly events: number;
  readonly links: number;
}

interface KnownTail {
  readonly around: Surroundings;
  readonly counts: TailCounts;
  readonly tail: Uint8Array;
}

function isSame(one: TailCounts, other: TailCounts): boolean {
  const { flags, attributes, events, links } = one;
  if (flags !== other.flags || attributes !== other.attributes) return false;
  return events === other.events && links === other.links;
}

/** Whether scope and schema URLs, which the tail is about, are the same. */
function isAround(one: Surroundings, other: Surroundings): boolean {
  if (one.scope !== other.scope || one.scopeSchemaUrl !== other.scopeSchemaUrl) return false;
  return one.resourceSchemaUrl === other.resourceSchemaUrl;
}

function digest(parts: readonly FramePart[]): Uint8Array {
  return createHash('sha256').update(frame(parts)).digest();
}

interface Table<Key, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): unknown;
}

function lookUp<Key, Value>(table: Table<Key, Value>, key: Key, make: () => Value): Value {
  const known = table.get(key);
  if (known !== undefined) return known;
  const made = make();
  table.set(key, made);
  return made;
}
