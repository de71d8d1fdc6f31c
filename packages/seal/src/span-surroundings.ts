import { createHash } from 'node:crypto';
import { canonicalKeyValues, OtlpError, type Resource, type Scope } from '@spanseal/otlp';
import { type CoveredResource, coveredParts, coveredResource } from './covered-resource.js';
import { formOrFault } from './form-or-fault.js';
import { type FramePart, frame } from './frame.js';
import type { Surroundings } from './span-in-request.js';
import { type Origin, originOf } from './span-sections.js';

/** Different tails that are kept for one scope. */
const mostTails = 1024;
/** Different schema URLs that are kept for spans without a scope. */
const mostUrls = 64;
/** Covered values, and names of scopes, beyond this are long. In bytes, and in code units. */
const longest = 4096;
/** With how many others of a request something long is hashed: each time costs as much as its length. */
const mostLong = 64;
const noResource: Resource = {};
const noScope: Scope = {};

/**
 * Digests of what stands around spans: their resource and scope. Each is computed once for all spans that share it, so
 * that the work is linear in the request however large they are.
 */
export class SpanSurroundings {
  readonly #origins = new WeakMap<Resource, WeakMap<Scope, Map<number, Origin>>>();
  readonly #scopeTails = new WeakMap<Scope, Map<string, Map<string, Uint8Array>>>();
  readonly #scopeAttributes = new WeakMap<Scope, Uint8Array | OtlpError>();
  readonly #covered = new WeakMap<Resource, CoveredResource>();
  readonly #longHashed = new WeakMap<object, number>();
  readonly #tails = new WeakMap<Uint8Array, Map<string, Uint8Array>>();
  /** Most spans have the tail of the one before. */
  #last: KnownTail | undefined;

  /**
   * The scope's name and version, and the covered resource attributes that the marks name.
   *
   * @throws OtlpError for a value without a canonical form.
   */
  origin({ resource = noResource, scope = noScope }: Surroundings, marks: number): Origin {
    const byScope = lookUp(this.#origins, resource, () => new WeakMap<Scope, Map<number, Origin>>());
    const byMarks = lookUp(byScope, scope, () => new Map<number, Origin>());
    return lookUp(byMarks, marks, () =>
      originOf(
        digest([
          'spanseal/origin/v1',
          scope.name ?? '',
          scope.version ?? '',
          ...coveredParts(this.#coveredOf(resource), marks),
        ]),
      ),
    );
  }

  /**
   * Whether the origin can be computed in a time by the length of the request, which is attacker-controlled: one long resource can
   * stand around many scopes, and one long scope around spans of many marks.
   */
  affordsOrigin({ resource = noResource, scope = noScope }: Surroundings, marks: number): boolean {
    const { name = '', version = '' } = scope;
    const isLongScope = name.length + version.length > longest;
    const isLongResource = this.#coveredOf(resource).length > longest;
    if (!isLongScope && !isLongResource) return true;
    if (this.#origins.get(resource)?.get(scope)?.has(marks)) return true;
    const counted = isLongResource ? resource : scope;
    const times = this.#longHashed.get(counted) ?? 0;
    this.#longHashed.set(counted, times + 1);
    return times < mostLong;
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
    return this.#coveredOf(resource).bits;
  }

  /** Whether a covered key stands twice in the resource. */
  repeatsKey({ resource = noResource }: Surroundings): boolean {
    return this.#coveredOf(resource).isRepeated;
  }

  /**
   * What only the exact profile covers of a scope and of the schema URLs.
   *
   * @throws OtlpError for attributes without a canonical form.
   */
  scopeTail({ scope = noScope, scopeSchemaUrl = '', resourceSchemaUrl = '' }: Surroundings): Uint8Array {
    const byScopeUrl = lookUp(this.#scopeTails, scope, () => new Map<string, Map<string, Uint8Array>>());
    // There is one of these for all spans without a scope, whose URLs are attacker-controlled.
    if (byScopeUrl.size >= mostUrls) byScopeUrl.clear();
    const byUrl = lookUp(byScopeUrl, scopeSchemaUrl, () => new Map<string, Uint8Array>());
    if (byUrl.size >= mostUrls) byUrl.clear();
    return lookUp(byUrl, resourceSchemaUrl, () =>
      digest([
        'spanseal/scope-tail/v1',
        this.#attributesOf(scope),
        scope.droppedAttributesCount ?? 0,
        scopeSchemaUrl,
        resourceSchemaUrl,
      ]),
    );
  }

  #coveredOf(resource: Resource): CoveredResource {
    return lookUp(this.#covered, resource, () => coveredResource(resource.attributes ?? []));
  }

  #attributesOf(scope: Scope): Uint8Array {
    const canonical = lookUp(this.#scopeAttributes, scope, () =>
      formOrFault(() => canonicalKeyValues(scope.attributes ?? [])),
    );
    if (canonical instanceof OtlpError) throw canonical;
    return canonical;
  }
}

/** Whether a schema URL is none that anybody has: it is not worth the time to hash it for each scope. */
export function hasLongUrl({ scopeSchemaUrl = '', resourceSchemaUrl = '' }: Surroundings): boolean {
  return scopeSchemaUrl.length > longest || resourceSchemaUrl.length > longest;
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
