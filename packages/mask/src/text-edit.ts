/** A stretch of a text, [start, end) in UTF-16 units, that is to be replaced. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
  /** Name of the rule or detector that asks for it. */
  readonly rule: string;
}
