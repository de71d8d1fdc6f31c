import { createMasker, type Policy } from '@spanseal/mask';
import { printableName } from '../printable-name.js';
import type { ExplainReport } from './explain-report.js';
import { nearMisses } from './near-miss.js';
import { type ExplainedValue, ruleOrigin } from './rule-origin.js';

/**
 * Which rules of a policy decide about a value, where they come from, and what came close.
 *
 * @throws PolicyError `ERR_SPANSEAL_POLICY` with every fault of the policy.
 */
export function explainValue(policy: Policy, asked: ExplainedValue): ExplainReport {
  const { key, value } = asked;
  const masker = createMasker(policy);
  const { action, rule, rules, reason, result } = masker.explain(key, value);
  const dropped = result === undefined;
  const changed = dropped || !Object.is(result, value);
  // A name can hold a secret too: it is shown as the policy leaves it.
  const [shown] = key === undefined ? [] : Object.keys(masker.attributes({ [key]: null }));
  return {
    ...(key !== undefined && { key: printableName(shown ?? masker.text(key)) }),
    action,
    ...(rule !== undefined && { rule }),
    reason: changed && rules.length === 0 ? 'its place in a known content makes a part of it secret' : reason,
    rules: [...new Set(rules)].map((hit) => ({ rule: hit, origin: ruleOrigin(hit, policy, asked) })),
    changed,
    dropped,
    ...(changed && !dropped && { result }),
    nearMisses: dropped ? [] : nearMisses(policy, asked, { key, value: result }),
  };
}
