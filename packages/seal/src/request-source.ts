import type { SectionName } from './span-sections.js';

/** What is known of where a request comes from. None of it is trusted more than the request. */
export interface RequestSource {
  /** Names the place in findings: a file, a line. Never a value of a span. */
  readonly name?: string;
  /**
   * For each span of the request, in order, the sections that the source's format cannot have kept whole, as
   * `parseStoredTraces()` of `@spanseal/otlp` says them. Where only those differ from what was sealed, the span is `changed`,
   * and that proves no tampering: the report is `incomplete` and not `tampered`.
   */
  readonly cuts?: readonly (readonly SectionName[])[];
}

/** Something of an input that could not be read. */
export interface UnreadableInput {
  /** A literal code. */
  readonly code: string;
  /** Where: never a value. */
  readonly path: string;
  readonly source?: string;
}
