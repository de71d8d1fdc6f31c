import type { KeyRule, Policy, PresetName, ValueRule } from '@spanseal/mask';
import type { PolicySource } from './policy-source.js';

type Mutable = { -readonly [member in keyof Policy]: Policy[member] };

/** Variables of other systems, and the presets of theirs that are added to those that are named. */
const isImported = ({ variable }: PolicySource): boolean => !variable.startsWith('SPANSEAL_');

/** One policy of several parts: of lists all elements, those of the first part first; of other members the first. */
export function mergePolicies(sources: readonly PolicySource[]): Policy {
  // Without a prototype: `__proto__` is a member like any other, for the masker to refuse.
  const merged: Mutable = Object.create(null);
  for (const source of sources) {
    for (const [name, value] of Object.entries(source.policy)) {
      const member = name as keyof Policy;
      // What other systems exempt is of their own rules: it must take nothing away from those of the presets here.
      if (member === 'extends' || (member === 'allow' && isImported(source))) continue;
      Object.assign(merged, { [member]: joined(merged[member], value) });
    }
  }
  return { ...merged, extends: presetsOf(sources) };
}

/** What is no list among lists stays, for the masker to refuse. */
function joined(known: unknown, more: unknown): unknown {
  if (known === undefined) return more;
  if (Array.isArray(known)) return Array.isArray(more) ? [...known, ...more] : more;
  if (Array.isArray(more) || !isObject(known)) return known;
  // `allow` is an object of lists.
  if (!isObject(more)) return more;
  const names = new Set([...Object.keys(known), ...Object.keys(more)]);
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      Object.hasOwn(more, name) ? joined(known[name], more[name]) : known[name],
    ]),
  );
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What other systems' variables say never takes a preset away. */
function presetsOf(sources: readonly PolicySource[]): PresetName[] {
  const named = sources.find((source) => !isImported(source) && source.policy.extends !== undefined);
  const own = named === undefined ? ['default' as const] : listOf(named.policy.extends);
  const imported = sources.filter(isImported).flatMap(({ policy }) => listOf(policy.extends));
  return [...new Set([...own, ...imported])];
}

function listOf(presets: Policy['extends']): PresetName[] {
  if (presets === undefined) return [];
  // A file can say anything.
  return Array.isArray(presets) ? [...presets] : [presets as PresetName];
}

/**
 * What stands in when a part of the policy is faulty: the preset `strict`, and of the sound parts all that masks. What exempts
 * something is left out: a rule that would have masked it may be missing.
 */
export function strictPolicy(sound: readonly PolicySource[]): Policy {
  const { allow: _, tiers: __, keys = [], values = [], extends: presets, ...rest } = mergePolicies(sound);
  const named = ['strict' as const, ...listOf(presets)];
  return { ...rest, keys: keys.filter(masks), values: values.filter(masks), extends: named };
}

/** A tier can be one that keeps. */
function masks(rule: string | KeyRule | ValueRule): boolean {
  return typeof rule === 'string' || (rule.action !== 'keep' && rule.tier === undefined);
}
