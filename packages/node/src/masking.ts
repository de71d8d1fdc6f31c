import type { Masker } from '@spanseal/mask';
import { MaskingSpanProcessor } from '@spanseal/span-processor';
import { type MaskingConfig, readMaskingConfig } from './masking-config.js';
import type { ReadPolicyFile } from './policy-source.js';
import type { Masking } from './protection.js';
import type { Environment } from './settings.js';

/** Masks with one masker, so that all processors count together. */
export function maskingWith(masker: Masker): Masking {
  return { processor: (next) => new MaskingSpanProcessor(next, { masker }) };
}

/** Masks as the environment says. */
export function openMasking(
  env: Environment,
  readFile: ReadPolicyFile,
): Masking & Pick<MaskingConfig, 'faults'> {
  const { masker, faults } = readMaskingConfig(env, readFile);
  return { ...maskingWith(masker), faults };
}
