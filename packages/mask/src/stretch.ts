/** A part of a text, [start, end). In UTF-16 units. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}
