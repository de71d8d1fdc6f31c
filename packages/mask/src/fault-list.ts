import type { PolicyFault } from './policy-error.js';

/** Collects the faults of a policy while it is read, so that all of them are reported together. */
export class FaultList {
  readonly faults: PolicyFault[] = [];

  /** Notes a fault. `got` is derived from the value's kind; the value itself is not kept. */
  add(path: string, expected: string, value: unknown): undefined {
    const got = typeof value === 'symbol' ? 'a symbol' : kindOf(value);
    this.faults.push({ path, expected, got, message: `expected ${expected}, got ${got}` });
    return undefined;
  }

  /** Notes a fault whose reason is more than a wrong kind. */
  addReason(path: string, expected: string, got: string): undefined {
    this.faults.push({ path, expected, got, message: `expected ${expected}, got ${got}` });
    return undefined;
  }
}

/** The kind of a value in words, without the value. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array';
  switch (typeof value) {
    case 'undefined':
      return 'nothing';
    case 'string':
      return value === '' ? 'an empty string' : 'a string';
    case 'number':
      return Number.isNaN(value) ? 'NaN' : 'a number';
    case 'object':
      return 'an object';
    default:
      return `a ${typeof value}`;
  }
}
