import { kindOf, refuse, refuseMember } from './fault.js';

/** How much a reader takes from a request. All texts and bytes it reads are attacker-controlled. */
export interface ReadLimits {
  /** Length of the request in bytes; JSON counts as UTF-8. Default 67,108,864 (64 MiB), at most 2,147,483,647. */
  maxBytes?: number;
  /** Lists and maps nested in one attribute value. Default 24 (any protobuf library reads that), at most 512. */
  maxDepth?: number;
  /** Spans in the request. Default 100,000. */
  maxSpans?: number;
  /** Elements of one list other than spans: attributes, events, links, array elements, …. Default 65,536. */
  maxListLength?: number;
  /** Elements of all lists together; bounds memory. Default 4,000,000. */
  maxElements?: number;
  /**
   * What to do with a key that occurs twice in one list: `refuse` the request (default), or `keep` both for a reader
   * that decides span by span. The canonical form refuses them in any case.
   */
  duplicateKeys?: 'refuse' | 'keep';
}

const ranges = {
  maxBytes: { fallback: 64 * 1024 * 1024, highest: 0x7fffffff },
  maxDepth: { fallback: 24, highest: 512 },
  maxSpans: { fallback: 100_000, highest: 0x7fffffff },
  maxListLength: { fallback: 65_536, highest: 0x7fffffff },
  maxElements: { fallback: 4_000_000, highest: 0x7fffffff },
};

/** The nesting that the canonical form and the writers take: stock Python protobuf refuses 32 nested maps. */
export const maxValueDepth = 24;

/** Checks limits and fills the defaults in. */
export function resolveLimits(limits: ReadLimits | undefined): Required<ReadLimits> {
  if (limits === undefined) return defaults;
  if (typeof limits !== 'object' || limits === null) refuse('OPTION', 'an object of limits', kindOf(limits));
  for (const name of Object.keys(limits)) {
    if (!Object.hasOwn(defaults, name)) {
      refuseMember('limits', 'OPTION', { expected: Object.keys(defaults).join(', '), got: 'another name' });
    }
  }
  const duplicateKeys = limits.duplicateKeys ?? 'refuse';
  if (duplicateKeys !== 'refuse' && duplicateKeys !== 'keep') {
    refuseMember('limits.duplicateKeys', 'OPTION', {
      expected: "'refuse' or 'keep'",
      got: kindOf(duplicateKeys),
    });
  }
  return {
    maxBytes: bounded(limits, 'maxBytes'),
    maxDepth: bounded(limits, 'maxDepth'),
    maxSpans: bounded(limits, 'maxSpans'),
    maxListLength: bounded(limits, 'maxListLength'),
    maxElements: bounded(limits, 'maxElements'),
    duplicateKeys,
  };
}

function bounded(limits: ReadLimits, name: keyof typeof ranges): number {
  const { fallback, highest } = ranges[name];
  const value = limits[name] ?? fallback;
  if (Number.isInteger(value) && value >= 0 && value <= highest) return value;
  const got = typeof value === 'number' ? 'a number out of range' : kindOf(value);
  return refuseMember(`limits.${name}`, 'OPTION', { expected: `an integer from 0 to ${highest}`, got });
}

const defaults: Required<ReadLimits> = {
  maxBytes: ranges.maxBytes.fallback,
  maxDepth: ranges.maxDepth.fallback,
  maxSpans: ranges.maxSpans.fallback,
  maxListLength: ranges.maxListLength.fallback,
  maxElements: ranges.maxElements.fallback,
  duplicateKeys: 'refuse',
};
