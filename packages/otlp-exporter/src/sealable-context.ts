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
export function sealableContext(context: SpanContext): SealableContext | undefined {
  const { traceId, spanId, traceFlags, isRemote } = context;
  if (!isHex(traceId, 32) || !isHex(spanId, 16)) return undefined;
  const traceState = sealableText(context.traceState?.serialize());
  const state = traceState === '' ? {} : { traceState: frozenTraceState(traceState) };
  const flags = Number.isInteger(traceFlags) ? traceFlags & 0xff : 0;
  return {
    traceState,
    context: { traceId, spanId, traceFlags: flags, isRemote: isRemote === true, ...state },
  };
}

function isHex(id: unknown, length: number): boolean {
  return typeof id === 'string' && id.length === length && /^[0-9a-f]+$/i.test(id);
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

/** A time in what OTLP can hold: nanoseconds since 1970, in 64 bits, as digits. Others are moved to the nearest. */
export function sealableTime(time: unknown): string {
  const [seconds, nanos] = Array.isArray(time) ? time : [];
  const isUsual =
    isWhole(seconds) && isWhole(nanos) && seconds < usualSeconds && nanos < 1e9 && seconds > 0 && nanos >= 0;
  if (isUsual) return seconds + String(nanos + 1e9).slice(1);
  const given = BigInt(toWhole(seconds)) * nanosPerSecond + BigInt(toWhole(nanos));
  return String(given < 0n ? 0n : given > maxTime ? maxTime : given);
}

/** The same as the SDK has it: seconds and nanoseconds. */
export function sdkTime(time: string): HrTime {
  return [Number(time.slice(0, -9)), Number(time.slice(-9))];
}

function isWhole(value: unknown): value is number {
  return Number.isInteger(value);
}

function toWhole(value: unknown): number {
  const number = Math.trunc(Number(value ?? 0));
  return Number.isSafeInteger(number) ? number : 0;
}

/** A count of OTLP's: an unsigned integer of 32 bits. */
export function sealableCount(value: unknown): number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? Math.min(value, 2 ** 32 - 1) : 0;
}
