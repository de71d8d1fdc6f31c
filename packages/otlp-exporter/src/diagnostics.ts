import { registeredPart } from './registered-api.js';

/** As much of the API's diag component as is used here: what `diag.setLogger()` registered. */
interface DiagLogger {
  warn(message: string): void;
}

/** Warns through the app's own OpenTelemetry diagnostics, if it has set a logger for them. */
export function warn(message: string): void {
  try {
    const logger = registeredPart('diag') as DiagLogger | undefined;
    logger?.warn(`@spanseal/otlp-exporter: ${message}`);
  } catch {
    // A logger of the app must not break its traces.
  }
}
