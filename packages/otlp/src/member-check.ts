import { kindOf, refuse, refuseMember } from './fault.js';
import type { MessageType } from './schema.js';

/** Whether a value can be looked into as a message. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Refuses what is no message, and names that the message does not have: they would be lost in silence. */
export function checkMembers(type: MessageType, value: unknown): void {
  if (!isObject(value)) refuse('TYPE', `an object (${type.name})`, kindOf(value));
  for (const name in value) {
    if (!type.members.has(name)) refuse('UNKNOWN_FIELD', `a member of ${type.name}`, 'another name');
  }
}

/** The elements of a list; none when it is absent. */
export function listOf<T>(value: readonly T[] | undefined, name: string): readonly T[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) refuseMember(name, 'TYPE', { expected: 'an array', got: kindOf(value) });
  return value;
}
