/** One way to do the work, in this process. */
export interface Contender {
  readonly name: string;
  /** Does the work once. Calls count up, so that each can take the next input of a pool. */
  readonly run: (call: number) => unknown;
  /** Units of work in one call, for example spans in a batch. Default 1. */
  readonly units?: number;
  /** `run` gives promises; each is awaited. Default false: awaiting costs more than some calls. */
  readonly awaits?: boolean;
  /** Makes ready for so many calls, before the clock starts. */
  readonly prepare?: (calls: number) => void;
}

/** One way to do the work, in a process that measures itself. */
export interface RemoteContender {
  readonly name: string;
  /** CPU time of one unit of work in nanoseconds. */
  readonly sample: () => Promise<number>;
}

/** How much is measured. */
export interface Effort {
  readonly rounds: number;
  /** CPU time in milliseconds that each contender works before it is measured, so that the compiler has done its part. */
  readonly warmUp: number;
  /** Length of one sample in milliseconds. */
  readonly sample: number;
  /** Share of the full length that hostile texts have, so that a trial run is quick. */
  readonly scale: number;
}

/** Nanoseconds for each unit of work: one figure for each round, the contenders in their order. */
export type Timings = readonly (readonly number[])[];

/**
 * Lets the contenders do their work by turns: every round has one sample of each, and the order rotates, so that what
 * disturbs the machine disturbs all of them alike. A ratio is then taken round by round.
 *
 * What is measured is the CPU time of the whole process: what other processes of a loaded machine take does not count, and
 * what the garbage collector and the compiler do on threads of their own does.
 */
export async function runContest(
  contenders: readonly (Contender | RemoteContender)[],
  effort: Effort,
): Promise<Timings> {
  const entries = contenders.map((contender) => new Entry(contender));
  for (let warmed = 0; warmed < effort.warmUp; warmed += WARM_UP_SLICE) {
    for (const entry of entries) await entry.work(Math.min(WARM_UP_SLICE, effort.warmUp));
  }
  for (const entry of entries) await entry.work(effort.sample);
  const timings: number[][] = contenders.map(() => []);
  for (let round = 0; round < effort.rounds; round += 1) {
    for (let turn = 0; turn < entries.length; turn += 1) {
      const index = (turn + round) % entries.length;
      const time = await entries[index]?.sample();
      if (time !== undefined) timings[index]?.push(time);
    }
  }
  return timings;
}

/** Contenders warm up by turns too, so that none is compiled for itself alone. Milliseconds. */
const WARM_UP_SLICE = 100;

/** CPU time that this process has used, its threads included, in nanoseconds since the start. */
export function cpuTime(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) * 1000;
}

/** Results end here, so that no compiler can leave out the work that made them. */
let sink = 0;

class Entry {
  readonly #contender: Contender | RemoteContender;
  #calls = 1;
  #next = 0;

  constructor(contender: Contender | RemoteContender) {
    this.#contender = contender;
  }

  /** Works for so many milliseconds, and finds how many calls fill a sample of that length. */
  async work(milliseconds: number): Promise<void> {
    if ('sample' in this.#contender) return;
    const wanted = milliseconds * 1e6;
    const units = this.#contender.units ?? 1;
    for (let spent = 0; spent < wanted; ) {
      const time = Math.max(1000, (await this.sample()) * this.#calls * units);
      spent += time;
      this.#calls = Math.max(1, Math.min(this.#calls * 8, Math.round((this.#calls * wanted) / time)));
    }
  }

  /** Nanoseconds for one unit of work. */
  async sample(): Promise<number> {
    const contender = this.#contender;
    if ('sample' in contender) return contender.sample();
    const { run, awaits = false, units = 1 } = contender;
    const from = this.#next;
    const to = from + this.#calls;
    this.#next = to;
    contender.prepare?.(this.#calls);
    const start = process.cpuUsage();
    if (awaits) for (let call = from; call < to; call += 1) keep(await run(call));
    else for (let call = from; call < to; call += 1) keep(run(call));
    return cpuTime(start) / (this.#calls * units);
  }
}

function keep(result: unknown): void {
  if (result !== undefined) sink = (sink + 1) | 0;
}
