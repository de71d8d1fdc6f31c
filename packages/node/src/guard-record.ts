/** How the spans of a provider are masked. */
export type GuardMode =
  /** Its processors get masked copies. */
  | 'processors'
  /** Its processors could not be found: spans are masked in place as they end. */
  | 'spans'
  /** Nothing of the two is possible: it was not let in, or its spans do not end. */
  | 'closed';

/** What became of one provider. Counts and kinds, never a value. */
export interface GuardedProvider {
  mode: GuardMode;
  /** Processors that get masked copies. */
  processors: number;
  /** Exporters that seal. */
  sealed: number;
  /** Exporters that cannot be wrapped: what they send has no seal. */
  unsealed: number;
  /** Processors in which no exporter was looked for or found. Some have none; what another one exports has no seal. */
  exporterless: number;
}

/** What all copies of this package in a process know together. */
export interface GuardRecord {
  readonly providers: GuardedProvider[];
  /** Everything that is guarded: providers, processors, tracers, spans, proxies. */
  readonly seen: WeakSet<object>;
  /** Processors that hand on to a list of others, which is watched. They may get members of their own later. */
  readonly composites: WeakSet<object>;
  /** Providers that cannot be guarded. */
  readonly refused: WeakSet<object>;
  /** Whether the API global is watched. */
  isInstalled: boolean;
}

/** An app can hold this package twice, as the preload and as a module. */
const recordKey: unique symbol = Symbol.for('spanseal.node/v1');

/** Where the global object takes nothing any more. */
let unshared: GuardRecord | undefined;

/** The one record of this process. */
export function guardRecord(): GuardRecord {
  const holder = globalThis as { [recordKey]?: GuardRecord };
  const known = holder[recordKey] ?? unshared;
  if (known !== undefined) return known;
  const record: GuardRecord = {
    providers: [],
    seen: new WeakSet(),
    composites: new WeakSet(),
    refused: new WeakSet(),
    isInstalled: false,
  };
  if (!Reflect.defineProperty(globalThis, recordKey, { value: record })) unshared = record;
  return record;
}

/** Marks an object as guarded. @returns whether it was not before. */
export function isNew(thing: object): boolean {
  const { seen } = guardRecord();
  if (seen.has(thing)) return false;
  seen.add(thing);
  return true;
}
