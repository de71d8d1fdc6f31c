import type { Guard } from './api-global.js';
import { envProtection } from './env-protection.js';
import { guardProvider } from './provider-guard.js';
import type { Environment } from './settings.js';

// The bundle is CommonJS, and has its parts beside it: what a process may never need is not loaded before it does.
declare const require: (part: string) => unknown;

/** Guards providers as the environment says. */
export function openGuard(env: Environment): Guard {
  const protection = envProtection(env, {
    masking: (given) => {
      const { openMasking } = require('./masking.cjs') as typeof import('./masking.js');
      return openMasking(given, (path) => {
        const { openPolicyFile } = require('./policy-file.cjs') as typeof import('./policy-file.js');
        return openPolicyFile(path).policy;
      });
    },
    sealing: (given) => (require('./sealing.cjs') as typeof import('./sealing.js')).openSealing(given),
  });
  return (provider) => guardProvider(provider, protection);
}
