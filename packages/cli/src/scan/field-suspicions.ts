import type { KeyValue } from '@spanseal/otlp';
import { toAttributeValue } from '../masked-value.js';
import type { LeakFinder } from './leak-finder.js';
import type { SpanField } from './span-field.js';
import { isSameSuspicion, type Suspicion } from './suspicion.js';

/** What is suspicious for one reason in one value: at least one part of it. */
export interface AlikeSuspicions {
  /** Key of the attribute as the policy left it; undefined for texts without one. */
  readonly key: string | undefined;
  readonly all: readonly [Suspicion, ...Suspicion[]];
}

/** What still looks secret in what a policy made of a field, by reason. */
export function fieldSuspicions(
  finder: LeakFinder,
  masked: readonly (KeyValue | string)[],
  { spanKind, context }: SpanField,
): readonly AlikeSuspicions[] {
  return masked.flatMap((one) => {
    const [key, value] = typeof one === 'string' ? [undefined, one] : [one.key, toAttributeValue(one.value)];
    const found = [...finder.find(value, { key, spanKind, context }), ...finder.findInName(key)];
    return groupAlike(found).map((all) => ({ key, all }));
  });
}

function groupAlike(suspicions: readonly Suspicion[]): (readonly [Suspicion, ...Suspicion[]])[] {
  const groups: [Suspicion, ...Suspicion[]][] = [];
  for (const suspicion of suspicions) {
    const group = groups.find(([first]) => isSameSuspicion(first, suspicion));
    if (group === undefined) groups.push([suspicion]);
    else group.push(suspicion);
  }
  return groups;
}
