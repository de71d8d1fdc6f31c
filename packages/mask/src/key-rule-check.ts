import { areDisjoint, complement } from './char-set.js';
import { globTree } from './glob-tree.js';
import { normaliseGlob } from './name-glob.js';
import { isIncluded, matchesNothing, neverBoth } from './pattern-inclusion.js';
import { translatePattern } from './pattern-syntax.js';
import { mapPattern, type PatternNode, readPatternTree } from './pattern-tree.js';
import type { KeyRuleDraft, PolicyDraft } from './policy-draft.js';
import type { PolicyFinding } from './policy-finding.js';
import { presets } from './presets.js';
import type { RuleScope } from './rule-reader.js';

/** The names that a rule is about. */
type Names =
  | { readonly by: 'pattern'; readonly tree: PatternNode; readonly tried: Tried }
  | { readonly by: 'glob'; readonly globs: readonly string[] }
  /** Names that nothing is known about. */
  | { readonly by: 'other' };

/**
 * What a pattern is tried on: names as `written`, or `both` as written and normalised. For one `word` of letters and digits
 * there is no difference: normalising puts separators between words only.
 */
type Tried = 'written' | 'both' | 'word';

interface NameRule {
  readonly path: string;
  readonly names: Names;
  readonly action: string;
  readonly places: Places;
}

/** Where the names of a rule stand. */
interface Places {
  readonly within: readonly string[] | undefined;
  /** Nothing limits the places. */
  readonly everywhere: boolean;
  /** The rule judges a part of some attribute keys, not the key. */
  readonly ofParts: boolean;
  /** Equal for rules about the same places. */
  readonly key: string;
}

const EVERYWHERE: Places = { within: undefined, everywhere: true, ofParts: false, key: '' };

/** Everything of a policy that is about names. */
export interface NameRules {
  readonly keys: readonly NameRule[];
  /** Rules of presets, of which those that judge a name by its words are `other`. */
  readonly presets: readonly NameRule[];
  readonly allowed: readonly NameRule[];
  /** Values are exempted too: then a rule on a name may leave a value as it is. */
  readonly exemptsValues: boolean;
}

const OTHER: Names = { by: 'other' };
/** Rules that one rule is compared with. */
const MOST_COMPARED = 200;

/** Reads the rules on names of a policy that was found sound. */
export function readNameRules(draft: PolicyDraft, scope: RuleScope): NameRules {
  const keys = scope.define.expand<KeyRuleDraft>('keys', draft.keys).map(([path, rule]): NameRule => {
    if (typeof rule === 'string') {
      return {
        path,
        names: patternNames(rule, { path, scope, tried: 'both' }),
        places: EVERYWHERE,
        action: 'mask',
      };
    }
    const action = actionOf(rule, scope) ?? 'mask';
    return { path, names: namesOf(rule, path, scope), places: placesOf(rule, path, scope), action };
  });
  const allowed = scope.define.expand<never>('allow.keys', draft.allow?.keys).map(
    ([path, source]): NameRule => ({
      path,
      names: patternNames(source, { path, scope, tried: 'written' }),
      places: EVERYWHERE,
      action: 'keep',
    }),
  );
  const keptValues = (draft.values ?? []).some(
    (rule) => typeof rule === 'object' && actionOf(rule, scope) === 'keep',
  );
  return {
    keys,
    presets: presetRules(draft),
    allowed,
    exemptsValues: keptValues || (draft.allow?.values ?? []).length > 0,
  };
}

function actionOf(
  rule: { readonly action?: string; readonly tier?: keyof RuleScope['tiers'] },
  scope: RuleScope,
): string | undefined {
  return rule.action ?? (rule.tier === undefined ? undefined : scope.tiers[rule.tier]);
}

function placesOf(
  { within, outside, whole = false }: KeyRuleDraft,
  path: string,
  { define }: RuleScope,
): Places {
  const globs = (given: KeyRuleDraft['within']): readonly string[] | undefined =>
    given === undefined
      ? undefined
      : [given].flat().flatMap((glob) => (glob === undefined ? [] : define.texts(glob, path)));
  const [inside, beyond] = [globs(within), globs(outside)];
  return {
    within: inside,
    everywhere: inside === undefined && beyond === undefined && !whole,
    ofParts: inside?.some((glob) => glob.endsWith('.*')) === true,
    key: JSON.stringify([inside, beyond, whole]),
  };
}

function namesOf(rule: KeyRuleDraft, path: string, scope: RuleScope): Names {
  const { pattern, glob, unsafe, caseSensitive = false, exact = caseSensitive } = rule;
  if (glob !== undefined)
    return caseSensitive ? OTHER : { by: 'glob', globs: scope.define.texts(glob, path) };
  if (pattern === undefined || unsafe === true) return OTHER;
  return patternNames(pattern, { path, scope, tried: exact ? 'written' : 'both', caseSensitive });
}

interface PatternPlace {
  readonly path: string;
  readonly scope: RuleScope;
  readonly tried: 'written' | 'both';
  readonly caseSensitive?: boolean;
}

function patternNames(source: string, { path, scope, tried, caseSensitive = false }: PatternPlace): Names {
  const tree = treeOf(scope.define.pattern(source, path), !caseSensitive);
  if (tree === undefined) return OTHER;
  return { by: 'pattern', tree, tried: !caseSensitive && /^[A-Za-z0-9]+$/.test(source) ? 'word' : tried };
}

/** The tree of a pattern as it is written in a policy. */
export function treeOf(source: string, ignoreCase: boolean): PatternNode | undefined {
  const translated = translatePattern(source);
  const tree = 'reason' in translated ? translated : readPatternTree(translated.source, ignoreCase);
  return 'reason' in tree ? undefined : tree;
}

function presetRules({ extends: names = 'default' }: PolicyDraft): NameRule[] {
  return [names].flat().flatMap((name): NameRule[] => {
    const preset = name === undefined ? undefined : presets.get(name);
    const path = `the preset ${name}`;
    const rule = (of: Names): NameRule => ({ path, names: of, places: EVERYWHERE, action: 'mask' });
    const trees = (preset?.patterns ?? []).map((source) => treeOf(source, true));
    return [
      ...trees.map((tree) => rule(tree === undefined ? OTHER : { by: 'pattern', tree, tried: 'written' })),
      ...(preset?.globs ?? []).map((glob) => rule({ by: 'glob', globs: [glob] })),
      ...(preset?.names === undefined ? [] : [rule(OTHER)]),
    ];
  });
}

/** Rules of `keys` that do nothing. */
export function checkKeyRules(rules: NameRules): PolicyFinding[] {
  return rules.keys.flatMap((rule, index) => {
    const earlier = rules.keys.slice(Math.max(0, index - MOST_COMPARED), index);
    const hidden = checkNames(rule) ?? checkShadow(rule, earlier) ?? checkExempt(rule, rules.allowed);
    return hidden ?? checkWithin(rule, earlier, rules) ?? [];
  });
}

function checkNames({ path, names }: NameRule): PolicyFinding | undefined {
  if (names.by !== 'pattern') return undefined;
  if (matchesNothing(names.tree)) return { path, code: 'never-matches', message: 'no name can match it' };
  const empty: PatternNode = {
    is: 'sequence',
    parts: [
      { is: 'edge', edge: 'start' },
      { is: 'edge', edge: 'end' },
    ],
  };
  if (isIncluded(names.tree, empty))
    return { path, code: 'empty-name', message: 'it matches names without a letter or digit alone' };
  return undefined;
}

function checkShadow(rule: NameRule, earlier: readonly NameRule[]): PolicyFinding | undefined {
  const { places } = rule;
  const candidates = earlier.filter(
    (before) => (before.places.everywhere && !places.ofParts) || before.places.key === places.key,
  );
  const one = candidates.find(({ names }) => areIncluded(rule.names, names));
  const { path } = rule;
  if (one !== undefined)
    return { path, code: 'shadowed', message: `${one.path} takes every name that it hits` };
  const union = unionOf(candidates);
  if (union === undefined || !areIncluded(rule.names, union)) return undefined;
  return { path, code: 'shadowed', message: 'the rules before it take every name that it hits' };
}

/** Patterns that are all tried on both spellings are as one. */
function unionOf(rules: readonly NameRule[]): Names | undefined {
  const parts = rules.flatMap(({ names }) =>
    names.by === 'pattern' && names.tried !== 'written' ? names.tree : [],
  );
  return parts.length < 2 ? undefined : { by: 'pattern', tree: { is: 'choice', parts }, tried: 'both' };
}

function checkExempt(
  { path, names, action }: NameRule,
  allowed: readonly NameRule[],
): PolicyFinding | undefined {
  if (action === 'keep') return undefined;
  const by = allowed.slice(0, MOST_COMPARED).find((rule) => areIncluded(names, rule.names));
  return by === undefined
    ? undefined
    : { path, code: 'exempt', message: `${by.path} exempts every name that it hits` };
}

/** An attribute that is masked whole has no names in it any more. */
function checkWithin(
  { path, places: { within } }: NameRule,
  earlier: readonly NameRule[],
  { keys, allowed, exemptsValues }: NameRules,
): PolicyFinding | undefined {
  const mayKeep =
    allowed.length > 0 || exemptsValues || keys.some(({ action }) => action !== 'mask' && action !== 'drop');
  if (within === undefined || mayKeep) return undefined;
  const masking = earlier.filter(({ places }) => places.everywhere);
  const by = within.map((glob) => masking.find(({ names }) => isGlobWithin(glob, names)));
  if (by.includes(undefined)) return undefined;
  return { path, code: 'never-matches', message: `${by[0]?.path} masks the attributes of its within whole` };
}

function isGlobWithin(glob: string, names: Names): boolean {
  if (names.by === 'pattern') return isIncluded(globTree(glob, 'more'), names.tree);
  return (
    names.by === 'glob' &&
    names.globs.some((whole) => isIncluded(globTree(glob, 'lower'), globTree(whole, 'lower')))
  );
}

/** Patterns of `allow.keys` that do nothing. */
export function checkAllowRules({ keys, presets: more, allowed }: NameRules): PolicyFinding[] {
  const masking = [...keys, ...more]
    .filter(({ action }) => action !== 'keep')
    .map(({ names, places }) => (places.ofParts ? OTHER : names));
  return allowed.flatMap((rule, index): PolicyFinding[] => {
    const { path, names } = rule;
    const own = checkNames(rule);
    if (own !== undefined) return [own];
    const same = allowed.slice(0, index).find((before) => areIncluded(names, before.names));
    if (same !== undefined)
      return [{ path, code: 'duplicate', message: `${same.path} exempts every name that it does` }];
    if (masking.length > MOST_COMPARED || !masking.every((one) => areApart(names, one))) return [];
    return [{ path, code: 'no-effect', message: 'no rule masks a name that it exempts' }];
  });
}

/** True when every name of the one rule is proven to be one of the other. */
function areIncluded(part: Names, whole: Names): boolean {
  if (part.by === 'pattern' && whole.by === 'pattern') {
    const isTried = part.tried !== 'both' || whole.tried !== 'written';
    return isTried && isIncluded(part.tree, whole.tree);
  }
  if (part.by === 'pattern' && whole.by === 'glob') {
    return whole.globs.some((glob) =>
      [glob, normaliseGlob(glob)].every((spelling) => isIncluded(part.tree, globTree(spelling, 'less'))),
    );
  }
  if (part.by !== 'glob' || whole.by !== 'glob') return false;
  return part.globs.every((glob) => whole.globs.some((other) => isGlobIncluded(glob, other)));
}

/** As globs are tried: on the name as written and on both normalised. */
function isGlobIncluded(part: string, whole: string): boolean {
  const isWritten = isIncluded(globTree(part, 'lower'), globTree(whole, 'lower'));
  return (
    isWritten && isIncluded(globTree(normaliseGlob(part), 'lower'), globTree(normaliseGlob(whole), 'lower'))
  );
}

/**
 * True when it is proven that no name is of both. One can be tried on a name as written and the other on it normalised, which
 * differ in the separators alone.
 */
function areApart(left: Names, right: Names): boolean {
  if (left.by !== 'pattern' || right.by !== 'pattern' || left.tried === 'both' || right.tried === 'both')
    return false;
  return neverBoth(withoutSeparators(left.tree), withoutSeparators(right.tree));
}

const NO_LETTERS = complement([
  [48, 57],
  [65, 90],
  [97, 122],
]);

/** A pattern of all that is left of its matches without separators, and of more: what may be one takes no character, too. */
function withoutSeparators(tree: PatternNode): PatternNode {
  return mapPattern(tree, (node) => {
    if (node.is === 'set' && !areDisjoint(node.set, NO_LETTERS))
      return { is: 'repeat', of: node, min: 0, max: 1, lazy: false };
    const isInside = node.is === 'edge' && node.edge !== 'start' && node.edge !== 'end';
    return isInside ? { is: 'sequence', parts: [] } : node;
  });
}
