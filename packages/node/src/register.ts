import { type Guard, watchApi } from './api-global.js';
import { describeFault } from './config-fault.js';
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
  const isFirst = watchApi((provider) => {
    guard ??= (require('./preload-guard.cjs') as typeof import('./preload-guard.js')).openGuard(env);
    return guard(provider);
  });
  const report = env[reportVariable];
  if (report) (require('./report-file.cjs') as typeof import('./report-file.js')).writeReportAtExit(report);
  if (isFirst && startsSdk) (require('./start-sdk.cjs') as typeof import('./start-sdk.js')).startSdk();
}
