import { watchApi } from './api-global.js';
import { describeFault } from './config-fault.js';
import { envProtection } from './env-protection.js';
import { notice, setLogLevel } from './notice.js';
import { writeReportAtExit } from './report-file.js';
import { readSettings, reportVariable } from './settings.js';
import { startSdk } from './start-sdk.js';

// The bundle is CommonJS, and has its parts beside it: what a process may never need is not loaded before it does.
declare const require: (part: string) => unknown;

const { env } = process;
const settings = readSettings(env);
setLogLevel(settings.logLevel);
for (const fault of settings.faults) notice('error', `${describeFault(fault)}; it is ignored`);

if (!settings.isDisabled) {
  const isFirst = watchApi(
    envProtection(env, {
      masking: (given) => {
        const { openMasking } = require('./masking.cjs') as typeof import('./masking.js');
        return openMasking(given, (path) => {
          const { openPolicyFile } = require('./policy-file.cjs') as typeof import('./policy-file.js');
          return openPolicyFile(path).policy;
        });
      },
      sealing: (given) => (require('./sealing.cjs') as typeof import('./sealing.js')).openSealing(given),
    }),
  );
  const report = env[reportVariable];
  if (report) writeReportAtExit(report);
  if (isFirst && settings.startsSdk) startSdk();
}
