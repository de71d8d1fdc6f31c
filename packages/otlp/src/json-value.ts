import { types } from 'node:util';
import { refuse } from './fault.js';
import type { JsonKind, JsonSource } from './json-source.js';

/** A value that JSON.parse gave. Its integers beyond 2^53 have lost digits, and of two equal names it has kept one. */
export class JsonValue implements JsonSource {
  #here: unknown;

  constructor(value: unknown) {
    this.#here = value;
  }

  kind(): JsonKind {
    const value = this.#here;
    if (value === null) return 'null';
    if (Array.isArray(value)) return 'array';
    if (types.isUint8Array(value)) return 'other';
    const type = typeof value;
    return type === 'object' || type === 'string' || type === 'number' || type === 'boolean' ? type : 'other';
  }

  eachMember(visit: (name: string) => void): void {
    const object = this.#here as Record<string, unknown>;
    for (const name of Object.keys(object)) {
      this.#here = object[name];
      if (this.#here !== undefined) visit(name);
    }
  }

  eachElement(visit: (index: number) => void): void {
    const array = this.#here as readonly unknown[];
    for (let i = 0; i < array.length; i++) {
      this.#here = array[i];
      visit(i);
    }
  }

  scalar(): string | number | boolean | null {
    const value = this.#here;
    if (
      value === null ||
      typeof value === 'string' ||
      typeof value === 'number' ||
      typeof value === 'boolean'
    ) {
      return value;
    }
    return refuse('TYPE', 'a JSON value', typeof value);
  }
}
