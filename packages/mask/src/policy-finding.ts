/**
 * What is wrong with a part of a policy that is no fault. `never-matches`: nothing can match it. `empty-name`: only a name
 * without a letter or digit matches. `shadowed`: an earlier rule
 * takes all that it would hit. `exempt`: `allow` exempts all that it would hit. `no-effect`: it matches, and nothing follows.
 * `duplicate`: the same stands before it. `unused`: nothing refers to it.
 */
export type PolicyFindingCode =
  | 'never-matches'
  | 'empty-name'
  | 'shadowed'
  | 'exempt'
  | 'no-effect'
  | 'duplicate'
  | 'unused';

/** A part of a policy that does nothing. */
export interface PolicyFinding {
  /** Where, as in `keys[2]`. */
  readonly path: string;
  readonly code: PolicyFindingCode;
  /** Why, without anything of the policy but paths. */
  readonly message: string;
}
