import type { Effort } from './contest.js';

/** Many short samples for steady medians, or just enough to see that everything works. */
export function effortOf(short: boolean): Effort {
  return short
    ? { rounds: 2, warmUp: 0, sample: 1, scale: 1 / 64 }
    : { rounds: 60, warmUp: 1500, sample: 15, scale: 1 };
}
