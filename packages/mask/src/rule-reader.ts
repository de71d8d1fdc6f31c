import type { CompiledValueRule } from './compiled-policy.js';
import { builtInDetectors } from './detectors/built-in-detectors.js';
import type { FaultList } from './fault-list.js';
import type { CompiledKeyRule } from './key-rules.js';
import { compilePattern, type LinearPattern } from './linear-pattern.js';
import { compileGlob } from './name-glob.js';
import type { Action, ServiceRule, Tier } from './policy.js';
import { type Fields, readCount, readFields, readList, readText, readWord } from './policy-fields.js';
import { globTest, toKeyRule } from './preset-rules.js';
import { type CompiledServiceRule, compileServiceRule, servicePresets } from './service-rules.js';

/** What the rules of a policy are read against. */
export interface RuleScope {
  readonly faults: FaultList;
  /** Named lists, taken in with `$name`. */
  readonly define: ReadonlyMap<string, readonly string[]>;
  readonly tiers: { readonly [tier in Tier]: Action };
  readonly hasHashKey: boolean;
}

const ACTIONS = ['mask', 'partial', 'hash', 'redact-match', 'drop', 'keep'] as const;
const TIERS = ['unrestricted', 'restricted', 'sensitive'] as const;

/** The list with every `$name` replaced by what it stands for. */
function expand(value: unknown, path: string, scope: RuleScope): (readonly [string, unknown])[] {
  return readList(value, path, scope.faults).flatMap(([at, element]) => {
    const name = typeof element === 'string' ? /^\$([A-Za-z][\w-]*)$/.exec(element)?.[1] : undefined;
    if (name === undefined) return [[at, element] as const];
    const list = scope.define.get(name);
    if (list !== undefined) return list.map((text) => [at, text] as const);
    scope.faults.addReason(at, 'a name that define gives', 'an unknown name');
    return [];
  });
}

/** A list of patterns. */
export function readPatterns(
  value: unknown,
  {
    path,
    ignoreCase,
    scope,
  }: { readonly path: string; readonly ignoreCase: boolean; readonly scope: RuleScope },
): LinearPattern[] {
  return expand(value, path, scope).flatMap(([at, text]) => {
    if (typeof text !== 'string') scope.faults.add(at, 'a regular expression', text);
    return typeof text === 'string' ? (compiled(text, { at, ignoreCase, scope }) ?? []) : [];
  });
}

function compiled(
  source: string,
  { at, ignoreCase, scope }: { readonly at: string; readonly ignoreCase: boolean; readonly scope: RuleScope },
): LinearPattern | undefined {
  const pattern = compilePattern(source, { ignoreCase });
  if (!('reason' in pattern)) return pattern;
  return scope.faults.addReason(at, 'a regular expression for a linear-time engine', pattern.reason);
}

/** The `keys` of a policy. */
export function readKeyRules(value: unknown, scope: RuleScope): CompiledKeyRule[] {
  return expand(value, 'keys', scope).flatMap(([at, rule]) => {
    if (typeof rule === 'string') {
      const pattern = compiled(rule, { at, ignoreCase: true, scope });
      return pattern === undefined
        ? []
        : [toKeyRule({ name: rule, action: 'mask' }, { pattern, source: rule })];
    }
    return readKeyRule(rule, at, scope) ?? [];
  });
}

function readKeyRule(value: unknown, at: string, scope: RuleScope): CompiledKeyRule | undefined {
  const { faults } = scope;
  if (typeof value !== 'object') return faults.add(at, 'a regular expression or a key rule', value);
  const known = ['pattern', 'glob', 'within', 'action', 'tier', 'name'];
  const fields = readFields(value, { path: at, known, faults });
  if (fields === undefined) return undefined;
  const source = readText(fields.get('pattern'), `${at}.pattern`, faults);
  const glob = readText(fields.get('glob'), `${at}.glob`, faults);
  const within = readText(fields.get('within'), `${at}.within`, faults);
  const given = readText(fields.get('name'), `${at}.name`, faults);
  const action = readAction(fields, { at, scope, otherwise: 'mask' });
  if (fields.has('pattern') === fields.has('glob')) {
    return faults.addReason(at, 'a pattern or a glob', fields.has('glob') ? 'both' : 'none');
  }
  if (action === 'redact-match') {
    return faults.addReason(
      `${at}.action`,
      'an action for names (redact-match is for values)',
      'redact-match',
    );
  }
  const rule = {
    name: given ?? source ?? glob ?? '',
    action,
    ...(within === undefined ? {} : { within: compileGlob(within) }),
  };
  if (glob !== undefined) return { ...rule, ...globTest(glob) };
  if (source === undefined) return undefined;
  const pattern = compiled(source, { at: `${at}.pattern`, ignoreCase: true, scope });
  return pattern === undefined ? undefined : toKeyRule(rule, { pattern, source });
}

/** The action of a rule: its own, else its tier's. */
function readAction(
  fields: Fields,
  { at, scope, otherwise }: { readonly at: string; readonly scope: RuleScope; readonly otherwise: Action },
): Action {
  const { faults } = scope;
  const own = readWord(fields.get('action'), { path: `${at}.action`, words: ACTIONS, faults });
  const tier = readWord(fields.get('tier'), { path: `${at}.tier`, words: TIERS, faults });
  const action = own ?? (tier === undefined ? otherwise : scope.tiers[tier]);
  if (action === 'hash' && !scope.hasHashKey) {
    faults.addReason(`${at}.action`, 'a policy with a hashKey beside the action hash', 'none');
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
export function readValues(value: unknown, scope: RuleScope): ReadValues {
  const read: ReadValues = { detectors: [], rules: [], kept: [] };
  for (const [at, element] of readList(value, 'values', scope.faults)) {
    if (typeof element === 'string' || typeof element !== 'object') {
      const words = [...builtInDetectors.keys()];
      const name = readWord(element ?? null, { path: at, words, faults: scope.faults });
      if (name !== undefined) read.detectors.push(name);
    } else readValueRule(element, { at, scope, read });
  }
  return read;
}

function readValueRule(
  value: unknown,
  { at, scope, read }: { readonly at: string; readonly scope: RuleScope; readonly read: ReadValues },
): void {
  const { faults } = scope;
  const known = ['name', 'pattern', 'replace', 'action', 'tier'];
  const fields = readFields(value, { path: at, known, faults });
  if (fields === undefined) return;
  const name = readText(fields.get('name') ?? null, `${at}.name`, faults);
  const source = fields.get('pattern');
  if (typeof source !== 'string') faults.add(`${at}.pattern`, 'a regular expression', source);
  const pattern =
    typeof source === 'string'
      ? compiled(source, { at: `${at}.pattern`, ignoreCase: false, scope })
      : undefined;
  const action = readAction(fields, { at, scope, otherwise: 'redact-match' });
  const replace = readReplacement(fields.get('replace'), { at, scope, action, pattern });
  if (name === undefined || pattern === undefined) return;
  if (action === 'keep') read.kept.push(pattern);
  else read.rules.push({ name, action, pattern, replace });
}

function readReplacement(
  value: unknown,
  {
    at,
    scope,
    action,
    pattern,
  }: {
    readonly at: string;
    readonly scope: RuleScope;
    readonly action: Action;
    readonly pattern: LinearPattern | undefined;
  },
): string | undefined {
  if (value === undefined) return undefined;
  const path = `${at}.replace`;
  if (typeof value !== 'string') return scope.faults.add(path, 'a string', value);
  if (action !== 'redact-match') {
    return scope.faults.addReason(
      path,
      'no replacement beside this action (only redact-match replaces)',
      'both',
    );
  }
  const groups = pattern?.engine.groupCount() ?? 99;
  for (const [, digits] of value.replaceAll('$$', '').matchAll(/\$(\d{1,2})/g)) {
    const group = Number(digits);
    if (group < 1 || group > groups)
      scope.faults.addReason(path, 'groups that the pattern has', 'another group');
  }
  return value;
}

/** The `services` of a policy: names of presets, and own rules. */
export function readServices(value: unknown, scope: RuleScope): (CompiledServiceRule | string)[] {
  const { faults } = scope;
  return readList(value, 'services', faults).flatMap(([at, element]) => {
    if (typeof element === 'object' && element !== null) return readServiceRule(element, at, faults) ?? [];
    return readWord(element ?? null, { path: at, words: [...servicePresets.keys()], faults }) ?? [];
  });
}

function readServiceRule(value: unknown, at: string, faults: FaultList): CompiledServiceRule | undefined {
  const known = ['name', 'rpcService', 'host', 'port', 'path', 'attributes'];
  const fields = readFields(value, { path: at, known, faults });
  if (fields === undefined) return undefined;
  const text = (name: string): string | undefined => readText(fields.get(name), `${at}.${name}`, faults);
  const name = readText(fields.get('name') ?? null, `${at}.name`, faults);
  const rpcService = text('rpcService');
  const host = text('host');
  const path = text('path');
  const port = readCount(fields.get('port'), { path: `${at}.port`, from: 1, to: 65_535, faults });
  const attributes = readGlobs(fields.get('attributes'), `${at}.attributes`, faults);
  const criteria = ['rpcService', 'host', 'port', 'path', 'attributes'].some((member) => fields.has(member));
  if (!criteria) return faults.addReason(at, 'a rpcService, host, port, path or attributes to match', 'none');
  if (name === undefined) return undefined;
  const rule: ServiceRule = {
    name,
    ...(rpcService === undefined ? {} : { rpcService }),
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port }),
    ...(path === undefined ? {} : { path }),
    ...(attributes === undefined ? {} : { attributes }),
  };
  return compileServiceRule(rule);
}

function readGlobs(value: unknown, path: string, faults: FaultList): { [key: string]: string } | undefined {
  if (value === undefined) return undefined;
  const fields = readFields(value, { path, faults });
  if (fields?.size === 0) faults.addReason(path, 'at least one attribute', 'none');
  const globs: { [key: string]: string } = Object.create(null);
  for (const [key, glob] of fields ?? []) {
    const shown = /^[\w$.-]{1,60}$/.test(key) ? key : '(unreadable name)';
    const text = readText(glob ?? null, `${path}.${shown}`, faults);
    if (text !== undefined) globs[key] = text;
  }
  return globs;
}
