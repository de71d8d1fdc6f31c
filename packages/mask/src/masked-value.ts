import type { CompiledPolicy } from './compiled-policy.js';
import { isResourceName } from './content/resource-name.js';
import type { KeyDecision } from './key-rules.js';

/** Whether a decision about a name masks a value of this text. */
export function isMaskedBy(decision: KeyDecision, value: string, { allowValues }: CompiledPolicy): boolean {
  const { action, allowed, holds, judgesWords } = decision;
  if (action === 'keep' || allowed || holds?.(value) === false) return false;
  if (judgesWords && isResourceName(value)) return false;
  return !allowValues.some((pattern) => pattern.covers(value));
}
