import { afterEach, beforeEach } from '@jest/globals';
import type { KeyRing } from '@spanseal/seal';
import { SignedOtlpExporter, type SignedOtlpExporterOptions } from '../src/index.js';
import {
  batchVerdicts,
  exportOnce,
  newRing,
  newSpans,
  type Protocol,
  type Receiver,
  type ReceiverOptions,
  reportOn,
  startReceiver,
} from './receivers.js';

/** Run after each test of a file that imports this, the last one first. */
export const stops: (() => unknown)[] = [];
/** Of the test that runs. */
export let keyRing: KeyRing;
beforeEach(() => {
  keyRing = newRing();
});
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

export async function start(protocol: Protocol, options: ReceiverOptions): Promise<Receiver> {
  const receiver = await startReceiver(protocol, options);
  stops.push(() => receiver.stop());
  return receiver;
}

/** An exporter that is shut down after the test. */
export function connect(options: SignedOtlpExporterOptions): SignedOtlpExporter {
  const exporter = new SignedOtlpExporter({ keyRing, timeoutMillis: 15_000, ...options });
  stops.push(() => exporter.shutdown());
  return exporter;
}

export interface Sent {
  readonly code: number;
  readonly got: string | undefined;
  readonly millis: number;
  /** Of each attempt that arrived. */
  readonly verdicts: readonly string[];
  readonly exporter: SignedOtlpExporter;
  /** After the exporter was shut down. */
  report(): Promise<ReturnType<typeof reportOn>>;
}

/** Exports three spans. */
export async function send(
  receiver: Receiver,
  protocol: Protocol,
  options: SignedOtlpExporterOptions = {},
): Promise<Sent> {
  const exporter = connect({ url: receiver.url, protocol, ...options });
  const before = performance.now();
  const { code, error } = await exportOnce(exporter, newSpans(3));
  const millis = performance.now() - before;
  return {
    ...{ code, millis, exporter, got: error?.faults[0]?.got },
    verdicts: batchVerdicts(keyRing, receiver.arrived(), protocol),
    report: async () => {
      await exporter.shutdown();
      return reportOn(keyRing, receiver.arrived(), protocol);
    },
  };
}

export const once =
  <Answer>(first: Answer, then: Answer) =>
  (index: number) =>
    index === 0 ? first : then;
export const retried = { verdicts: ['valid', 'duplicate'], code: 0 };
export const intact = { result: 'intact', streams: [{ verdict: 'complete', spans: 3, missing: [] }] };
/** Of the requests that came later alone. */
export const lost = { streams: [{ verdict: 'declared-loss', spans: 0, missing: [], declared: [[0, 2]] }] };

/** Runs all cases at a time, since most of them wait for a second, and gives what came of each by its name. */
export async function each<Case extends readonly [string, ...unknown[]], Result>(
  cases: readonly Case[],
  run: (given: Case) => Promise<Result>,
): Promise<Record<string, Result>> {
  const results = await Promise.all(cases.map(async (given) => [given[0], await run(given)] as const));
  return Object.fromEntries(results);
}

/** The same result for all cases. */
export function all(cases: readonly (readonly [string, ...unknown[]])[], result: unknown): object {
  return Object.fromEntries(cases.map(([name]) => [name, result]));
}
