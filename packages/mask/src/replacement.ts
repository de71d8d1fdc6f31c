import type { FaultList } from './fault-list.js';
import type { LinearPattern } from './linear-pattern.js';
import type { Action } from './policy.js';

interface ReplacementPlace {
  readonly path: string;
  readonly action: Action;
  /** Undefined when the pattern has a fault of its own. */
  readonly pattern: LinearPattern | undefined;
  readonly faults: FaultList;
}

const GROUP = /\$(?:\$|(\d)(\d)?|<([^>]*)>)/g;

/** The `replace` of a value rule with its named groups turned into numbers. Undefined when there is none, or a fault. */
export function readReplacement(
  template: string | undefined,
  { path, action, pattern, faults }: ReplacementPlace,
): string | undefined {
  if (template === undefined) return undefined;
  if (action !== 'redact-match') {
    const expected = 'no replacement beside this action (only redact-match replaces)';
    return faults.addReason(path, expected, 'both');
  }
  if (pattern === undefined) return template;
  const names = pattern.engine.namedGroups();
  const groups = Math.min(99, pattern.engine.groupCount());
  let sound = true;
  const reference = (group: number, rest = ''): string => {
    if (group < 1 || group > groups) sound = false;
    // Two digits, so that a digit behind it is no part of the number.
    return `$${String(group).padStart(2, '0')}${rest}`;
  };
  const numbered = template.replace(GROUP, (whole, ...[tens, ones, name]: (string | undefined)[]) => {
    if (name !== undefined) return reference(Object.hasOwn(names, name) ? (names[name] ?? 0) : 0);
    if (tens === undefined) return whole;
    // As in JavaScript: `$20` is group 20 if there is one, else group 2 and a zero.
    const both = Number(tens + (ones ?? ''));
    return both > groups ? reference(Number(tens), ones) : reference(both);
  });
  return sound ? numbered : faults.addReason(path, 'groups that the pattern has', 'another group');
}
