import type { StreamGap } from './report.js';
import { gapsBelow, type SeqRange } from './seq-ranges.js';
import type { SeenCheckpoint } from './stream-ledger.js';

/** From when to when a stream is known, in milliseconds since the Unix epoch. */
export interface StreamTimes {
  readonly startMillis: number;
  readonly lastMillis: number;
}

/** Spans that lie between two signs of a stream, and so between their times. */
interface Stretch {
  readonly last: number;
  readonly fromMillis: number;
  readonly toMillis: number;
}

/** Tells when the spans of some seqs were sealed, as far as the checkpoints of their stream say. */
export class GapTimes {
  readonly #stretches: readonly Stretch[];
  readonly #checkpoints: readonly SeenCheckpoint[];
  readonly #times: StreamTimes;

  /** @param checkpoints in the order of their numbers. */
  constructor(checkpoints: readonly SeenCheckpoint[], times: StreamTimes) {
    this.#stretches = stretchesOf(checkpoints, times.startMillis);
    this.#checkpoints = checkpoints;
    this.#times = times;
  }

  /** One gap for each stretch that ranges lie in. The ranges ascend and do not overlap. */
  of(kind: StreamGap['kind'], ranges: readonly SeqRange[]): StreamGap[] {
    const gaps = new Map<number, StreamGap>();
    let at = 0;
    for (const [from, to] of ranges) {
      for (let seq = from; seq <= to; ) {
        while ((this.#stretches[at]?.last ?? to) < seq) at += 1;
        const { last, fromMillis, toMillis } = this.#stretches[at] ?? { last: to, ...this.#whole() };
        const end = Math.min(to, last);
        const gap = gaps.get(at) ?? { kind, first: seq, last: end, count: 0, fromMillis, toMillis };
        gap.last = end;
        gap.count += end - seq + 1;
        gaps.set(at, gap);
        seq = end + 1;
      }
    }
    return [...gaps.values()];
  }

  /** One gap for each range of checkpoints that are not there; `first` and `last` are their numbers. */
  ofCheckpoints(): StreamGap[] {
    const seen = new Map(this.#checkpoints.map(({ checkpoint }) => [checkpoint.number, checkpoint]));
    return gapsBelow(seen.keys(), 0).map(([first, last]) => {
      const fromMillis = seen.get(first - 1)?.toMillis ?? this.#times.startMillis;
      const toMillis = Math.max(fromMillis, seen.get(last + 1)?.fromMillis ?? fromMillis);
      return { kind: 'checkpoints', first, last, count: last - first + 1, fromMillis, toMillis };
    });
  }

  #whole(): Pick<Stretch, 'fromMillis' | 'toMillis'> {
    return { fromMillis: this.#times.startMillis, toMillis: this.#times.lastMillis };
  }
}

/**
 * Stretches without a hole between them, from seq 0 up to the last one that a checkpoint is about. What none is about lies between
 * its neighbours.
 */
function stretchesOf(checkpoints: readonly SeenCheckpoint[], startMillis: number): Stretch[] {
  const stretches: Stretch[] = [];
  let next = 0;
  let millis = startMillis;
  const upTo = (last: number, fromMillis: number, toMillis: number): void => {
    if (last < next) return;
    stretches.push({ last, fromMillis, toMillis: Math.max(fromMillis, toMillis) });
    next = last + 1;
  };
  const ascending = checkpoints
    .map(({ checkpoint }) => checkpoint)
    .sort((one, other) => one.first - other.first);
  for (const { first, count, fromMillis, toMillis } of ascending) {
    upTo(first - 1, millis, fromMillis);
    upTo(first + count - 1, fromMillis, toMillis);
    millis = toMillis;
  }
  return stretches;
}
