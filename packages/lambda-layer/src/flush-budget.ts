/** What a flush takes of the time that an invocation has left, at most. */
const flushShare = 0.1;
/** And in any case, in milliseconds: a receiver that hangs must not be felt. */
const longestFlushMillis = 150;

/** How long a flush may take, in milliseconds. @param remainingMillis until the deadline of the invocation. */
export function flushBudget(remainingMillis: number): number {
  return Math.max(0, Math.min(remainingMillis * flushShare, longestFlushMillis));
}
