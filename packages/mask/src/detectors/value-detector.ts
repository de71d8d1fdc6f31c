/**
 * Receives the stretches of a text, [start, end) in UTF-16 units, that a detector holds for sensitive. They come in
 * ascending order and do not overlap. `name` is the name that makes it sensitive, when it is one.
 */
export type ReportMatch = (start: number, end: number, name?: string) => void;

/**
 * Finds one kind of sensitive value in any text. Its time is linear in the length of the text, whatever the text
 * (attacker-controlled) is.
 */
export interface ValueDetector {
  /** As a policy names it, in kebab-case. */
  readonly name: string;
  /** Bits of `textTraits`: a text that lacks one of them cannot hold such a value. 0: always look. */
  readonly needs: number;
  find(text: string, report: ReportMatch): void;
}
