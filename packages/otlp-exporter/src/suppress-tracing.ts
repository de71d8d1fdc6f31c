import { registeredPart } from './registered-api.js';

/** As much of the API's context as is used here. */
interface Context {
  setValue(key: symbol, value: unknown): Context;
}

interface ContextManager {
  active(): Context;
  with(context: Context, run: () => void): void;
}

/** What the SDK's own exporters set, and instrumentations look for (@opentelemetry/core, suppress-tracing). */
const suppressKey = Symbol.for('OpenTelemetry SDK Context Key SUPPRESS_TRACING');

/**
 * Runs it so that its own requests make no spans: an export that no processor began, as that of a checkpoint, would be
 * traced by the app's instrumentations, and its spans exported in turn.
 */
export function suppressTracing(run: () => void): void {
  const manager = registeredPart('context') as ContextManager | undefined;
  if (manager === undefined) run();
  else manager.with(manager.active().setValue(suppressKey, true), run);
}
