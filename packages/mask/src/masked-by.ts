import type { CompiledPolicy } from './compiled-policy.js';
import { isResourceName } from './content/resource-name.js';
import { isPlainCode, tellsState } from './content/told-state.js';
import type { KeyDecision } from './key-rules.js';
import { isLiteral } from './literal-value.js';

/** Whether there is a value that a decision about a name masks. */
export function mayBeMasked(decision: KeyDecision | undefined): boolean {
  return decision !== undefined && decision.action !== 'keep' && !decision.allowed;
}

/** Whether a decision about a name masks a value of this text. */
export function isMaskedBy(decision: KeyDecision, value: string, { allowValues }: CompiledPolicy): boolean {
  const { action, allowed, holds } = decision;
  if (action === 'keep' || allowed || holds?.(value) === false || isNone(decision, value)) return false;
  return !allowValues.some((pattern) => pattern.covers(value));
}

/** Whether a value under the name of a secret is none: a boolean, the name of a resource, a state, a code that is no secret. */
function isNone({ judgesWords, rule }: KeyDecision, value: string): boolean {
  if (!judgesWords) return false;
  if (isLiteral(value) || isResourceName(value) || tellsState(rule, value)) return true;
  return rule.endsWith(':code') && isPlainCode(value);
}
