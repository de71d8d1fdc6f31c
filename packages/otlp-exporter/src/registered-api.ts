/** Where every 1.x version of @opentelemetry/api keeps what was registered. */
const apiKey = Symbol.for('opentelemetry.js.api.1');

/** What the app registered as a part of the API; undefined when there is none. It is of the app: its shape is for the caller to trust. */
export function registeredPart(name: 'context' | 'diag'): unknown {
  const api: unknown = Reflect.get(globalThis, apiKey);
  return typeof api === 'object' && api !== null ? Reflect.get(api, name) : undefined;
}
