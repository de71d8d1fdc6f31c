import { createMasker, type Masker, type Policy, PolicyError } from '@spanseal/mask';
import type { ConfigFault } from './config-fault.js';
import { mergePolicies, strictPolicy } from './merged-policy.js';
import { type PolicySource, type ReadPolicyFile, readPolicySources } from './policy-source.js';
import type { Environment } from './settings.js';

/** What is masked, and who says so. */
export interface MaskingConfig {
  readonly policy: Policy;
  readonly masker: Masker;
  /** Each variable that says something about the policy, and the members that it sets. */
  readonly origins: readonly { readonly variable: string; readonly members: readonly string[] }[];
  /** When there are any, the preset `strict` masks in place of the policy. */
  readonly faults: readonly ConfigFault[];
}

/** The policy that the environment names. Never throws: where something is wrong, more is masked, and not less. */
export function readMaskingConfig(env: Environment, readFile: ReadPolicyFile): MaskingConfig {
  const { sources, faults } = readPolicySources(env, readFile);
  const origins = sources.map(({ variable, policy }) => ({ variable, members: Object.keys(policy) }));
  if (faults.length === 0) {
    const policy = mergePolicies(sources);
    const masker = attempt(policy);
    if (!('faults' in masker)) return { policy, masker, origins, faults };
    const found = faultsBySource(sources);
    const all = found.length > 0 ? found : masker.faults.map((fault) => faultOf('the policy', fault));
    return { ...standIn(sources, all), origins, faults: all };
  }
  const all = [...faults, ...faultsBySource(sources)];
  return { ...standIn(sources, all), origins, faults: all };
}

function standIn(
  sources: readonly PolicySource[],
  faults: readonly ConfigFault[],
): Pick<MaskingConfig, 'policy' | 'masker'> {
  const sound = sources.filter(({ variable }) => !faults.some((fault) => fault.variable === variable));
  const policy = strictPolicy(sound);
  const masker = attempt(policy);
  if (!('faults' in masker)) return { policy, masker };
  const strict: Policy = { extends: 'strict' };
  return { policy: strict, masker: createMasker(strict) };
}

/** Each part alone tells which variable is at fault. */
function faultsBySource(sources: readonly PolicySource[]): ConfigFault[] {
  const { define, hashKey } = mergePolicies(sources);
  const shared: Policy = {
    ...(define !== undefined && { define }),
    ...(hashKey !== undefined && { hashKey }),
  };
  return sources.flatMap(({ variable, policy }) => {
    const outcome = attempt({ extends: [], ...shared, ...policy });
    if (!('faults' in outcome)) return [];
    const own = outcome.faults.filter(({ path }) => path === '' || Object.hasOwn(policy, memberOf(path)));
    return own.map((fault) => faultOf(variable, fault));
  });
}

/** `keys` of `keys[2].pattern`. */
function memberOf(path: string): string {
  return /^[^.[]*/.exec(path)?.[0] ?? '';
}

function faultOf(variable: string, { path, expected, got }: PolicyError['faults'][number]): ConfigFault {
  return { variable, expected: path === '' ? expected : `${path} to be ${expected}`, got };
}

function attempt(policy: Policy): Masker | PolicyError {
  try {
    return createMasker(policy);
  } catch (error) {
    if (error instanceof PolicyError) return error;
    throw error;
  }
}
