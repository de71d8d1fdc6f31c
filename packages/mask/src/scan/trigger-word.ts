/** The hex digits in a word: the `0` stands for all of ten. */
export const HEX_CLASSES: readonly string[] = [...'0abcdef'];

/** A word whose presence in a text makes a rule, a detector or a reader look at it. */
export interface TriggerWord {
  /** In lower case; found in any case. */
  readonly word: string;
  /** The `TRAIT_…` bits that it sets. */
  readonly traits: number;
  /**
   * Where `check` can say yes: where letters and digits start, where a word of a name opens, where the whole of the word is one,
   * or where it ends with no small letter. The walk passes over the others, as far as it sees them. Default: anywhere.
   */
  readonly place?: 'start' | 'opening' | 'word' | 'capital';
  /** False when the word at [start, end) is not meant: a part of a longer one, in another case … Default: it is. */
  readonly check?: (text: string, start: number, end: number) => boolean;
}

/** Triggers, and lists of them, as one list. To spread lists into another takes steps for each of thousands of triggers, as a process starts. */
export function triggerList(
  parts: readonly (TriggerWord | readonly TriggerWord[])[],
): readonly TriggerWord[] {
  return parts.flat();
}
