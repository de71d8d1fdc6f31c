import type { CompiledPolicy } from './compiled-policy.js';
import { builtInDetectors } from './detectors/built-in-detectors.js';
import type { ValueDetector } from './detectors/value-detector.js';
import { FaultList } from './fault-list.js';
import { createHashToken, readKeyText } from './hash-token.js';
import type { LinearPattern } from './linear-pattern.js';
import type { PolicyLimits } from './policy.js';
import { PolicyError } from './policy-error.js';
import { type Fields, readCount, readFields, readList, readText, readWord } from './policy-fields.js';
import { presetKeyRules } from './preset-rules.js';
import { type Preset, presets } from './presets.js';
import { type RuleScope, readKeyRules, readPatterns, readServices, readValues } from './rule-reader.js';
import { type CompiledServiceRule, servicePresets } from './service-rules.js';

const MEMBERS = [
  'extends',
  'define',
  'keys',
  'values',
  'services',
  'allow',
  'tiers',
  'mask',
  'controlCharacters',
  'hashKey',
  'limits',
];
const ACTIONS = ['mask', 'partial', 'hash', 'redact-match', 'drop', 'keep'] as const;
const DEFAULT_LIMITS: Required<PolicyLimits> = { valueLength: 4_194_304, depth: 32, spanLength: 16_777_216 };

/**
 * Reads a policy of unknown origin, merges its presets in, and compiles it.
 *
 * @throws {PolicyError} ERR_SPANSEAL_POLICY with every fault.
 */
export function readPolicy(value: unknown): CompiledPolicy {
  const faults = new FaultList();
  let compiled: CompiledPolicy | undefined;
  try {
    const fields = readFields(value, { path: '', known: MEMBERS, faults });
    if (fields !== undefined) compiled = compile(fields, faults);
  } catch {
    faults.addReason('', 'a policy that can be read', 'an object whose members throw');
  }
  if (faults.faults.length > 0 || compiled === undefined) throw new PolicyError(faults.faults);
  return compiled;
}

function compile(fields: Fields, faults: FaultList): CompiledPolicy {
  const chosen = readPresets(fields.get('extends'), faults);
  const token = readHashKey(fields.get('hashKey'), faults);
  const scope: RuleScope = {
    faults,
    define: readDefinitions(fields.get('define'), faults),
    tiers: readTiers(fields.get('tiers'), { hasKey: token !== undefined, faults }),
    hasHashKey: token !== undefined,
  };
  const keys = readKeyRules(fields.get('keys'), scope);
  const values = readValues(fields.get('values'), scope);
  const services = readServices(fields.get('services'), scope);
  const allow = readAllow(fields.get('allow'), scope);
  const structured = chosen.some(([, preset]) => preset.structured === true);
  return {
    mask: readMask(fields.get('mask'), faults),
    keys: [...keys, ...chosen.flatMap(([name, preset]) => presetKeyRules(name, preset))],
    allowKeys: allow.keys,
    allowValues: [...allow.values, ...values.kept],
    detectors: mergeDetectors(chosen, values.detectors),
    values: values.rules,
    services: mergeServices(chosen, services),
    structured,
    escapesControls: readControls(fields.get('controlCharacters'), faults) ?? structured,
    token,
    limits: readLimits(fields.get('limits'), faults),
  };
}

type ChosenPreset = readonly [string, Preset];

function readPresets(value: unknown, faults: FaultList): readonly ChosenPreset[] {
  const names = [...presets.keys()];
  const list: readonly (readonly [string, unknown])[] =
    value === undefined
      ? [['extends', 'default']]
      : typeof value === 'string'
        ? [['extends', value]]
        : readList(value, 'extends', faults);
  return list.flatMap(([path, name]) => {
    const word = readWord(name ?? null, { path, words: names, faults });
    const preset = word === undefined ? undefined : presets.get(word);
    return word === undefined || preset === undefined ? [] : [[word, preset] as const];
  });
}

function readMask(value: unknown, faults: FaultList): string {
  return readText(value, 'mask', faults) ?? '****';
}

function readControls(value: unknown, faults: FaultList): boolean | undefined {
  const word = readWord(value, { path: 'controlCharacters', words: ['escape', 'keep'] as const, faults });
  return word === undefined ? undefined : word === 'escape';
}

function readHashKey(value: unknown, faults: FaultList): CompiledPolicy['token'] {
  if (value === undefined) return undefined;
  const bytes = typeof value === 'string' ? readKeyText(value) : undefined;
  if (bytes !== undefined && bytes.length >= 32) return createHashToken(bytes);
  const got = bytes === undefined ? undefined : 'a shorter key';
  const expected = '"base64:…" or "hex:…" of at least 32 bytes';
  return got === undefined
    ? faults.add('hashKey', expected, value)
    : faults.addReason('hashKey', expected, got);
}

function readDefinitions(value: unknown, faults: FaultList): ReadonlyMap<string, readonly string[]> {
  const lists = new Map<string, readonly string[]>();
  if (value === undefined) return lists;
  for (const [name, list] of readFields(value, { path: 'define', faults }) ?? []) {
    const path = `define.${/^[\w-]{1,40}$/.test(name) ? name : '(unreadable name)'}`;
    if (!/^[A-Za-z][\w-]*$/.test(name))
      faults.addReason(path, 'a name of letters, digits, _ and -', 'another name');
    const elements = typeof list === 'string' ? [[path, list] as const] : readList(list, path, faults);
    if (list === undefined) faults.add(path, 'a string or an array of strings', list);
    const texts = elements.flatMap(([at, text]) => readText(text ?? null, at, faults) ?? []);
    lists.set(name, texts);
  }
  return lists;
}

function readTiers(
  value: unknown,
  { hasKey, faults }: { readonly hasKey: boolean; readonly faults: FaultList },
): RuleScope['tiers'] {
  const tiers: { -readonly [T in keyof RuleScope['tiers']]: RuleScope['tiers'][T] } = {
    unrestricted: 'keep',
    restricted: 'mask',
    sensitive: 'mask',
  };
  if (value === undefined) return tiers;
  const fields = readFields(value, { path: 'tiers', known: Object.keys(tiers), faults });
  for (const tier of ['unrestricted', 'restricted', 'sensitive'] as const) {
    const path = `tiers.${tier}`;
    const action = readWord(fields?.get(tier), { path, words: ACTIONS, faults });
    if (action === 'hash' && !hasKey)
      faults.addReason(path, 'a policy with a hashKey beside the action hash', 'none');
    if (action !== undefined) tiers[tier] = action;
  }
  return tiers;
}

function readAllow(
  value: unknown,
  scope: RuleScope,
): { keys: readonly LinearPattern[]; values: readonly LinearPattern[] } {
  if (value === undefined) return { keys: [], values: [] };
  const fields = readFields(value, { path: 'allow', known: ['keys', 'values'], faults: scope.faults });
  return {
    keys: readPatterns(fields?.get('keys'), { path: 'allow.keys', ignoreCase: true, scope }),
    values: readPatterns(fields?.get('values'), { path: 'allow.values', ignoreCase: true, scope }),
  };
}

function readLimits(value: unknown, faults: FaultList): Required<PolicyLimits> {
  if (value === undefined) return DEFAULT_LIMITS;
  const fields = readFields(value, { path: 'limits', known: Object.keys(DEFAULT_LIMITS), faults });
  const read = (name: keyof PolicyLimits, from: number, to: number): number =>
    readCount(fields?.get(name), { path: `limits.${name}`, from, to, faults }) ?? DEFAULT_LIMITS[name];
  return {
    valueLength: read('valueLength', 64, 268_435_456),
    depth: read('depth', 1, 64),
    spanLength: read('spanLength', 64, 1_073_741_824),
  };
}

function mergeDetectors(chosen: readonly ChosenPreset[], own: readonly string[]): readonly ValueDetector[] {
  const names = new Set([...chosen.flatMap(([, preset]) => preset.detectors ?? []), ...own]);
  return [...names].flatMap((name) => builtInDetectors.get(name) ?? []);
}

function mergeServices(
  chosen: readonly ChosenPreset[],
  own: readonly (CompiledServiceRule | string)[],
): readonly CompiledServiceRule[] {
  // The policy's own rules come first, a preset once.
  const all = new Set<CompiledServiceRule | string>([
    ...own,
    ...chosen.flatMap(([, preset]) => preset.services ?? []),
  ]);
  return [...all].flatMap((rule) => (typeof rule === 'string' ? (servicePresets.get(rule) ?? []) : rule));
}
