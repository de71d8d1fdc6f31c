import { conversationNameRule } from './conversation-names.js';
import {
  DOUBTFUL_NAME_TRIGGERS,
  isBareKeyName,
  isBareTokenName,
  isCardCode,
  isCardCodeName,
  isDoubtfulName,
  isKeyMaterial,
  isLinkName,
  isLookupKeyName,
  isOpaque,
  isOpaqueToken,
  isOtherHmac,
  isRandomKey,
  isSecondFactorName,
  isSignInLink,
  isStorageKeyName,
  isTokenName,
  isTypedCode,
  isUnsealKey,
  SESSION_TRIGGERS,
} from './doubtful-names.js';
import type { CompiledKeyRule } from './key-rules.js';
import { compilePattern, type LinearPattern } from './linear-pattern.js';
import { unlistedNameRule } from './listed-names.js';
import { anyExactGlob, anyNameGlob, NORMALISED_LENGTH } from './name-glob.js';
import { normalisedName } from './name-words.js';
import { personalNameRule } from './personal-names.js';
import type { Preset } from './presets.js';
import { PERSONAL_NAME_TRIGGERS, SECRET_NAME_TRIGGERS, stemTriggers } from './scan/name-triggers.js';
import { globStems } from './scan/pattern-stems.js';
import type { TriggerWord } from './scan/trigger-word.js';
import { secretNameRule } from './secret-names.js';

const judges = {
  secret: { judge: secretNameRule, triggers: SECRET_NAME_TRIGGERS },
  personal: { judge: personalNameRule, triggers: PERSONAL_NAME_TRIGGERS },
  unlisted: { judge: unlistedNameRule, triggers: undefined },
  // Hits attribute keys alone, never a name in a text.
  conversation: { judge: conversationNameRule, triggers: [] },
};

/** The key rules of a preset. Their names begin with the preset's. */
export function presetKeyRules(
  preset: string,
  { patterns = [], globs = [], names }: Preset,
): CompiledKeyRule[] {
  const rules: CompiledKeyRule[] = patterns.map((source) => patternRule(`${preset}:${source}`, source));
  for (const glob of globs) {
    rules.push({ name: `${preset}:${glob}`, action: 'mask', ...globTest([glob]) });
  }
  if (names !== undefined) {
    const { judge, triggers } = judges[names];
    rules.push({
      name: preset,
      action: 'mask',
      triggers,
      judgesWords: names === 'secret',
      test: (name, place) => {
        const rule = judge(name, place);
        return rule === undefined ? false : `${preset}:${rule}`;
      },
    });
    if (names === 'secret') rules.push(...doubtfulRules(preset));
  }
  return rules;
}

/** Names that the value decides about. */
function doubtfulRules(preset: string): CompiledKeyRule[] {
  const rule = { action: 'mask' as const, triggers: [...DOUBTFUL_NAME_TRIGGERS, ...SESSION_TRIGGERS] };
  return [
    { ...rule, name: `${preset}:opaque-value`, test: isDoubtfulName, holds: isOpaque },
    { ...rule, name: `${preset}:opaque-value`, triggers: [], test: isTokenName, holds: isOtherHmac },
    { ...rule, name: `${preset}:second-factor`, triggers: [], test: isSecondFactorName, holds: isTypedCode },
    { ...rule, name: `${preset}:key-material`, triggers: [], test: isLookupKeyName, holds: isKeyMaterial },
    { ...rule, name: `${preset}:storage-key`, triggers: [], test: isStorageKeyName, holds: isRandomKey },
    { ...rule, name: `${preset}:unseal-key`, triggers: [], test: isBareKeyName, holds: isUnsealKey },
    { ...rule, name: `${preset}:opaque-token`, triggers: [], test: isBareTokenName, holds: isOpaqueToken },
    { ...rule, name: `${preset}:card-code`, triggers: [], test: isCardCodeName, holds: isCardCode },
    { ...rule, name: `${preset}:sign-in-link`, triggers: [], test: isLinkName, holds: isSignInLink },
  ];
}

function patternRule(name: string, source: string): CompiledKeyRule {
  const pattern = compilePattern(source, { ignoreCase: true });
  if ('reason' in pattern) throw new TypeError(`the preset pattern ${name} has ${pattern.reason}`);
  return toKeyRule({ name, action: 'mask' }, pattern);
}

/** A key rule that is a pattern. */
export function toKeyRule(
  rule: Pick<CompiledKeyRule, 'name' | 'action' | 'within' | 'outside' | 'whole'>,
  { literal, test, stems }: LinearPattern,
): CompiledKeyRule {
  const triggers = triggersOf(stems);
  if (literal === undefined || !/^[\x20-\x7e]+$/.test(literal) || rule.within !== undefined)
    return { ...rule, triggers, test };
  const lower = literal.toLowerCase();
  return { ...rule, triggers, literal: lower, test: (name) => name.toLowerCase().includes(lower) };
}

/**
 * A key rule that is a pattern of a policy: tried on the name as written and, like a glob, on the name with its separators
 * normalised (`apiKey` and `API-KEY` are `api_key`).
 */
export function toNameRule(
  rule: Pick<CompiledKeyRule, 'name' | 'action' | 'within'>,
  pattern: LinearPattern,
): CompiledKeyRule {
  const written = toKeyRule(rule, pattern);
  // Letters and digits alone stand in one word of a name: there is no separator to normalise.
  if (pattern.literal !== undefined && /^[A-Za-z0-9]+$/.test(pattern.literal)) return written;
  return {
    ...rule,
    triggers: written.triggers,
    test: (name) =>
      pattern.test(name) || (name.length <= NORMALISED_LENGTH && pattern.test(normalisedName(name))),
  };
}

/** What a rule with these globs tests, and the words that give such a name away. */
export function globTest(globs: readonly string[]): Pick<CompiledKeyRule, 'test' | 'triggers'> {
  const stems = globs.map(globStems);
  const all = stems.some((some) => some === undefined) ? undefined : stems.flatMap((some) => some ?? []);
  return { test: anyNameGlob(globs), triggers: triggersOf(all) };
}

/** The same for globs in which case and separators matter. */
export function exactGlobTest(globs: readonly string[]): Pick<CompiledKeyRule, 'test' | 'triggers'> {
  return { ...globTest(globs), test: anyExactGlob(globs) };
}

function triggersOf(stems: readonly string[] | undefined): readonly TriggerWord[] | undefined {
  return stems === undefined ? undefined : stemTriggers(stems);
}
