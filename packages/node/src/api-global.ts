import { kindOf } from './error-kind.js';
import { guardRecord } from './guard-record.js';
import { inertProvider } from './inert-tracing.js';
import { notice } from './notice.js';
import { hasMethods } from './own-values.js';

/** Where every copy of @opentelemetry/api of the major version 1 keeps what was registered. */
const apiKey: unique symbol = Symbol.for('opentelemetry.js.api.1');

type ApiGlobal = { trace?: unknown };
type Holder = { [apiKey]?: ApiGlobal };

/** Guards a tracer provider. @returns whether it may be used. */
export type Guard = (provider: object) => boolean;

/**
 * Guards whatever tracer provider this process registers through @opentelemetry/api, before or after this call. Does nothing
 * when another copy of this package watches already.
 *
 * @returns whether this call made the watch.
 */
export function watchApi(guard: Guard): boolean {
  const record = guardRecord();
  if (record.isInstalled) return false;
  const holder = globalThis as Holder;
  let api = holder[apiKey];
  const watched = (given: ApiGlobal | undefined) => {
    if (typeof given === 'object' && given !== null) watchTrace(given, guard);
    return given;
  };
  watched(api);
  // The API compares the version of a global with its own: one must not be made here ahead of it.
  const isPut = Reflect.defineProperty(holder, apiKey, {
    configurable: true,
    enumerable: false,
    get: () => api,
    set: (given: ApiGlobal | undefined) => {
      api = watched(given);
    },
  });
  if (!isPut) notice('error', 'the global object cannot be watched: providers are not guarded');
  record.isInstalled = true;
  return true;
}

/**
 * The API assigns its global anew with every registration, and deletes `trace` when it is disabled: an accessor that is gone is
 * put there again.
 */
function watchTrace(api: ApiGlobal, guard: Guard): void {
  const known = Reflect.getOwnPropertyDescriptor(api, 'trace');
  if (known?.get !== undefined) return;
  let trace: unknown = known?.value;
  if (trace !== undefined) trace = guarded(trace, guard);
  const accessor = {
    configurable: true,
    enumerable: true,
    get: () => trace,
    set: (given: unknown) => {
      trace = guarded(given, guard);
    },
  };
  if (Reflect.defineProperty(api, 'trace', accessor)) return;
  notice('error', 'the global of @opentelemetry/api cannot be watched: providers are not guarded');
}

/** The provider, or what takes its place. Without any, the API would turn to the provider behind its back. */
function guarded(given: unknown, guard: Guard): unknown {
  if (!hasMethods(given, 'getTracer')) return given;
  try {
    if (guard(given)) return given;
  } catch (error) {
    notice('error', `the guard of tracer providers cannot be loaded (${kindOf(error)}): nothing is traced`);
  }
  return inertProvider;
}
