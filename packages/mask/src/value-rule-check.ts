import type { CharSet } from './char-set.js';
import { treeOf } from './key-rule-check.js';
import { isIncluded, matchesNothing, neverBoth } from './pattern-inclusion.js';
import { longestMatch, mapPattern, mayBeEmpty, type PatternNode } from './pattern-tree.js';
import type { PolicyDraft, ValueRuleDraft } from './policy-draft.js';
import type { PolicyFinding } from './policy-finding.js';
import type { RuleScope } from './rule-reader.js';

interface TextRule {
  readonly path: string;
  readonly tree: PatternNode | undefined;
  readonly action: string;
}

/** Rules of `values` and patterns of `allow.values` that do nothing. */
export function checkValueRules(draft: PolicyDraft, scope: RuleScope): PolicyFinding[] {
  const elements = scope.define.expand<ValueRuleDraft>('values', draft.values);
  const rules = elements.flatMap(([path, rule]) =>
    typeof rule === 'string' ? [] : [readRule(rule, path, scope)],
  );
  const allowed = scope.define.expand<never>('allow.values', draft.allow?.values).map(([path, source]) => ({
    path,
    tree: treeOf(scope.define.pattern(source, path), true),
    action: 'keep',
  }));
  const exempting = [...allowed, ...rules.filter(({ action }) => action === 'keep')];
  const acting = rules.filter(({ action }) => action !== 'keep');
  return [
    ...repeatedDetectors(elements),
    ...exempting.flatMap((rule) => checkText(rule) ?? []),
    ...acting.flatMap((rule, index) => {
      const hidden =
        exempting.length === 0 ? checkHidden(rule, acting.slice(0, index), draft.mask ?? '****') : undefined;
      return checkText(rule) ?? hidden ?? checkExempt(rule, exempting) ?? [];
    }),
  ];
}

function readRule(
  { pattern, action, tier, unsafe }: ValueRuleDraft,
  path: string,
  { define, tiers }: RuleScope,
): TextRule {
  const tree =
    pattern === undefined || unsafe === true ? undefined : treeOf(define.pattern(pattern, path), false);
  return { path, tree, action: action ?? (tier === undefined ? 'redact-match' : tiers[tier]) };
}

function repeatedDetectors(elements: readonly (readonly [string, unknown])[]): PolicyFinding[] {
  const first = new Map<unknown, string>();
  return elements.flatMap(([path, element]): PolicyFinding[] => {
    const before = first.get(element);
    if (typeof element !== 'string') return [];
    if (before !== undefined) return [{ path, code: 'duplicate', message: `the same as ${before}` }];
    first.set(element, path);
    return [];
  });
}

function checkText({ path, tree }: TextRule): PolicyFinding | undefined {
  if (tree === undefined) return undefined;
  if (matchesNothing(tree)) return { path, code: 'never-matches', message: 'no text can match it' };
  // An empty match is none: there is nothing to mask.
  if (longestMatch(tree) > 0) return undefined;
  return { path, code: 'never-matches', message: 'all that it can match is empty' };
}

/** A rule that drops or masks the whole text ends the work of those behind it. */
function checkHidden(
  { path, tree }: TextRule,
  earlier: readonly TextRule[],
  mask: string,
): PolicyFinding | undefined {
  if (tree === undefined) return undefined;
  for (const before of [...earlier].reverse()) {
    // What a rule between the two replaces can make a new match.
    if (before.action !== 'drop' && before.action !== 'mask') return undefined;
    const { tree: whole } = before;
    if (whole !== undefined && alwaysActs(whole, mask) && isIncluded(tree, whole)) {
      const done = before.action === 'drop' ? 'drops' : 'masks';
      return { path, code: 'shadowed', message: `${before.path} ${done} every text that it matches` };
    }
  }
  return undefined;
}

/** No match of it is empty or the mask text, which are passed over. */
function alwaysActs(tree: PatternNode, mask: string): boolean {
  const chars = [...mask].map((char): PatternNode => ({ is: 'set', set: oneChar(char.codePointAt(0) ?? 0) }));
  return !mayBeEmpty(tree) && neverBoth(whole(withoutEdges(tree)), whole({ is: 'sequence', parts: chars }));
}

function oneChar(code: number): CharSet {
  return [[code, code]];
}

function checkExempt({ path, tree }: TextRule, exempting: readonly TextRule[]): PolicyFinding | undefined {
  if (tree === undefined) return undefined;
  const found = whole(withoutEdges(tree));
  const by = exempting.find((rule) => rule.tree !== undefined && isIncluded(found, whole(rule.tree)));
  return by === undefined
    ? undefined
    : { path, code: 'exempt', message: `${by.path} exempts every match of it` };
}

function whole(tree: PatternNode): PatternNode {
  return { is: 'sequence', parts: [{ is: 'edge', edge: 'start' }, tree, { is: 'edge', edge: 'end' }] };
}

/** What a match may be, wherever it stands. */
function withoutEdges(tree: PatternNode): PatternNode {
  return mapPattern(tree, (node) => (node.is === 'edge' ? { is: 'sequence', parts: [] } : node));
}
