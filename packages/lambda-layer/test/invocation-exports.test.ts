import { describe, expect, jest, test } from '@jest/globals';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import { flushBudget } from '../src/flush-budget.js';
import { InvocationExports } from '../src/invocation-exports.js';
import { Turns } from '../src/turns.js';

const span = (traceFlags = 1) => ({ spanContext: () => ({ traceFlags }) }) as ReadableSpan;
const invocation = (millis: number) => ({ getRemainingTimeInMillis: () => millis });

/** An exporter whose exports are answered when the test says so. */
class HeldExporter implements SpanExporter {
  readonly exported: number[] = [];
  readonly answers: ((arrived: boolean) => void)[] = [];
  readonly #turns: Turns;

  constructor(turns: Turns) {
    this.#turns = turns;
  }

  export(spans: ReadableSpan[], done: (result: { code: number }) => void): void {
    this.exported.push(spans.length);
    void this.#deliver(done);
  }

  async #deliver(done: (result: { code: number }) => void): Promise<void> {
    const { signal } = new AbortController();
    const attempt = () => new Promise<boolean>((answer) => this.answers.push(answer));
    while (!(await this.#turns.attempt(attempt))) await this.#turns.pause(1000, signal);
    done({ code: 0 });
  }

  async shutdown(): Promise<void> {
    this.exported.push(-1);
  }
}

function setUp() {
  const turns = new Turns();
  const exporter = new HeldExporter(turns);
  const open = jest.fn(() => exporter as SpanExporter);
  return { turns, exporter, open, exports: new InvocationExports(turns, open) };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}

describe('a flush', () => {
  test.each([
    [60_000, 150],
    [1500, 150],
    [1000, 100],
    [10, 1],
    [-5, 0],
  ])('may take a tenth of the %d ms that are left, and 150 ms at most: %d ms', (remaining, budget) => {
    expect(flushBudget(remaining)).toBe(budget);
  });

  test('waits until what ended has arrived', async () => {
    const { exports, exporter } = setUp();
    exports.begin(invocation(60_000));
    exports.onEnd(span());
    exports.onEnd(span());
    setTimeout(() => exporter.answers[0]?.(true), 30);
    const millis = await timed(() => exports.forceFlush());
    expect(exporter.exported).toEqual([2]);
    expect(millis).toBeGreaterThan(20);
    expect(millis).toBeLessThan(140);
  });

  test('ends when its time is over', async () => {
    const { exports } = setUp();
    exports.begin(invocation(600));
    exports.onEnd(span());
    const millis = await timed(() => exports.forceFlush());
    expect(millis).toBeGreaterThan(50);
    expect(millis).toBeLessThan(150);
  });

  test('does not wait for what waits for a later invocation', async () => {
    const { exports, exporter, turns } = setUp();
    exports.begin(invocation(60_000));
    exports.onEnd(span());
    setImmediate(() => exporter.answers[0]?.(false));
    expect(await timed(() => exports.forceFlush())).toBeLessThan(100);
    expect(turns.waiting).toBe(1);
  });

  test('makes no exporter while nothing has ended, and one for all', async () => {
    const { exports, open } = setUp();
    await exports.forceFlush();
    exports.onEnd(span(0));
    await exports.forceFlush();
    expect(open).not.toHaveBeenCalled();
    for (let count = 0; count < 2; count += 1) {
      exports.onEnd(span());
      await exports.forceFlush();
    }
    expect(open).toHaveBeenCalledTimes(1);
  });

  test('asks no more than once for an exporter that cannot be made', async () => {
    const open = jest.fn(() => undefined);
    const exports = new InvocationExports(new Turns(), open);
    for (let count = 0; count < 2; count += 1) {
      exports.onEnd(span());
      await exports.forceFlush();
    }
    expect(open).toHaveBeenCalledTimes(1);
  });
});

describe('a request that did not arrive', () => {
  test('is tried again with the next invocation, one at first, and all once it has arrived', async () => {
    const { exports, exporter, turns } = setUp();
    for (let count = 0; count < 3; count += 1) {
      exports.onEnd(span());
      setImmediate(() => exporter.answers[count]?.(false));
      exports.begin(invocation(60_000));
      turns.openAll();
      await exports.forceFlush();
      for (const answer of exporter.answers.splice(0)) answer(false);
      exporter.answers.length = 0;
      await new Promise((resolve) => setImmediate(resolve));
    }
    const { waiting } = turns;
    expect(waiting).toBe(3);
    exports.begin(invocation(60_000));
    await new Promise((resolve) => setImmediate(resolve));
    expect([turns.waiting, exporter.answers.length]).toEqual([2, 1]);
    exporter.answers[0]?.(true);
    await new Promise((resolve) => setImmediate(resolve));
    expect([turns.waiting, exporter.answers.length]).toEqual([0, 3]);
  });

  test('is tried once more when the environment is shut down', async () => {
    const { exports, exporter, turns } = setUp();
    exports.onEnd(span());
    const flushed = exports.forceFlush();
    exporter.answers[0]?.(false);
    await flushed;
    await new Promise((resolve) => setImmediate(resolve));
    expect(turns.waiting).toBe(1);
    await exports.shutdown();
    expect(turns.waiting).toBe(0);
    expect(exporter.exported).toEqual([1, -1]);
  });
});

test('many spans leave before the invocation ends, and those of one that is about to be killed', async () => {
  const { exports, exporter } = setUp();
  for (let count = 0; count < 513; count += 1) exports.onEnd(span());
  expect(exporter.exported).toEqual([512]);
  exports.begin(invocation(540));
  await new Promise((resolve) => setTimeout(resolve, 120));
  expect(exporter.exported).toEqual([512, 1]);
});
