import type { Span } from '@spanseal/otlp';
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
 * @param epochStart in seconds since the Unix epoch.
 */
export function isInWindow(span: Span, epochStart: number): boolean {
  const endSeconds = secondsOf(span.endTimeUnixNano ?? 0);
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

/** Whole seconds of a time in nanoseconds, which the model mostly has as decimal text. */
function secondsOf(nanos: NonNullable<Span['endTimeUnixNano']>): number {
  if (typeof nanos === 'string') return Number(nanos.slice(0, -9));
  return Number(BigInt(nanos) / 1_000_000_000n);
}
