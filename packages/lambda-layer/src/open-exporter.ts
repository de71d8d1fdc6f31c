import { readSealingConfig } from '@spanseal/node';
import { type ExporterError, SignedOtlpExporter } from '@spanseal/otlp-exporter';
import { tell } from './tell.js';
import type { Turns } from './turns.js';

/** How long spans that do not arrive are kept, in milliseconds; then they are declared lost. */
const longestKeptMillis = 60 * 60_000;
/** Of a receiver that does not answer, in milliseconds. */
const attemptMillis = 5000;
/** Requests that are kept, and their bytes; more are declared lost at once. */
const mostKept = { concurrencyLimit: 128, maxPendingBytes: 8 * 1024 * 1024 };

type Environment = NodeJS.ProcessEnv;

/**
 * The exporter that the `OTEL_EXPORTER_OTLP_*` variables and the key of the environment ask for.
 *
 * @returns undefined where the variables do not allow it: that is said.
 */
export function openExporter(env: Environment, turns: Turns): SignedOtlpExporter | undefined {
  const { keyRing } = readSealingConfig(env);
  const protocol = env['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL'] || env['OTEL_EXPORTER_OTLP_PROTOCOL'];
  if (protocol === 'grpc') {
    tell(
      'OTEL_EXPORTER_OTLP_PROTOCOL: expected http/protobuf or http/json, got grpc, which is not in this layer; nothing is exported',
    );
    return undefined;
  }
  try {
    return new SignedOtlpExporter({
      ...mostKept,
      timeoutMillis: longestKeptMillis,
      pace: {
        attemptMillis,
        keepsAlive: false,
        attempt: (send) => turns.attempt(send),
        pause: (millis, signal) => turns.pause(millis, signal),
      },
      // A process can end at any time without a word: what arrived is vouched for with the next request.
      ...(keyRing && { keyRing, checkpoints: { everySpans: 1, repeat: 1 } }),
    });
  } catch (error) {
    const { faults = [] } = error as Partial<ExporterError>;
    for (const { path, expected, got } of faults) tell(`${path}: expected ${expected}, got ${got}`);
    tell('spans cannot be exported with these settings; nothing is exported');
    return undefined;
  }
}
