/** A string of a text. */
export interface StringToken {
  /** Offsets of its inside, without quotes. */
  readonly start: number;
  readonly end: number;
  /** Offset behind its closing quote, or the end of the text. */
  readonly next: number;
  /** Times that its quotes are escaped. */
  readonly level: number;
}

/** The name of a member. */
export interface MemberName {
  readonly name: string;
  /** False when no rule can hit it. */
  readonly isMarked: boolean;
}
