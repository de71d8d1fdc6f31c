import { isId, type NativeTime } from '@spanseal/otlp';
import type { HrTime, SpanContext } from './readable-span.js';
import { sealableText } from './sealable-value.js';

const nanosPerSecond = 1_000_000_000n;
const maxTime = 2n ** 64n - 1n;
/** Up to here, a time has less than 64 bits: the year 2554. */
const usualSeconds = 18_446_744_073;

/** A span context that gives the same answers for ever, with the trace state as text. */
export interface SealableContext {
  readonly context: SpanContext;
  readonly traceState: string;
}

/**
 * A context as it is sealed: read once, because a trace state is asked for its text again by every serializer.
 * Undefined when its ids are none: no receiver takes such a span, or the request that holds it.
 */
export function sealableContext(
  context: SpanContext,
  role: 'spanId' | 'parentSpanId' = 'spanId',
): SealableContext | undefined {
  const { traceId, spanId, traceFlags, isRemote } = context;
  if (!isId(traceId, 'traceId') || !isId(spanId, role)) return undefined;
  const traceState = sealableText(context.traceState?.serialize());
  const flags = Number.isInteger(traceFlags) ? traceFlags & 0xff : 0;
  const own = { traceId, spanId, traceFlags: flags, isRemote: isRemote === true };
  if (traceState === '') return { traceState, context: own };
  return { traceState, context: { ...own, traceState: frozenTraceState(traceState) } };
}

function frozenTraceState(text: string): NonNullable<SpanContext['traceState']> {
  const state = {
    serialize: () => text,
    get: () => undefined,
    set: () => state,
    unset: () => state,
  };
  return state;
}

/** A time in what OTLP can hold: nanoseconds since 1970, in 64 bits. Others are moved to the nearest. */
export function sealableTime(time: unknown): NativeTime {
  const given: readonly unknown[] = Array.isArray(time) ? time : [];
  const seconds = given[0];
  const nanos = given[1];
  if (isUsual(seconds, usualSeconds) && isUsual(nanos, 1e9)) return [seconds, nanos];
  const nanoseconds = BigInt(toWhole(seconds)) * nanosPerSecond + BigInt(toWhole(nanos));
  const total = nanoseconds < 0n ? 0n : nanoseconds > maxTime ? maxTime : nanoseconds;
  return [Number(total / nanosPerSecond), Number(total % nanosPerSecond)];
}

/** The same as the SDK has it. */
export function sdkTime([seconds, nanos]: NativeTime): HrTime {
  return [seconds, nanos];
}

function isUsual(value: unknown, end: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < end;
}

/** What is no number has none: to ask an object for its own can throw. */
function toWhole(value: unknown): number {
  const isNumeric = typeof value === 'number' || typeof value === 'string' || typeof value === 'bigint';
  const number = isNumeric ? Math.trunc(Number(value)) : 0;
  return Number.isSafeInteger(number) ? number : 0;
}

/** A count of OTLP's: an unsigned integer of 32 bits. */
export function sealableCount(value: unknown): number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? Math.min(value, 2 ** 32 - 1) : 0;
}
