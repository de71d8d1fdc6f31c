import type { Effort } from './contest.js';

/** Long enough for steady medians, or just long enough to see that everything works. */
export function effortOf(short: boolean): Effort {
  return short ? { rounds: 2, warmUp: 0, sample: 1 } : { rounds: 25, warmUp: 5, sample: 60 };
}
