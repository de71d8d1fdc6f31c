const apiKey = Symbol.for('opentelemetry.js.api.1');

/** As much of the API's diag component as is used here: what `diag.setLogger()` registered. */
interface DiagLogger {
  warn(message: string): void;
}

/** Warns through the app's own OpenTelemetry diagnostics, if it has set a logger for them. */
export function warn(message: string): void {
  const api = (globalThis as Record<symbol, unknown>)[apiKey];
  if (typeof api !== 'object' || api === null || !('diag' in api)) return;
  try {
    (api.diag as DiagLogger | undefined)?.warn(`@spanseal/otlp-exporter: ${message}`);
  } catch {
    // A logger of the app must not break its traces.
  }
}
