import { type GuardedProvider, guardRecord, isNew } from './guard-record.js';
import { guardProcessor } from './guarded-processor.js';
import { guardTracers } from './guarded-tracers.js';
import { inertProvider } from './inert-tracing.js';
import { notice } from './notice.js';
import { hasMethods, isFilled, ownSlots, putMethod } from './own-values.js';
import type { Protection } from './protection.js';
import { isProvider, shapeOf } from './provider-shape.js';
import { noExporters, type ProcessorReport } from './sealed-exporters.js';

type Method = (this: unknown, ...given: unknown[]) => unknown;

/** How many providers can stand one behind the other. */
const longestChain = 4;

/**
 * Guards a tracer provider: its processors get masked copies, and what they export is sealed. Where no processor can be found,
 * spans are masked in place as they end. Never throws.
 *
 * @returns whether spans of the provider leave masked or not at all. False: it must not be used.
 */
export function guardProvider(provider: object, protection: Protection): boolean {
  return guardChain(provider, protection, 0);
}

function guardChain(provider: object, protection: Protection, depth: number): boolean {
  const { refused, providers } = guardRecord();
  if (!isNew(provider)) return !refused.has(provider);
  try {
    if (hasMethods(provider, 'setDelegate', 'getDelegate')) {
      guardProxy(provider as Proxy, protection, depth);
      return true;
    }
    const { processors, delegates } = shapeOf(provider);
    const behind = depth < longestChain ? delegates.filter((each) => each !== provider) : [];
    const areGuarded = behind.map((each) => guardChain(each, protection, depth + 1));
    if (areGuarded.includes(false)) throw new TypeError('a provider behind it cannot be guarded');
    if (processors.length > 0 || behind.length === 0) guardOne(provider, protection);
    return true;
  } catch (error) {
    const kind = error instanceof Error ? error.name : typeof error;
    notice(
      'error',
      `a tracer provider cannot be guarded (${kind}): it is not used, and nothing of it is traced`,
    );
    refused.add(provider);
    providers.push({ mode: 'closed', processors: 0, ...noExporters });
    return false;
  }
}

/** What @opentelemetry/api registers: it hands on to a provider that can change. */
type Proxy = { getDelegate(): unknown; setDelegate(provider: unknown): unknown };

function guardProxy(proxy: Proxy, protection: Protection, depth: number): void {
  const { setDelegate } = proxy;
  const choose = (provider: unknown): unknown =>
    !isProvider(provider) || guardChain(provider, protection, depth + 1) ? provider : inertProvider;
  const isPut = putMethod(proxy, 'setDelegate', function (this: unknown, provider: unknown) {
    return setDelegate.call(this as Proxy, choose(provider));
  });
  if (!isPut) throw new TypeError('a proxy that cannot be changed');
  const present = proxy.getDelegate();
  // Without a provider there is one that does nothing, and has nothing.
  if (!isProvider(present) || ownSlots(present).length === 0) return;
  if (choose(present) !== present) setDelegate.call(proxy, inertProvider);
}

function guardOne(provider: object, protection: Protection): void {
  const record: GuardedProvider = { mode: 'processors', processors: 0, ...noExporters };
  const isWhole = guardProcessors(provider, protection, record);
  watchAdditions(provider, () => guardAddition(provider, protection, record));
  const isLater = record.processors === 0 && hasMethods(provider, 'addSpanProcessor');
  if (isWhole && (record.processors > 0 || isLater)) guardRecord().providers.push(record);
  else guardTracers(provider, protection, record);
}

/** A processor that came later. Never throws: the app added it. */
function guardAddition(provider: object, protection: Protection, record: GuardedProvider): void {
  try {
    if (guardProcessors(provider, protection, record) || record.mode !== 'processors') return;
    guardTracers(provider, protection, record);
  } catch {
    record.mode = 'closed';
    notice('error', 'a span processor was added that cannot be guarded: it sees spans unmasked');
  }
}

/** @returns whether all of them could be guarded. */
function guardProcessors(provider: object, protection: Protection, record: GuardedProvider): boolean {
  const { processors, composites } = shapeOf(provider);
  const report: ProcessorReport = {
    exporters({ sealed, unsealed, exporterless }) {
      record.sealed += sealed;
      record.unsealed += unsealed;
      record.exporterless += exporterless;
    },
  };
  const { seen } = guardRecord();
  const guarded = processors.map((found) => {
    if (!seen.has(found.processor)) record.processors += 1;
    return guardProcessor(found, protection, report);
  });
  for (const composite of composites) {
    watchList(composite, () => guardAddition(provider, protection, record));
  }
  return guarded.every(Boolean);
}

/** SDK 1.x takes processors later, too. Whoever puts another one in the place of a processor has it used by the next tracer. */
function watchAdditions(provider: object, look: () => void): void {
  const getTracer = Reflect.get(provider, 'getTracer') as Method;
  let slots = ownSlots(provider);
  putMethod(provider, 'getTracer', function (this: unknown, ...given: unknown[]) {
    // Some ask for a tracer with every span: only what is another object than before is worth a look.
    if (!slots.every(isFilled)) {
      slots = ownSlots(provider);
      look();
    }
    return getTracer.apply(this, given);
  });
  if (!hasMethods(provider, 'addSpanProcessor')) return;
  const add = provider['addSpanProcessor'] as Method;
  putMethod(provider, 'addSpanProcessor', function (this: unknown, ...given: unknown[]) {
    try {
      return add.apply(this, given);
    } finally {
      look();
    }
  });
}

/** Whoever reaches into a list of processors adds to it without a word: it is looked at with every span that is handed on. */
function watchList(composite: object, look: () => void): void {
  if (!isNew(composite)) return;
  const { seen } = guardRecord();
  const [slot] = ownSlots(composite);
  // The list itself can be another one, too.
  const isSeen = (list: unknown): boolean => Array.isArray(list) && list.every((each) => seen.has(each));
  for (const name of ['onStart', 'onEnd']) {
    const handOn = Reflect.get(composite, name) as Method;
    putMethod(composite, name, function (this: unknown, ...given: unknown[]) {
      if (slot !== undefined && !isSeen(Reflect.get(composite, slot.key))) look();
      return handOn.apply(this, given);
    });
  }
}
