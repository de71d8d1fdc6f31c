import { createMasker, type Masker, type Policy } from '@spanseal/mask';
import { type AlikeSuspicions, fieldSuspicions } from './field-suspicions.js';
import type { LeakFinder } from './leak-finder.js';
import { addToPolicy, type PolicyAddition } from './policy-addition.js';
import { maskField, type SpanField } from './span-field.js';
import { isSameSuspicion, type Suspicion } from './suspicion.js';

/** Maskers that are kept; making one takes a fraction of a millisecond. */
const MOST_MASKERS = 256;

/** Tries additions to a policy on the very value that a leak was found in: what is proposed has been seen to work. */
export class RuleTrial {
  readonly #policy: Policy;
  readonly #finder: LeakFinder;
  readonly #maskers = new Map<string, Masker>();

  constructor(policy: Policy, finder: LeakFinder) {
    this.#policy = policy;
    this.#finder = finder;
  }

  /** The masker of the policy with an addition. */
  masker(addition: PolicyAddition): Masker {
    const id = JSON.stringify(addition);
    const known = this.#maskers.get(id);
    if (known !== undefined) return known;
    const masker = createMasker(addToPolicy(this.#policy, [addition]));
    if (this.#maskers.size >= MOST_MASKERS) this.#maskers.clear();
    this.#maskers.set(id, masker);
    return masker;
  }

  /** Whether a field loses a suspicion when the addition joins the policy. */
  solves(addition: PolicyAddition, field: SpanField, suspicion: Suspicion): boolean {
    return !this.remaining(addition, field).some(({ all: [other] }) => isSameSuspicion(other, suspicion));
  }

  /** What is suspicious in a field when an addition has joined the policy. */
  remaining(addition: PolicyAddition, field: SpanField): readonly AlikeSuspicions[] {
    return fieldSuspicions(this.#finder, maskField(field, this.masker(addition)), field);
  }
}

/** The policy without what exempts names and values. */
export function withoutExemptions({ allow: _, ...policy }: Policy): Policy {
  return {
    ...policy,
    ...(policy.keys && {
      keys: policy.keys.filter((rule) => typeof rule === 'string' || !keeps(policy, rule)),
    }),
    ...(policy.values && {
      values: policy.values.filter((rule) => typeof rule === 'string' || !keeps(policy, rule)),
    }),
  };
}

function keeps(
  { tiers }: Policy,
  rule:
    | Exclude<NonNullable<Policy['keys']>[number], string>
    | Exclude<NonNullable<Policy['values']>[number], string>,
): boolean {
  const byTier =
    rule.tier === undefined
      ? undefined
      : (tiers?.[rule.tier] ?? (rule.tier === 'unrestricted' ? 'keep' : 'mask'));
  return (rule.action ?? byTier) === 'keep';
}
