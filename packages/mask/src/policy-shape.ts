/** What a place in a policy may hold. The reader checks by it, and the JSON Schema is made of it. */
export type Shape =
  | TextShape
  | WordShape
  | CountShape
  | FlagShape
  | ListShape
  | MapShape
  | RecordShape
  | ChoiceShape;

interface Described {
  /** What the place means, for the reader of the JSON Schema. */
  readonly about: string;
}

export interface TextShape extends Described {
  readonly is: 'text';
  /** What a fault says was expected. Default: `a string that is not empty`. */
  readonly expected?: string;
  /** True when an empty text is one as well. */
  readonly mayBeEmpty?: boolean;
}

export interface WordShape extends Described {
  readonly is: 'word';
  readonly words: readonly string[];
  /** True when `$name` may stand for words that `define` lists. */
  readonly named?: boolean;
}

/** A whole number in a range, both ends included. */
export interface CountShape extends Described {
  readonly is: 'count';
  readonly from: number;
  readonly to: number;
  readonly otherwise?: number;
}

export interface FlagShape extends Described {
  readonly is: 'flag';
  /** Default: false. */
  readonly otherwise?: boolean;
}

export interface ListShape extends Described {
  readonly is: 'list';
  readonly of: Shape;
}

/** Members whose names the policy's author chooses. */
export interface MapShape extends Described {
  readonly is: 'map';
  readonly of: Shape;
  /** Names that are taken. Default: every name. */
  readonly name?: { readonly pattern: RegExp; readonly expected: string };
  /** What a fault says when there is no member. Default: a map may be empty. */
  readonly least?: string;
}

/** Members whose names are known. */
export interface RecordShape extends Described {
  readonly is: 'record';
  readonly members: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  /** Exactly one of these members must stand. */
  readonly oneOf?: readonly string[];
  /** At least one of these members must stand. */
  readonly anyOf?: readonly string[];
}

/** One of several shapes that differ in their JSON type. */
export interface ChoiceShape extends Described {
  readonly is: 'choice';
  readonly of: readonly Shape[];
  readonly expected: string;
}
