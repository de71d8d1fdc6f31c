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
    if (processors.length > 0 || !behind.some((each) => reachesProcessors(each, depth + 1)))
      guardOne(provider, protection);
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

/** Whether processors can be seen behind a provider: the API's own objects, and providers without any, say nothing of a pipeline. */
function reachesProcessors(provider: object, depth: number): boolean {
  if (depth > longestChain) return false;
  const { processors, delegates } = shapeOf(provider);
  const behind = hasMethods(provider, 'getDelegate')
    ? [...delegates, (provider as Proxy).getDelegate()]
    : delegates;
  return (
    processors.length > 0 || behind.some((each) => isProvider(each) && reachesProcessors(each, depth + 1))
  );
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
  if (!isProvider(present) || isNoop(present)) return;
  if (choose(present) !== present) setDelegate.call(proxy, inertProvider);
}

/** Whether a provider is the API's own, which stands where there is none. One that has nothing of its own can have private fields. */
function isNoop(provider: object): boolean {
  if (ownSlots(provider).length > 0) return false;
  const tracer: unknown = (Reflect.get(provider, 'getTracer') as Method).call(provider, '@spanseal/node');
  if (!hasMethods(tracer, 'startSpan') || ownSlots(tracer).length > 0) return false;
  const span: unknown = (tracer['startSpan'] as Method).call(tracer, '', { root: true });
  if (!hasMethods(span, 'isRecording', 'spanContext') || (span['isRecording'] as Method).call(span) !== false)
    return false;
  // What a sampler leaves out has an id.
  const { traceId } = (span['spanContext'] as Method).call(span) as { readonly traceId?: unknown };
  return typeof traceId === 'string' && /^0+$/.test(traceId);
}

/** What is known of the processors of a provider. */
interface Pipeline {
  readonly provider: object;
  readonly protection: Protection;
  readonly record: GuardedProvider;
  /** Whether all that were found are guarded. */
  isWhole: boolean;
  /** Whether spans are masked in place where they must be. */
  hasDoor: boolean;
}

function guardOne(provider: object, protection: Protection): void {
  const record: GuardedProvider = { mode: 'processors', processors: 0, ...noExporters };
  const pipeline: Pipeline = { provider, protection, record, isWhole: true, hasDoor: false };
  pipeline.isWhole = guardProcessors(pipeline);
  watchAdditions(provider, () => guardAddition(pipeline));
  guardRest(pipeline);
}

/** A processor that came later. Never throws: the app added it. */
function guardAddition(pipeline: Pipeline): void {
  const { record } = pipeline;
  try {
    pipeline.isWhole = guardProcessors(pipeline) && pipeline.isWhole;
    guardRest(pipeline);
  } catch {
    record.mode = 'closed';
    notice('error', 'a span processor was added that cannot be guarded: it sees spans unmasked');
  }
}

/** Masks in place what no guarded processor masks. What can be seen of a provider may come later, or never. */
function guardRest(pipeline: Pipeline): void {
  const { provider, protection, record } = pipeline;
  const { providers } = guardRecord();
  const isNeeded = () => !pipeline.isWhole || record.processors === 0;
  if (record.processors > 0 && !providers.includes(record)) {
    providers.push(record);
    notice('info', `a tracer provider is guarded, processors that get masked copies: ${record.processors}`);
  }
  if (pipeline.hasDoor || !isNeeded()) return;
  pipeline.hasDoor = true;
  guardTracers(provider, protection, { record, isNeeded });
}

/** @returns whether all of them could be guarded. */
function guardProcessors(pipeline: Pipeline): boolean {
  const { provider, protection, record } = pipeline;
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
    watchList(composite, () => guardAddition(pipeline));
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
  const { seen, composites } = guardRecord();
  if (composites.has(composite)) return;
  composites.add(composite);
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
