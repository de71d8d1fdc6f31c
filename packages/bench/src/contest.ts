/** One way to do the work. */
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

/** How much is measured. */
export interface Effort {
  readonly rounds: number;
  /** Rounds that are run before and thrown away. */
  readonly warmUp: number;
  /** Length of one sample in milliseconds. */
  readonly sample: number;
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
export async function runContest(contenders: readonly Contender[], effort: Effort): Promise<Timings> {
  const entries = contenders.map((contender) => new Entry(contender));
  for (const entry of entries) await entry.calibrate(effort.sample);
  const timings: number[][] = contenders.map(() => []);
  for (let round = 0; round < effort.warmUp + effort.rounds; round += 1) {
    for (let turn = 0; turn < entries.length; turn += 1) {
      const index = (turn + round) % entries.length;
      const time = await entries[index]?.sample();
      if (round >= effort.warmUp && time !== undefined) timings[index]?.push(time);
    }
  }
  return timings;
}

/** Results end here, so that no compiler can leave out the work that made them. */
let sink = 0;

class Entry {
  readonly #contender: Contender;
  #calls = 1;
  #next = 0;

  constructor(contender: Contender) {
    this.#contender = contender;
  }

  /** Finds how many calls fill a sample. */
  async calibrate(milliseconds: number): Promise<void> {
    const wanted = milliseconds * 1e6;
    for (;;) {
      const spent = (await this.sample()) * this.#units;
      if (spent >= wanted / 2) {
        this.#calls = Math.max(1, Math.round((this.#calls * wanted) / spent));
        return;
      }
      this.#calls = Math.ceil(this.#calls * Math.min(8, (wanted * 1.1) / Math.max(spent, 1000)));
    }
  }

  /** Nanoseconds for one unit of work. */
  async sample(): Promise<number> {
    const { run, prepare, awaits = false } = this.#contender;
    const from = this.#next;
    const to = from + this.#calls;
    this.#next = to;
    prepare?.(this.#calls);
    const start = process.cpuUsage();
    if (awaits) for (let call = from; call < to; call += 1) keep(await run(call));
    else for (let call = from; call < to; call += 1) keep(run(call));
    const { user, system } = process.cpuUsage(start);
    return ((user + system) * 1000) / this.#units;
  }

  get #units(): number {
    return this.#calls * (this.#contender.units ?? 1);
  }
}

function keep(result: unknown): void {
  if (result !== undefined) sink = (sink + 1) | 0;
}
