import type { KeyRule, Policy, PresetName } from '@spanseal/mask';
import { dump } from 'js-yaml';

type Values = NonNullable<Policy['values']>;

/** What is added to a policy: rules behind its own, and names of presets. */
export interface PolicyAddition {
  readonly extends?: readonly PresetName[];
  readonly keys?: readonly (string | KeyRule)[];
  readonly values?: Values;
  readonly services?: readonly string[];
}

/** A policy with additions behind its own rules, each once. Value rules of one name get numbers. */
export function addToPolicy(policy: Policy, additions: readonly PolicyAddition[]): Policy {
  const own = typeof policy.extends === 'string' ? [policy.extends] : (policy.extends ?? ['default']);
  const merged = mergeAdditions([
    { extends: own, keys: policy.keys ?? [], values: policy.values ?? [], services: [] },
    ...additions,
  ]);
  const services = [...(policy.services ?? []), ...(merged.services ?? [])];
  return {
    ...policy,
    ...(merged.extends && { extends: merged.extends }),
    ...(merged.keys && { keys: merged.keys }),
    ...(merged.values && { values: merged.values }),
    ...(services.length > 0 && { services: withoutDoubles(services) }),
  };
}

/** Several additions as one. */
export function mergeAdditions(additions: readonly PolicyAddition[]): PolicyAddition {
  const all = <M extends keyof PolicyAddition>(member: M) =>
    withoutDoubles(additions.flatMap((addition) => [...(addition[member] ?? [])] as MemberOf<M>[]));
  const [presets, keys, values, services] = [
    all('extends'),
    all('keys'),
    numbered(all('values')),
    all('services'),
  ];
  return {
    ...(presets.length > 0 && { extends: presets }),
    ...(keys.length > 0 && { keys }),
    ...(values.length > 0 && { values }),
    ...(services.length > 0 && { services }),
  };
}

type MemberOf<M extends keyof PolicyAddition> = NonNullable<PolicyAddition[M]>[number];

/** The addition as it stands in a policy file. */
export function renderAddition(addition: PolicyAddition): string {
  return dump(addition, { lineWidth: -1 }).trimEnd();
}

function withoutDoubles<T>(list: readonly T[]): T[] {
  const seen = new Set<string>();
  return list.filter((element) => {
    const text = JSON.stringify(element);
    return seen.has(text) ? false : Boolean(seen.add(text));
  });
}

function numbered(values: Values): Values[number][] {
  const taken = new Set<string>();
  return values.map((value) => {
    if (typeof value === 'string') return value;
    let name = value.name;
    for (let next = 2; taken.has(name); next += 1) name = `${value.name}-${next}`;
    taken.add(name);
    return { ...value, name };
  });
}
