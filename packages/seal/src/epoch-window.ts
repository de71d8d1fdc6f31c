import type { NativeSpanParts, Span } from '@spanseal/otlp';
import { epochSeconds } from './stream-key.js';

/** Set in a seal's marks by an honest sealer when the span's end lies outside the window of the epoch. */
export const lateMark = 1;

/** How long before its epoch a span may have ended, in seconds: queues, retries, long batches. */
const maxLatenessSeconds = 86_400;
/** How long after its epoch a span may say that it ended, in seconds: clocks differ. */
const clockSkewSeconds = 300;

/**
 * Whether the span ended around the time at which it was sealed. Without this check whoever has the key of today
 * could seal spans of last year with it, and they would verify (CVE-2023-31439 is this fault in a system journal).
 *
 * @param endSeconds when it ended: whole seconds since the Unix epoch.
 * @param epochStart in seconds since the Unix epoch.
 */
export function isInWindow(endSeconds: number, epochStart: number): boolean {
  return (
    endSeconds >= epochStart - maxLatenessSeconds &&
    endSeconds <= epochStart + epochSeconds + clockSkewSeconds
  );
}

/**
 * Whether what a sealer says itself, a checkpoint or a batch, is of the epoch whose key it was made with: whoever has the key of
 * today could else sign for yesterday with it. Clocks differ, and it is made a moment after the time that it names.
 *
 * @param millis its own time, in milliseconds since the Unix epoch.
 * @param epochStart in seconds since the Unix epoch.
 */
export function isOfEpoch(millis: number, epochStart: number): boolean {
  const seconds = millis / 1000;
  return seconds >= epochStart - clockSkewSeconds && seconds <= epochStart + epochSeconds + clockSkewSeconds;
}

/** When a span ended, in whole seconds since the Unix epoch. */
export function endSecondsOf(span: Pick<Span, 'endTimeUnixNano'> | NativeSpanParts): number {
  if ('endTime' in span) return span.endTime[0];
  const nanos = span.endTimeUnixNano ?? 0;
  // The model mostly has it as decimal text.
  return typeof nanos === 'string' ? Number(nanos.slice(0, -9)) : Number(BigInt(nanos) / 1_000_000_000n);
}
