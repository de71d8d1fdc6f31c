export type { Attributes, AttributeValue } from './attribute-value.js';
export type { SpanFacts } from './collector/redaction.js';
export type { DatabaseSanitizerConfig, RedactionConfig } from './collector/redaction-config.js';
export type { Counters, SpanField } from './counters.js';
export type { DetectorName } from './detectors/built-in-detectors.js';
export type { Explanation } from './explanation.js';
export { type Environment, fromAdot } from './importers/from-adot.js';
export { fromCollector } from './importers/from-collector.js';
export { fromLumigo } from './importers/from-lumigo.js';
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
export { checkPolicy } from './policy-check.js';
export { PolicyError, type PolicyFault } from './policy-error.js';
export type { PolicyFinding, PolicyFindingCode } from './policy-finding.js';
export { type JsonSchema, policySchema } from './policy-schema.js';
export type { ServiceMatch } from './service-rules.js';
export { SpansealError } from './spanseal-error.js';
export { structuralAttributes, structuralName } from './structural-attributes.js';
