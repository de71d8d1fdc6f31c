import { createMasker, type Masker, type Policy } from '@spanseal/mask';
import { isKeyRing, type KeyRing, kindOf, shownOption } from '@spanseal/seal';
import { envProtection } from './env-protection.js';
import { maskingWith, openMasking } from './masking.js';
import { NodeError, type NodeFault } from './node-error.js';
import { hasMethods } from './own-values.js';
import { openPolicyFile } from './policy-file.js';
import type { Protection } from './protection.js';
import { openSealing, sealingWith } from './sealing.js';
import type { Environment } from './settings.js';

/** What a program says itself. What it leaves out, the environment says. */
export interface SpansealOptions {
  /** Where variables are read. Default: `process.env`. */
  readonly env?: Environment | undefined;
  /** What to mask. Excludes `masker`. Default: what the environment says. */
  readonly policy?: Policy | undefined;
  /** A masker that exists already. Default: one of the policy. */
  readonly masker?: Masker | undefined;
  /** What to seal with. Default: what the environment says. */
  readonly keyRing?: KeyRing | undefined;
}

const optionNames = ['env', 'policy', 'masker', 'keyRing'];

/**
 * What options and environment say is done to spans.
 *
 * @throws NodeError `ERR_SPANSEAL_NODE` for options that cannot be used; PolicyError `ERR_SPANSEAL_POLICY` for a policy with faults.
 */
export function protectionOf(options: SpansealOptions): Protection {
  checkOptions(options);
  const { env = process.env, policy, keyRing } = options;
  const masker = options.masker ?? (policy === undefined ? undefined : createMasker(policy));
  const fromEnv = envProtection(env, {
    masking: (given) => openMasking(given, (path) => openPolicyFile(path).policy),
    sealing: openSealing,
  });
  const masking = masker && maskingWith(masker);
  const sealing = keyRing && sealingWith(keyRing);
  return {
    masking: () => masking ?? fromEnv.masking(),
    sealing: () => sealing ?? fromEnv.sealing(),
  };
}

function checkOptions(options: unknown): void {
  const faults: NodeFault[] = [];
  const check = (holds: boolean, path: string, [expected, got]: readonly [string, string]): void => {
    if (!holds) faults.push({ path, expected, got });
  };
  const isObject = typeof options === 'object' && options !== null;
  check(isObject, 'options', ['an object', kindOf(options)]);
  const given: SpansealOptions = isObject ? options : {};
  for (const name of Object.keys(given)) {
    check(optionNames.includes(name), shownOption(name), [
      `only ${optionNames.join(', ')}`,
      'an unknown option',
    ]);
  }
  const { env, policy, masker, keyRing } = given;
  check(env === undefined || (typeof env === 'object' && env !== null), 'env', ['an object', kindOf(env)]);
  check(policy === undefined || masker === undefined, 'masker', ['a policy or a masker', 'both']);
  check(masker === undefined || hasMethods(masker, 'text', 'attributes'), 'masker', [
    'a masker',
    kindOf(masker),
  ]);
  check(keyRing === undefined || isKeyRing(keyRing), 'keyRing', [
    'a key ring of createKeyRing()',
    kindOf(keyRing),
  ]);
  if (faults.length > 0) throw new NodeError(faults);
}
