import type { Masker, Policy } from '@spanseal/mask';
import type { KeyRing } from '@spanseal/seal';
import type { ConfigFault } from './config-fault.js';
import { readMaskingConfig } from './masking-config.js';
import type { LogLevel } from './notice.js';
import { openPolicyFile } from './policy-file.js';
import { readSealingConfig } from './sealing-config.js';
import { type Environment, readSettings } from './settings.js';

/** What the environment says, as it takes effect. */
export interface Config {
  readonly policy: Policy;
  /** The policy, compiled. */
  readonly masker: Masker;
  /** Undefined: spans leave without seals. */
  readonly keyRing: KeyRing | undefined;
  /** `otlp`: the SDK's OTLP exporter gives way to a SignedOtlpExporter. `keep`: every exporter stays, and is wrapped. */
  readonly exporter: 'otlp' | 'keep';
  readonly startSdk: boolean;
  readonly disabled: boolean;
  readonly logLevel: LogLevel;
  /** Each variable that counts, and what it sets. */
  readonly origins: readonly { readonly variable: string; readonly members: readonly string[] }[];
  /** What is wrong. A fault of the policy makes the preset `strict` stand in; of the key, that spans are not sealed. */
  readonly faults: readonly ConfigFault[];
}

/**
 * Reads the `SPANSEAL_*` variables, and those of other systems that are understood. Never throws.
 *
 * @param env default: `process.env`.
 */
export function loadConfig(env: Environment = process.env): Config {
  const { isDisabled, startsSdk, logLevel, faults } = readSettings(env);
  const { policy, masker, ...masking } = readMaskingConfig(env, (path) => openPolicyFile(path).policy);
  const { keyRing, exporter, ...sealing } = readSealingConfig(env);
  return {
    ...{ policy, masker, keyRing, exporter, logLevel },
    startSdk: startsSdk,
    disabled: isDisabled,
    origins: [
      ...masking.origins,
      ...sealing.origins.map((variable) => ({
        variable,
        members: [variable === 'SPANSEAL_EXPORTER' ? 'exporter' : 'keyRing'],
      })),
    ],
    faults: [...faults, ...masking.faults, ...sealing.faults],
  };
}
