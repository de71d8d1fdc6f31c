import { FaultList } from './fault-list.js';
import { checkAllowRules, checkKeyRules, readNameRules } from './key-rule-check.js';
import type { Policy } from './policy.js';
import { type PolicyDraft, readDraft } from './policy-draft.js';
import type { PolicyFinding } from './policy-finding.js';
import { readPolicy, ruleScope } from './policy-reader.js';
import type { RuleScope } from './rule-reader.js';
import { checkServiceRules } from './service-rule-check.js';
import { checkValueRules } from './value-rule-check.js';

/**
 * Looks for parts of a sound policy that do nothing: rules that can never match, rules that others hide, definitions that
 * nothing takes in. What is reported is proven; not everything that does nothing is found. For tools: it can take a second.
 *
 * @throws {PolicyError} ERR_SPANSEAL_POLICY with every fault of the policy.
 */
export function checkPolicy(policy: Policy): readonly PolicyFinding[] {
  readPolicy(policy);
  const faults = new FaultList();
  const draft = readDraft(policy, faults) ?? {};
  const scope = ruleScope(draft, faults);
  const rules = readNameRules(draft, scope);
  return [
    ...checkPresetNames(draft),
    ...checkKeyRules(rules),
    ...checkValueRules(draft, scope),
    ...checkServiceRules(draft.services, scope),
    ...checkAllowRules(rules),
    ...checkTiers(draft),
    ...checkReferences(draft, scope),
    ...checkWhole(draft),
  ];
}

function checkPresetNames({ extends: names }: PolicyDraft): PolicyFinding[] {
  return typeof names === 'object' ? duplicates('extends', names) : [];
}

/** Elements that stand in a list before. */
function duplicates(path: string, list: readonly unknown[]): PolicyFinding[] {
  return list.flatMap((element, index) => {
    const first = typeof element === 'string' ? list.indexOf(element) : index;
    if (first === index) return [];
    return { path: `${path}[${index}]`, code: 'duplicate', message: `the same as ${path}[${first}]` };
  });
}

function checkTiers({ tiers = {}, keys = [], values = [] }: PolicyDraft): PolicyFinding[] {
  const rules = [...keys, ...values].flatMap((rule) => (typeof rule === 'object' ? [rule] : []));
  return Object.entries(tiers).flatMap(([tier, action]): PolicyFinding[] => {
    const path = `tiers.${tier}`;
    const named = rules.filter((rule) => rule.tier === tier && rule.action === undefined);
    if (named.length === 0)
      return [{ path, code: 'unused', message: 'no rule takes its action from this tier' }];
    if (action !== 'keep' || tier === 'unrestricted') return [];
    return [{ path, code: 'no-effect', message: 'it keeps: the rules of this tier mask nothing' }];
  });
}

function checkReferences(
  { hashKey, keys = [], values = [], tiers = {} }: PolicyDraft,
  { define }: RuleScope,
): PolicyFinding[] {
  const findings: PolicyFinding[] = define.unused().map((name) => {
    return { path: `define.${name}`, code: 'unused', message: 'nothing takes this list in' };
  });
  const hashes = [
    ...keys,
    ...values,
    { action: tiers.restricted },
    { action: tiers.sensitive },
    { action: tiers.unrestricted },
  ];
  const isUsed = hashes.some((rule) => typeof rule === 'object' && rule.action === 'hash');
  if (hashKey !== undefined && !isUsed) {
    findings.push({ path: 'hashKey', code: 'unused', message: 'no rule has the action hash' });
  }
  return findings;
}

function checkWhole({
  extends: names,
  keys,
  paths,
  values,
  services,
  redaction,
}: PolicyDraft): PolicyFinding[] {
  const parts = [names, keys, paths, values, services].filter(
    (list) => typeof list === 'object' && list.length > 0,
  );
  const isEmpty =
    names !== undefined && typeof names !== 'string' && parts.length === 0 && redaction === undefined;
  return isEmpty ? [{ path: '', code: 'no-effect', message: 'the policy masks nothing' }] : [];
}
