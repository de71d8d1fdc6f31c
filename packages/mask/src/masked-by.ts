import type { CompiledPolicy } from './compiled-policy.js';
import { isResourceName } from './content/resource-name.js';
import type { KeyDecision } from './key-rules.js';
import { isLiteral } from './literal-value.js';

/** Of a country, a currency, an airport. */
const SHORT_CODE = /^[A-Z]{2,3}$/;

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

/** Whether a value under the name of a secret is none: a boolean, the name of a resource, a code that is no secret. */
function isNone({ judgesWords, rule }: KeyDecision, value: string): boolean {
  if (!judgesWords) return false;
  return isLiteral(value) || isResourceName(value) || (rule.endsWith(':code') && SHORT_CODE.test(value));
}
