import { callApp } from '@spanseal/seal';
import { registeredPart } from './registered-api.js';

/** As much of the API's diag component as is used here: what `diag.setLogger()` registered. */
interface DiagLogger {
  warn(message: string): unknown;
}

/** Warns through the app's own OpenTelemetry diagnostics, if it has set a logger for them. */
export function warn(message: string): void {
  callApp(() => {
    const logger = registeredPart('diag') as DiagLogger | undefined;
    return logger?.warn(`@spanseal/otlp-exporter: ${message}`);
  });
}
