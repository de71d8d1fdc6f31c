import { cpuMillisOf } from './cpu-time.js';

const SMALL = 12_000;
const GROWTH = 8;
/** Timer noise of a loaded machine, in milliseconds. */
export const NOISE = 150;

/** The least CPU time of three runs, in milliseconds. */
export function leastMillis(run: (text: string) => unknown, text: string): number {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 3 && least >= NOISE; round += 1) {
    least = Math.min(
      least,
      cpuMillisOf(() => run(text)),
    );
  }
  return least;
}

/**
 * Eight times the text may take at most some thirty times as long: quadratic work would take sixty-four times as long.
 *
 * @param most what the longer text may take at all, in milliseconds.
 */
export function growsTooFast(run: (text: string) => unknown, unit: string, most: number): boolean {
  // A machine that others load doubles single measurements; work that is quadratic is too slow each time.
  return [1, 2, 3].every(() => grewTooFast(run, unit, most));
}

function grewTooFast(run: (text: string) => unknown, unit: string, most: number): boolean {
  const small = leastMillis(run, unit.repeat(Math.ceil(SMALL / unit.length)));
  const large = leastMillis(run, unit.repeat(Math.ceil((SMALL * GROWTH) / unit.length)));
  return large > NOISE + small * GROWTH * 4 || large > most;
}
