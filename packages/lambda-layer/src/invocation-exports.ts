import type { ReadableSpan, SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace';
import type { ExporterError } from '@spanseal/otlp-exporter';
import { flushBudget } from './flush-budget.js';
import { tell } from './tell.js';
import type { Turns } from './turns.js';

/** Spans that ended are handed over when there are so many of them, without waiting for the end of the invocation. */
const mostEnded = 512;
/** Before the deadline, in milliseconds, what ended is handed over: past it the process is killed. */
const lastMomentMillis = 500;
const sampledFlag = 1;

/** What is known of an invocation: the second argument of a handler has it. */
export interface Invocation {
  getRemainingTimeInMillis(): number;
}

/**
 * Exports the spans of an invocation when it ends, for no longer than {@link flushBudget} allows. What did not arrive by then stays
 * with the exporter: it is on its way still, or has its turn with a later invocation.
 */
export class InvocationExports implements SpanProcessor {
  readonly #turns: Turns;
  readonly #open: () => SpanExporter | undefined;
  #opened: { readonly exporter: SpanExporter | undefined } | undefined;
  #ended: ReadableSpan[] = [];
  #invocation: Invocation | undefined;
  #lastMoment: NodeJS.Timeout | undefined;
  readonly #told = new Set<string>();

  /** @param open makes the exporter, when the first span needs it; undefined: there is none, and nothing is kept. */
  constructor(turns: Turns, open: () => SpanExporter | undefined) {
    this.#turns = turns;
    this.#open = open;
  }

  /** An invocation begins. */
  begin(invocation: Invocation): void {
    this.#invocation = invocation;
    this.#turns.openOne();
    clearTimeout(this.#lastMoment);
    const millis = invocation.getRemainingTimeInMillis() - lastMomentMillis;
    if (millis > 0) this.#lastMoment = setTimeout(() => this.#handOver(), millis).unref();
  }

  onStart(): void {
    // A span is of interest once it has ended.
  }

  onEnd(span: ReadableSpan): void {
    if ((span.spanContext().traceFlags & sampledFlag) === 0) return;
    this.#ended.push(span);
    if (this.#ended.length >= mostEnded) this.#handOver();
  }

  /** Never rejects. */
  async forceFlush(): Promise<void> {
    clearTimeout(this.#lastMoment);
    this.#handOver();
    await this.#turns.settled(flushBudget(this.#invocation?.getRemainingTimeInMillis() ?? 0));
  }

  async shutdown(): Promise<void> {
    clearTimeout(this.#lastMoment);
    this.#handOver();
    this.#turns.openAll();
    await this.#opened?.exporter?.shutdown();
  }

  #handOver(): void {
    const spans = this.#ended;
    if (spans.length === 0) return;
    this.#ended = [];
    this.#opened ??= { exporter: this.#open() };
    this.#opened.exporter?.export(spans, ({ code, error }) => {
      if (code === 0) this.#turns.openAll();
      else this.#tellLoss(error);
    });
  }

  /** Each reason once: a collector that refuses everything would fill the log. */
  #tellLoss(error: Error | undefined): void {
    const { faults } = (error ?? {}) as Partial<ExporterError>;
    const [{ expected, got } = { expected: '', got: 'an error' }] = faults ?? [];
    const reason = got === 'more' ? `${got} than ${expected.replace('at most ', '')}` : got;
    if (this.#told.has(reason)) return;
    this.#told.add(reason);
    tell(`spans were given up (${reason}); with a key, a checkpoint says which`);
  }
}
