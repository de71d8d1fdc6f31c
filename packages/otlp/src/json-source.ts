/** A number as it stands in the text: JavaScript's own reader would round integers beyond 2^53. */
export class JsonNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null' | 'other';

/** JSON to be read from the front to the back, be it text or a parsed value. Attacker-controlled. */
export interface JsonSource {
  /** What stands here. */
  kind(): JsonKind;
  /** Visits the members of the object that stands here; each visit reads that member's value. */
  eachMember(visit: (name: string) => void): void;
  /** Visits the elements of the array that stands here; each visit reads that element. */
  eachElement(visit: (index: number) => void): void;
  /** Reads a string, number, boolean or null. */
  scalar(): string | number | boolean | null | JsonNumber;
}
