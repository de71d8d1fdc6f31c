import type { CompiledRedaction } from './collector/compiled-redaction.js';
import type { ValueDetector } from './detectors/value-detector.js';
import type { CompiledKeyRule } from './key-rules.js';
import type { LinearPattern } from './linear-pattern.js';
import type { Action, PolicyLimits } from './policy.js';
import type { CompiledServiceRule } from './service-rules.js';

/** A rule on text, compiled. */
export interface CompiledValueRule {
  readonly name: string;
  readonly action: Exclude<Action, 'keep'>;
  readonly pattern: LinearPattern;
  readonly replace: string | undefined;
}

/** A policy that was found sound, with its presets merged in. */
export interface CompiledPolicy {
  readonly mask: string;
  readonly keys: readonly CompiledKeyRule[];
  readonly allowKeys: readonly LinearPattern[];
  readonly allowValues: readonly LinearPattern[];
  readonly detectors: readonly ValueDetector[];
  readonly values: readonly CompiledValueRule[];
  readonly services: readonly CompiledServiceRule[];
  /** What is a secret by its place in a known content (SQL literals, URL userinfo, Redis arguments) is masked. */
  readonly structured: boolean;
  /** Control characters are written out. */
  readonly escapesControls: boolean;
  /** Keyed token of a text, for the action `hash`. */
  readonly token: ((text: string) => string) | undefined;
  readonly limits: Required<PolicyLimits>;
  /** Dotted paths of members that are masked in any value. */
  readonly paths: readonly string[];
  readonly redaction: CompiledRedaction | undefined;
}
