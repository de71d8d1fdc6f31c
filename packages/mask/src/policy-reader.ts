import { compileRedaction } from './collector/redaction-reader.js';
import type { CompiledPolicy } from './compiled-policy.js';
import { Definitions } from './definitions.js';
import { builtInDetectors } from './detectors/built-in-detectors.js';
import type { ValueDetector } from './detectors/value-detector.js';
import { FaultList } from './fault-list.js';
import { createHashToken, readKeyText } from './hash-token.js';
import type { PolicyLimits } from './policy.js';
import { type PolicyDraft, readDraft } from './policy-draft.js';
import { PolicyError } from './policy-error.js';
import { defaultLimits } from './policy-members.js';
import { presetKeyRules } from './preset-rules.js';
import { type Preset, presets } from './presets.js';
import { type RuleScope, readKeyRules, readPatterns, readServices, readValues } from './rule-reader.js';
import { servicePresets } from './service-presets.js';
import type { CompiledServiceRule } from './service-rules.js';

/**
 * Reads a policy of unknown origin, merges its presets in, and compiles it.
 *
 * @throws {PolicyError} ERR_SPANSEAL_POLICY with every fault.
 */
export function readPolicy(value: unknown): CompiledPolicy {
  const faults = new FaultList();
  let compiled: CompiledPolicy | undefined;
  try {
    const draft = readDraft(value, faults);
    if (draft !== undefined) compiled = compile(draft, faults);
  } catch {
    faults.addReason('', 'a policy that can be read', 'an object whose members throw');
  }
  if (faults.faults.length > 0 || compiled === undefined) throw new PolicyError(faults.faults);
  return compiled;
}

function compile(draft: PolicyDraft, faults: FaultList): CompiledPolicy {
  const chosen = choosePresets(draft.extends);
  const token = readHashKey(draft.hashKey, faults);
  const scope = ruleScope(draft, faults);
  const keys = readKeyRules(draft.keys, scope);
  const values = readValues(draft.values, scope);
  const services = readServices(draft.services, scope);
  const structured = chosen.some(([, preset]) => preset.structured === true);
  return {
    mask: draft.mask ?? '****',
    keys: [...keys, ...chosen.flatMap(([name, preset]) => presetKeyRules(name, preset))],
    allowKeys: readPatterns(draft.allow?.keys, 'allow.keys', scope),
    allowValues: [...readPatterns(draft.allow?.values, 'allow.values', scope), ...values.kept],
    detectors: mergeDetectors(chosen, values.detectors),
    values: values.rules,
    services: mergeServices(chosen, services),
    structured,
    escapesControls:
      draft.controlCharacters === undefined ? structured : draft.controlCharacters === 'escape',
    token,
    limits: readLimits(draft.limits),
    paths: readPaths(draft.paths, faults),
    redaction:
      draft.redaction === undefined ? undefined : compileRedaction(draft.redaction, 'redaction', faults),
  };
}

function readPaths(list: PolicyDraft['paths'] = [], faults: FaultList): readonly string[] {
  return list.flatMap((path, index) => {
    if (path === undefined) return [];
    if (path.split('.').every((name) => name !== '')) return path;
    return faults.addReason(`paths[${index}]`, 'names with dots between them', 'an empty name') ?? [];
  });
}

/** What the rules of a policy are read against. Notes the faults of what all of them share. */
export function ruleScope({ define, tiers, hashKey }: PolicyDraft, faults: FaultList): RuleScope {
  const hasHashKey = hashKey !== undefined;
  for (const [tier, action] of Object.entries(tiers ?? {})) {
    if (action !== 'hash' || hasHashKey) continue;
    faults.addReason(`tiers.${tier}`, 'a policy with a hashKey beside the action hash', 'none');
  }
  return {
    faults,
    define: new Definitions(define, faults),
    tiers: { unrestricted: 'keep', restricted: 'mask', sensitive: 'mask', ...tiers },
    hasHashKey,
  };
}

type ChosenPreset = readonly [string, Preset];

function choosePresets(names: PolicyDraft['extends'] = 'default'): readonly ChosenPreset[] {
  return [...new Set(typeof names === 'string' ? [names] : names)].flatMap((name) => {
    const preset = name === undefined ? undefined : presets.get(name);
    return name === undefined || preset === undefined ? [] : [[name, preset] as const];
  });
}

function readHashKey(text: string | undefined, faults: FaultList): CompiledPolicy['token'] {
  if (text === undefined) return undefined;
  const bytes = readKeyText(text);
  if (bytes !== undefined && bytes.length >= 32) return createHashToken(bytes);
  const got = bytes === undefined ? 'a string' : 'a shorter key';
  return faults.addReason('hashKey', '"base64:…" or "hex:…" of at least 32 bytes', got);
}

function readLimits(limits: PolicyLimits = {}): Required<PolicyLimits> {
  return { ...defaultLimits, ...limits };
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
