export type { Attributes, AttributeValue } from './attribute-value.js';
export type { Counters } from './counters.js';
export type { DetectorName } from './detectors/built-in-detectors.js';
export type { Explanation } from './explanation.js';
export { createMasker, type Masker } from './masker.js';
export type {
  Action,
  KeyRule,
  Policy,
  PolicyLimits,
  PresetName,
  ServiceRule,
  Tier,
  ValueRule,
} from './policy.js';
export { PolicyError, type PolicyFault } from './policy-error.js';
export { type JsonSchema, policySchema } from './policy-schema.js';
export type { ServiceMatch } from './service-rules.js';
export { SpansealError } from './spanseal-error.js';
export { structuralAttributes, structuralName } from './structural-attributes.js';
