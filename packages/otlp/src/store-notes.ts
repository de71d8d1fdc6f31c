import type { StoreNote, StoreNoteCode } from './stored-traces.js';

/** Counts notes by code, with the first place of each: an answer can give as many reasons as it has spans. */
export class StoreNotes {
  readonly #byCode = new Map<StoreNoteCode, { code: StoreNoteCode; path: string; count: number }>();

  add(code: StoreNoteCode, path: string): void {
    const note = this.#byCode.get(code);
    if (note === undefined) this.#byCode.set(code, { code, path, count: 1 });
    else note.count += 1;
  }

  list(): readonly StoreNote[] {
    return [...this.#byCode.values()];
  }
}
