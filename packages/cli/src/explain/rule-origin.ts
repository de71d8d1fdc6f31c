import { type AttributeValue, createMasker, type Policy, type PresetName } from '@spanseal/mask';

/** Names of the presets that a policy extends. */
export function extendedPresets({ extends: chosen = ['default'] }: Policy): readonly PresetName[] {
  return typeof chosen === 'string' ? [chosen] : chosen;
}

/** What was asked about. */
export interface ExplainedValue {
  /** Undefined for free text. */
  readonly key: string | undefined;
  readonly value: AttributeValue;
}

/** Where a rule that hit a value comes from. */
export function ruleOrigin(rule: string, policy: Policy, { key, value }: ExplainedValue): string {
  const own = ownOrigin(rule, policy);
  if (own !== undefined) return own;
  // A preset is asked by itself, so that a detector of several presets is attributed to the one that is extended.
  const presets = extendedPresets(policy);
  const asked = presets.find((preset) => {
    return (
      rule.startsWith(`${preset}:`) ||
      createMasker({ extends: preset }).explain(key, value).rules.includes(rule)
    );
  });
  return asked === undefined ? 'a reader of its content' : `preset ${asked}`;
}

function ownOrigin(rule: string, { keys = [], values = [], define = {} }: Policy): string | undefined {
  const names = ({ name, pattern, glob }: { name?: string; pattern?: string; glob?: string }) =>
    (name ?? pattern ?? glob) === rule;
  const key = keys.findIndex((own) => (typeof own === 'string' ? own === rule : names(own)));
  if (key >= 0) return `keys[${key}]`;
  const value = values.findIndex((own) => (typeof own === 'string' ? own === rule : own.name === rule));
  if (value >= 0) return `values[${value}]`;
  const list = Object.keys(define).find((name) => [define[name]].flat().includes(rule));
  return list === undefined ? undefined : `define.${list}`;
}
