import type { Guard } from './api-global.js';
import { envProtection, type ProtectionParts } from './env-protection.js';
import { guardProvider } from './provider-guard.js';
import { type Environment, keyVariables } from './settings.js';

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
    sealing: openSealing,
  });
  return (provider) => guardProvider(provider, protection);
}

/** What seals can stand in a layer of its own, and not be there: nothing of that may reach the app. */
function openSealing(env: Environment): ReturnType<ProtectionParts['sealing']> {
  let part: typeof import('./sealing.js');
  try {
    part = require('./sealing.cjs') as typeof import('./sealing.js');
  } catch {
    const variable = keyVariables.find((name) => env[name]) ?? 'SPANSEAL_EXPORTER';
    const fault = { variable, expected: 'the part that seals beside the one that masks', got: 'none' };
    return { sealing: undefined, faults: [fault] };
  }
  return part.openSealing(env);
}
