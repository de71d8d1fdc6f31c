import { setTimeout as sleep } from 'node:timers/promises';
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
  random: () => number,
): Promise<Delivery> {
  let wait = backoff.first;
  for (let attempts = 1; ; attempts += 1) {
    const answer = await transport.send(attempt);
    if (answer.kind !== 'again') return { answer, attempts };
    const millis = answer.isStale ? 0 : waitBefore(answer.afterMillis ?? 0, wait, random);
    if (Date.now() + millis >= attempt.deadlineMillis) return { answer, attempts };
    if (!(await slept(millis, attempt.signal))) return { answer, attempts };
    wait = Math.min(wait * backoff.factor, backoff.longest);
  }
}

/** A receiver that asks for no wait at all gets the usual one: otherwise it would be asked without a pause. */
function waitBefore(askedMillis: number, wait: number, random: () => number): number {
  // The jitter is on top of what a receiver asks for: it asks many clients at once for the same.
  if (askedMillis > 0) return askedMillis + backoff.jitter * backoff.first * random();
  return wait * (1 + backoff.jitter * (2 * random() - 1));
}

/** Whether it was not woken up: nobody waits for the request any more then. */
async function slept(millis: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(millis, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}
