import type { DetectorName } from './detectors/built-in-detectors.js';
import type { FaultList } from './fault-list.js';
import type { KeyRule, Policy, PresetName, ServiceRule, ValueRule } from './policy.js';
import { policyShape } from './policy-members.js';
import { readShape } from './shape-reader.js';

/** A list whose faulty elements are undefined, so that the others keep their places. */
type Holes<T> = readonly (T | undefined)[];
/** A rule whose faulty members are missing. */
type Draft<T> = T extends unknown ? { readonly [M in keyof T]?: T[M] } : never;

export type KeyRuleDraft = Draft<Omit<KeyRule, 'pattern' | 'glob' | 'within' | 'outside'>> & {
  readonly within?: string | Holes<string>;
  readonly outside?: string | Holes<string>;
  readonly pattern?: string;
  readonly glob?: string;
};
export type ValueRuleDraft = Draft<ValueRule>;
export type ServiceRuleDraft = Draft<ServiceRule>;

/** A policy of which every part has its right kind. Faulty parts were noted and left out. */
export interface PolicyDraft
  extends Omit<Policy, 'extends' | 'define' | 'keys' | 'paths' | 'values' | 'services' | 'allow'> {
  readonly extends?: PresetName | Holes<PresetName>;
  readonly define?: { readonly [name: string]: string | Holes<string> };
  readonly keys?: Holes<string | KeyRuleDraft>;
  readonly paths?: Holes<string>;
  readonly values?: Holes<DetectorName | ValueRuleDraft>;
  readonly services?: Holes<string | ServiceRuleDraft>;
  readonly allow?: { readonly keys?: Holes<string>; readonly values?: Holes<string> };
}

/** Reads a policy of unknown origin by the shape of the language. Undefined when it is no object at all. */
export function readDraft(value: unknown, faults: FaultList): PolicyDraft | undefined {
  // The shape has the members of the interface: policy-members.ts is typed by it.
  return readShape(value, policyShape, { path: '', faults }) as PolicyDraft | undefined;
}
