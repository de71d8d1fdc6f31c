import type { LinearPattern } from '../linear-pattern.js';
import type { DatabaseSanitizer } from './db-obfuscation.js';

/** A configuration of the redaction processor that was found sound. */
export interface CompiledRedaction {
  /** Undefined: all keys are allowed. */
  readonly allowedKeys: ReadonlySet<string> | undefined;
  readonly ignoredKeys: ReadonlySet<string>;
  readonly ignoredKeyPatterns: readonly LinearPattern[];
  readonly blockedKeyPatterns: readonly LinearPattern[];
  readonly blockedValues: readonly LinearPattern[];
  readonly allowedValues: readonly LinearPattern[];
  readonly allTypes: boolean;
  /** What stands for a text that is masked. */
  readonly mask: (text: string) => string;
  readonly summary: 'debug' | 'info' | 'none';
  readonly urls: { readonly attributes: ReadonlySet<string>; readonly spanNames: boolean } | undefined;
  readonly statements: {
    readonly sanitizers: readonly DatabaseSanitizer[];
    readonly spanNames: boolean;
    readonly withoutSystem: boolean;
  };
}
