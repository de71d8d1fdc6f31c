import type { CompiledValueRule } from './compiled-policy.js';
import type { Definitions } from './definitions.js';
import { builtInDetectors } from './detectors/built-in-detectors.js';
import type { FaultList } from './fault-list.js';
import type { CompiledKeyRule } from './key-rules.js';
import { compilePattern, type LinearPattern } from './linear-pattern.js';
import { compileWithin, type NameWithin } from './name-within.js';
import type { Action, Tier } from './policy.js';
import type { KeyRuleDraft, PolicyDraft, ValueRuleDraft } from './policy-draft.js';
import { exactGlobTest, globTest, toKeyRule, toNameRule } from './preset-rules.js';
import { readReplacement } from './replacement.js';
import { servicePresets } from './service-presets.js';
import { readServiceRule } from './service-rule-reader.js';
import type { CompiledServiceRule } from './service-rules.js';

/** What the rules of a policy are read against. */
export interface RuleScope {
  readonly faults: FaultList;
  readonly define: Definitions;
  readonly tiers: { readonly [tier in Tier]: Action };
  readonly hasHashKey: boolean;
}

interface PatternPlace {
  readonly at: string;
  readonly ignoreCase: boolean;
  readonly unsafe?: boolean;
  readonly scope: RuleScope;
}

/** A list of patterns, in any case. */
export function readPatterns(
  list: readonly (string | undefined)[] | undefined,
  path: string,
  scope: RuleScope,
): LinearPattern[] {
  return scope.define
    .expand<never>(path, list)
    .flatMap(([at, source]) => readPattern(source, { at, ignoreCase: true, scope }) ?? []);
}

/** A pattern of the policy. */
export function readPattern(
  source: string,
  { at, ignoreCase, unsafe, scope }: PatternPlace,
): LinearPattern | undefined {
  const before = scope.faults.faults.length;
  const written = scope.define.pattern(source, at);
  // A name that is unknown was noted; the pattern without it says nothing.
  if (scope.faults.faults.length > before) return undefined;
  const pattern = compilePattern(written, { ignoreCase, unsafe: unsafe === true });
  if (!('reason' in pattern)) return pattern;
  return scope.faults.addReason(at, 'a regular expression for a linear-time engine', pattern.reason);
}

/** The `keys` of a policy. */
export function readKeyRules(list: PolicyDraft['keys'], scope: RuleScope): CompiledKeyRule[] {
  return scope.define.expand<KeyRuleDraft>('keys', list).flatMap(([at, rule]) => {
    if (typeof rule !== 'string') return readKeyRule(rule, at, scope);
    const pattern = readPattern(rule, { at, ignoreCase: true, scope });
    return pattern === undefined ? [] : [toNameRule({ name: rule, action: 'mask' }, pattern)];
  });
}

function readKeyRule(draft: KeyRuleDraft, at: string, scope: RuleScope): CompiledKeyRule[] {
  const { pattern: source, glob, name = source ?? glob ?? '', unsafe = false } = draft;
  const { caseSensitive = false, exact = caseSensitive, whole = false } = draft;
  const action = readAction(draft, { at, scope, otherwise: 'mask' });
  if (action === 'redact-match') {
    const expected = 'an action for names (redact-match is for values)';
    scope.faults.addReason(
      `${at}.${draft.action === undefined ? 'tier' : 'action'}`,
      expected,
      'redact-match',
    );
    return [];
  }
  if (whole && action !== 'mask' && action !== 'drop' && action !== 'keep') {
    scope.faults.addReason(`${at}.whole`, 'mask, drop or keep as the action beside whole', action);
  }
  const within = readPlaces(draft.within, `${at}.within`, scope);
  const outside = readPlaces(draft.outside, `${at}.outside`, scope);
  const rule = {
    name,
    action,
    ...(within === undefined ? {} : { within }),
    ...(outside === undefined ? {} : { outside }),
    ...(whole ? { whole } : {}),
  };
  if (glob !== undefined) {
    const globs = scope.define.texts(glob, `${at}.glob`);
    return [{ ...rule, ...(caseSensitive ? exactGlobTest(globs) : globTest(globs)) }];
  }
  if (source === undefined) return [];
  const pattern = readPattern(source, { at: `${at}.pattern`, ignoreCase: !caseSensitive, unsafe, scope });
  return pattern === undefined ? [] : [exact ? toKeyRule(rule, pattern) : toNameRule(rule, pattern)];
}

/** The attributes of `within` or `outside`. */
function readPlaces(given: KeyRuleDraft['within'], at: string, scope: RuleScope): NameWithin | undefined {
  if (given === undefined) return undefined;
  if (given.length === 0) scope.faults.addReason(at, 'at least one glob', 'an empty array');
  const globs = typeof given === 'string' ? [given] : given.filter((glob) => glob !== undefined);
  return compileWithin(globs.flatMap((glob) => scope.define.texts(glob, at)));
}

/** The action of a rule: its own, else its tier's. */
function readAction(
  { action: own, tier }: { readonly action?: Action; readonly tier?: Tier },
  { at, scope, otherwise }: { readonly at: string; readonly scope: RuleScope; readonly otherwise: Action },
): Action {
  const action = own ?? (tier === undefined ? otherwise : scope.tiers[tier]);
  if (own === 'hash' && !scope.hasHashKey) {
    scope.faults.addReason(`${at}.action`, 'a policy with a hashKey beside the action hash', 'none');
  }
  return action;
}

interface ReadValues {
  readonly detectors: string[];
  readonly rules: CompiledValueRule[];
  /** Patterns of rules with the action `keep`: what they match stays. */
  readonly kept: LinearPattern[];
}

/** The `values` of a policy. */
export function readValues(list: PolicyDraft['values'], scope: RuleScope): ReadValues {
  const read: ReadValues = { detectors: [], rules: [], kept: [] };
  for (const [at, element] of scope.define.expand<ValueRuleDraft>('values', list)) {
    if (typeof element !== 'string') readValueRule(element, { at, scope, read });
    else if (builtInDetectors.has(element)) read.detectors.push(element);
    else {
      const expected = `${oneOf([...builtInDetectors.keys()])}, or { name, pattern } for an expression`;
      scope.faults.addReason(at, expected, 'another string in the list');
    }
  }
  return read;
}

function noteUnknown(at: string, words: readonly string[], { faults }: RuleScope): void {
  faults.addReason(at, oneOf(words), 'another string in the list');
}

function oneOf(words: readonly string[]): string {
  return `one of ${words.join(', ')}`;
}

function readValueRule(
  draft: ValueRuleDraft,
  { at, scope, read }: { readonly at: string; readonly scope: RuleScope; readonly read: ReadValues },
): void {
  const { name, pattern: source, unsafe = false } = draft;
  const place = { at: `${at}.pattern`, ignoreCase: false, unsafe, scope };
  const pattern = source === undefined ? undefined : readPattern(source, place);
  const action = readAction(draft, { at, scope, otherwise: 'redact-match' });
  const replace = readReplacement(draft.replace, {
    path: `${at}.replace`,
    action,
    pattern,
    faults: scope.faults,
  });
  if (name === undefined || pattern === undefined) return;
  if (action === 'keep') read.kept.push(pattern);
  else read.rules.push({ name, action, pattern, replace });
}

/** The `services` of a policy: names of presets, and own rules. */
export function readServices(
  list: PolicyDraft['services'],
  scope: RuleScope,
): (CompiledServiceRule | string)[] {
  return scope.define.expand('services', list).flatMap(([at, element]) => {
    if (typeof element !== 'string') return readServiceRule(element, at, scope) ?? [];
    if (servicePresets.has(element)) return element;
    noteUnknown(at, [...servicePresets.keys()], scope);
    return [];
  });
}
