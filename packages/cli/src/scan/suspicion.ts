import type { ValueShape } from './value-shape.js';

/** Why a value still looks secret. */
export type SuspicionKind =
  /** A detector of the presets `default` and `pii` knows its form: a token, a key, a credential. */
  | 'secret-format'
  /** A detector knows it for personal data: an address, a card, a number of a person. */
  | 'personal-data'
  /** The preset `default` masks what has this name. */
  | 'secret-name'
  /** The preset `pii` masks what has this name. */
  | 'personal-name'
  /** The preset `default` masks it for its place: userinfo of a URL, an argument of a command, a literal beside a secret's name. */
  | 'secret-place'
  /** The name has a word for a secret or for personal data that no preset lists. */
  | 'suspicious-name'
  /** Random characters behind a word for a key or token. */
  | 'token-shape'
  /** Random characters, too many and too mixed for an identifier. */
  | 'high-entropy'
  /** Letters, digits and signs, as passwords have them. */
  | 'password-shape'
  /** Base64 of something that is one of the above. */
  | 'encoded-content'
  /** A span of a secret store that the policy does not mask whole. */
  | 'secret-store';

/** One thing in one value that still looks secret. Nothing of the value itself is in it. */
export interface Suspicion {
  readonly kind: SuspicionKind;
  /** The rule or detector that would find it, or what about it is suspicious. */
  readonly detector: string;
  /** Name of the member, parameter or variable inside the value that holds it; attacker-controlled. */
  readonly name: string | undefined;
  readonly shape: ValueShape;
  /** It is all of its value, or of the member of that name; else a part of a longer text. */
  readonly whole: boolean;
  /** It stands in the key of the attribute, not in its value. */
  readonly inKey?: true;
}

/** Whether two suspicions are the same thing in another value. */
export function isSameSuspicion(one: Suspicion, other: Suspicion): boolean {
  return (
    one.kind === other.kind &&
    one.detector === other.detector &&
    one.name === other.name &&
    one.inKey === other.inKey
  );
}
