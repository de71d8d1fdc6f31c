import { type Guard, watchApi } from './api-global.js';
import { describeFault } from './config-fault.js';
import { kindOf } from './error-kind.js';
import { notice, setLogLevel } from './notice.js';
import { readSettings, reportVariable } from './settings.js';

// The bundle is CommonJS, and has its parts beside it: what a process may never need is not loaded before it does.
declare const require: (part: string) => unknown;

const { env } = process;
const { isDisabled, startsSdk, logLevel, faults } = readSettings(env);
setLogLevel(logLevel);
for (const fault of faults) notice('error', `${describeFault(fault)}; it is ignored`);

if (!isDisabled) {
  let guard: Guard | undefined;
  // An app may set variables before it starts its SDK, and take them away to keep them from its children.
  const before = { ...env };
  const isFirst = watchApi((provider) => {
    guard ??= (require('./preload-guard.cjs') as typeof import('./preload-guard.js')).openGuard({
      ...before,
      ...env,
    });
    return guard(provider);
  });
  const report = env[reportVariable];
  try {
    if (report) (require('./report-file.cjs') as typeof import('./report-file.js')).writeReportAtExit(report);
    if (isFirst && startsSdk) (require('./start-sdk.cjs') as typeof import('./start-sdk.js')).startSdk();
  } catch (error) {
    notice('error', `a part of @spanseal/node cannot be loaded (${kindOf(error)}): no SDK is started`);
  }
}
