import { type ConfigFault, describeFault } from './config-fault.js';
import { notice } from './notice.js';
import type { Masking, Protection, Sealing } from './protection.js';
import { type Environment, namesSealing } from './settings.js';

/** The parts that take time to load. */
export interface ProtectionParts {
  masking(env: Environment): Masking & { readonly faults: readonly ConfigFault[] };
  sealing(env: Environment): {
    readonly sealing: Sealing | undefined;
    readonly faults: readonly ConfigFault[];
  };
}

/** Masks and seals as the environment says, and tells of each fault once. */
export function envProtection(env: Environment, parts: ProtectionParts): Protection {
  let masking: Masking | undefined;
  let sealing: { readonly sealing: Sealing | undefined } | undefined;
  return {
    masking() {
      masking ??= told(parts.masking(env), 'the preset "strict" masks until it is mended');
      return masking;
    },
    sealing() {
      if (sealing === undefined) {
        sealing = namesSealing(env) ? openSealing(env, parts) : { sealing: undefined };
      }
      return sealing.sealing;
    },
  };
}

function openSealing(env: Environment, parts: ProtectionParts): { readonly sealing: Sealing | undefined } {
  const opened = parts.sealing(env);
  return told(opened, opened.sealing === undefined ? 'spans leave without seals' : 'the rest takes effect');
}

function told<T extends { readonly faults: readonly ConfigFault[] }>(part: T, consequence: string): T {
  for (const fault of part.faults) notice('error', `${describeFault(fault)}; ${consequence}`);
  return part;
}
