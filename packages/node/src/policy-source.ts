import { fromAdot, fromLumigo, type Policy } from '@spanseal/mask';
import type { ConfigFault } from './config-fault.js';
import type { Environment, VariableName } from './settings.js';
import { readList } from './variable-list.js';

/** A part of the policy, and the variable that it came by. */
export interface PolicySource {
  readonly variable: string;
  readonly policy: Policy;
}

export interface PolicySources {
  /** What is said first counts first. */
  readonly sources: readonly PolicySource[];
  readonly faults: readonly ConfigFault[];
}

/** Reads a policy file. @throws an error with `expected` and `got`. */
export type ReadPolicyFile = (path: string) => Policy;

const lists = [
  ['SPANSEAL_PRESETS', 'extends', 'names'],
  ['SPANSEAL_KEYS', 'keys', 'patterns'],
  ['SPANSEAL_VALUES', 'values', 'names'],
  ['SPANSEAL_SERVICES', 'services', 'names'],
] as const;

/** The parts of the policy that the environment names. */
export function readPolicySources(env: Environment, readFile: ReadPolicyFile): PolicySources {
  const sources: PolicySource[] = [];
  const faults: ConfigFault[] = [];
  for (const [variable, member, kind] of lists) {
    const outcome = readList(env, variable, kind);
    if (outcome === undefined) continue;
    if ('fault' in outcome) faults.push(outcome.fault);
    // In a file it says that nothing is masked but what its rules are about; here a template may have come out empty.
    else if (member === 'extends' && outcome.list.length === 0)
      faults.push({ variable, expected: 'at least one preset', got: 'an empty list' });
    // The masker checks what is in it.
    else sources.push({ variable, policy: { [member]: outcome.list } as Policy });
  }
  const mask = env['SPANSEAL_MASK'];
  if (mask) sources.push({ variable: 'SPANSEAL_MASK', policy: { mask } });
  readFileSource(env, readFile, { sources, faults });
  sources.push(...importedSources(env));
  return { sources, faults };
}

function readFileSource(
  env: Environment,
  readFile: ReadPolicyFile,
  { sources, faults }: { sources: PolicySource[]; faults: ConfigFault[] },
): void {
  const variable: VariableName = 'SPANSEAL_POLICY_FILE';
  const path = env[variable];
  if (!path) return;
  try {
    const policy: unknown = readFile(path);
    if (typeof policy === 'object' && policy !== null && !Array.isArray(policy)) {
      sources.push({ variable, policy });
    } else
      faults.push({ variable, expected: 'a file with one object, the policy', got: 'another kind of value' });
  } catch (error) {
    const { expected, got } = error as { expected?: unknown; got?: unknown };
    faults.push({
      variable,
      expected: typeof expected === 'string' ? expected : 'a file with a policy',
      got: typeof got === 'string' ? got : 'one that cannot be read',
    });
  }
}

const lumigoVariables =
  /^LUMIGO_(?:SECRET_MASKING_.*|BLACKLIST_REGEX|DOMAINS_SCRUBBER|WHITELIST_KEYS_REGEXES)$/;

/** What other systems' variables say is masked as well. */
function importedSources(env: Environment): PolicySource[] {
  const lumigo = Object.keys(env).filter((name) => lumigoVariables.test(name) && env[name] !== '');
  const sources: PolicySource[] = [];
  if (lumigo.length > 0) sources.push({ variable: lumigo.sort().join(', '), policy: fromLumigo(env) });
  const adot = 'AWS_REDACT_SPAN_ATTRIBUTES';
  if (env[adot]) sources.push({ variable: adot, policy: fromAdot(env) });
  return sources;
}
