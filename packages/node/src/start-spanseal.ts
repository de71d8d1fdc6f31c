import { watchApi } from './api-global.js';
import { describeFault } from './config-fault.js';
import { type GuardedProvider, guardRecord } from './guard-record.js';
import { NodeError } from './node-error.js';
import { notice, setLogLevel } from './notice.js';
import { guardProvider } from './provider-guard.js';
import { isProvider } from './provider-shape.js';
import { readSettings } from './settings.js';
import { protectionOf, type SpansealOptions } from './spanseal-options.js';
import { startSdk } from './start-sdk.js';

/**
 * Guards whatever tracer provider this process registers, before or after this call: as the preload does, with options of a
 * program. Where the preload runs already, it stays in charge.
 *
 * @returns whether this call took charge. False: another one had, or `SPANSEAL_DISABLED` is set.
 * @throws NodeError `ERR_SPANSEAL_NODE` for options that cannot be used; PolicyError `ERR_SPANSEAL_POLICY` for a policy with faults.
 */
export function startSpanseal(options: SpansealOptions = {}): boolean {
  const protection = protectionOf(options);
  const { isDisabled, startsSdk, logLevel, faults } = readSettings(options.env ?? process.env);
  setLogLevel(logLevel);
  for (const fault of faults) notice('error', `${describeFault(fault)}; it is ignored`);
  if (isDisabled) return false;
  const isFirst = watchApi((provider) => guardProvider(provider, protection));
  if (!isFirst) notice('info', 'startSpanseal() came after another start of Spanseal, which stays in charge');
  if (isFirst && startsSdk) startSdk();
  return isFirst;
}

/**
 * Guards one tracer provider, whether it is registered or not. A provider that is guarded already stays as it is.
 *
 * @returns whether its spans leave masked or not at all. False: it cannot be guarded, and must not be used.
 * @throws NodeError `ERR_SPANSEAL_NODE` for what is no provider, and options that cannot be used; PolicyError
 *   `ERR_SPANSEAL_POLICY` for a policy with faults.
 */
export function guard(provider: object, options: SpansealOptions = {}): boolean {
  const protection = protectionOf(options);
  if (isProvider(provider)) return guardProvider(provider, protection);
  const fault = {
    path: 'provider',
    expected: 'a tracer provider: an object with getTracer()',
    got: typeof provider,
  };
  throw new NodeError([fault]);
}

/** What is guarded in this process so far, by whichever copy of this package. */
export function guardedProviders(): readonly Readonly<GuardedProvider>[] {
  return guardRecord().providers.map((provider) => ({ ...provider }));
}
