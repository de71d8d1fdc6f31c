import { checkpointAttributeKey, sealAttributeKey } from '@spanseal/otlp';

/** Whether an attribute is a seal or a checkpoint: random letters that hide nothing, and that masking would break. */
export function isOwnAttribute(key: string | undefined): boolean {
  return key === sealAttributeKey || key === checkpointAttributeKey;
}
