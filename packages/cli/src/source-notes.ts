import type { StoreNoteCode } from '@spanseal/otlp';

/** What a source cannot say, or says in two ways, about the spans that it gave. */
export interface SourceNote {
  readonly file: string;
  readonly code: StoreNoteCode;
  /** Where it was first seen. */
  readonly path: string;
  /** In how many places. */
  readonly count: number;
  readonly message: string;
}

const messages: Readonly<Record<StoreNoteCode, string>> = {
  STORE_MICROSECONDS:
    'this source stores microseconds: a span that was sealed with nanoseconds cannot be verified from it',
  STORE_TEXT: 'texts that can have been a list, a map or no value: this source keeps those as text',
  STORE_LINKS: 'links without what they carried: this source keeps their ids only',
  STORE_NO_PLACE:
    'what the store says itself (warnings, flags, metrics) is no part of a span, and was left out',
  STORE_AMBIGUOUS: 'a name that the store uses itself stands twice: the first one was taken for the store’s',
  STORE_FILLED_IN: 'a service name that the store filled in where there was none',
  STORE_PARTIAL: 'the store says that it did not give all',
  STORE_ERRORS: 'the store answered with errors',
};

/** The notes on all inputs, by file and code. */
export class SourceNotes {
  readonly #notes = new Map<string, { -readonly [name in keyof SourceNote]: SourceNote[name] }>();

  add(note: Omit<SourceNote, 'message'>): void {
    const name = `${note.file}\n${note.code}`;
    const known = this.#notes.get(name);
    if (known !== undefined) known.count += note.count;
    else this.#notes.set(name, { ...note, message: messages[note.code] });
  }

  list(): readonly SourceNote[] {
    return [...this.#notes.values()];
  }
}
