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

const GROUP = /\$(?:\$|(\d{1,2})|<([^>]*)>)/g;

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
  const groups = pattern.engine.groupCount();
  let sound = true;
  const numbered = template.replace(GROUP, (whole, digits: string | undefined, name: string | undefined) => {
    if (digits === undefined && name === undefined) return whole;
    const group = name === undefined ? Number(digits) : Object.hasOwn(names, name) ? (names[name] ?? 0) : 0;
    if (group < 1 || group > groups) sound = false;
    // Two digits, so that a digit behind the group's name is no part of the number.
    return `$${String(group).padStart(2, '0')}`;
  });
  return sound && groups < 100
    ? numbered
    : faults.addReason(path, 'groups that the pattern has', 'another group');
}
