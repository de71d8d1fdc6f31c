import type { CheckedPace } from './pace.js';
import type { Answer, Attempt, Transport } from './transport.js';

/** Waits before a request is sent again, in milliseconds: those of the SDK's own exporters. */
const backoff = { first: 1000, factor: 1.5, longest: 5000, jitter: 0.2 };

/** How a request ended, after how many attempts. */
export interface Delivery {
  readonly answer: Answer;
  readonly attempts: number;
}

/**
 * Sends a request until it is taken or refused, or until its deadline leaves no time for another attempt. It is the same one each
 * time, with the same headers: a receiver knows a retry by them.
 *
 * @param random gives numbers from 0 to 1, exclusive, as Math.random() does.
 */
export async function deliver(
  transport: Transport,
  attempt: Attempt,
  { pace, random }: { pace: CheckedPace; random: () => number },
): Promise<Delivery> {
  let wait = backoff.first;
  for (let attempts = 1; ; attempts += 1) {
    const deadlineMillis = Math.min(attempt.deadlineMillis, Date.now() + pace.attemptMillis);
    const answer = await pace.attempt(() => transport.send({ ...attempt, deadlineMillis }));
    if (answer.kind !== 'again') return { answer, attempts };
    const millis = answer.isStale ? 0 : waitBefore(answer.afterMillis ?? 0, wait, random);
    if (Date.now() + millis >= attempt.deadlineMillis) return { answer, attempts };
    if (!(await isWorthwhile(pace.pause(millis, attempt.signal), attempt))) return { answer, attempts };
    wait = Math.min(wait * backoff.factor, backoff.longest);
  }
}

/** A receiver that asks for no wait at all gets the usual one: otherwise it would be asked without a pause. */
function waitBefore(askedMillis: number, wait: number, random: () => number): number {
  // The jitter is on top of what a receiver asks for: it asks many clients at once for the same.
  if (askedMillis > 0) return askedMillis + backoff.jitter * backoff.first * random();
  return wait * (1 + backoff.jitter * (2 * random() - 1));
}

/** Whether there is still somebody who waits for the request, and time for it. */
async function isWorthwhile(pause: Promise<void>, { deadlineMillis, signal }: Attempt): Promise<boolean> {
  try {
    await pause;
  } catch {
    return false;
  }
  return !signal.aborted && Date.now() < deadlineMillis;
}
