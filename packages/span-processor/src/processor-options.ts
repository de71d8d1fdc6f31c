import type { Masker, Policy } from '@spanseal/mask';
import type { MeterProvider } from './meter.js';
import type { SpanProcessor } from './span-processor.js';
import { SpanProcessorError, type SpanProcessorFault } from './span-processor-error.js';

/** Options of a MaskingSpanProcessor. `policy` and `masker` exclude each other. */
export interface MaskingSpanProcessorOptions {
  /** What to mask. Default: the preset `default`. */
  readonly policy?: Policy | undefined;
  /** A masker that was made already, so that several processors count together. */
  readonly masker?: Masker | undefined;
  /** Reports the counters as metrics. Default: no metrics. */
  readonly meterProvider?: MeterProvider | undefined;
}

const methods = {
  next: ['onStart', 'onEnd', 'forceFlush', 'shutdown'],
  masker: ['text', 'attributes', 'sensitiveService', 'counters'],
  meterProvider: ['getMeter'],
};
const optionNames = new Set(['policy', 'masker', 'meterProvider']);

/** @throws SpanProcessorError with every fault at once. What is inside `policy` is not looked at. */
export function checkParameters(next: SpanProcessor | undefined, options: MaskingSpanProcessorOptions): void {
  const faults: SpanProcessorFault[] = [];
  const add = (path: string, expected: string, got: string) =>
    faults.push({ path, expected, got, message: `expected ${expected}, got ${got}` });
  const checkMethods = (path: keyof typeof methods, value: unknown) => {
    const missing = methods[path].filter((method) => !hasMethod(value, method));
    if (value === undefined || missing.length === 0) return;
    const got = (path === 'next' ? mistakenNext(value) : undefined) ?? withoutMethods(value, missing);
    add(path, `an object with the methods ${methods[path].join(', ')}`, got);
  };
  checkMethods('next', next);
  if (!isObject(options)) {
    add('options', 'an object', kindOf(options));
    throw new SpanProcessorError(faults);
  }
  for (const name of Object.keys(options)) {
    if (!optionNames.has(name)) add(name, 'one of policy, masker, meterProvider', 'an unknown option');
  }
  checkMethods('masker', options.masker);
  checkMethods('meterProvider', options.meterProvider);
  if (options.policy !== undefined && options.masker !== undefined) {
    add('policy', 'nothing beside a masker, which has its policy', kindOf(options.policy));
  }
  if (faults.length > 0) throw new SpanProcessorError(faults);
}

function hasMethod(value: unknown, method: string): boolean {
  return isObject(value) && typeof Reflect.get(value, method) === 'function';
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** What newcomers put in the place of the next processor, by its members. */
function mistakenNext(value: unknown): string | undefined {
  if (hasMethod(value, 'export')) return 'a span exporter: give it to a BatchSpanProcessor, and that here';
  if (isObject(value) && Object.keys(value).some((name) => optionNames.has(name)))
    return 'options: they are the second parameter';
  return undefined;
}

function withoutMethods(value: unknown, missing: readonly string[]): string {
  return isObject(value) ? `an object without ${missing.join(', ')}` : kindOf(value);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
