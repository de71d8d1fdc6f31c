import type { KeyMemory } from './key-memory.js';
import { TextRow } from './scan/text-row.js';

/** Longer texts are walked alone. In UTF-16 units. */
const LONGEST = 512;

/** What scans a row of texts. */
export interface RowScanner {
  scanRow(row: TextRow): void;
}

/** Texts of attributes that wait for each other: one walk finds those of them that nothing of a policy can touch. */
export class AttributeRow {
  readonly #scanner: RowScanner | undefined;
  readonly #longest: number;
  readonly #row = new TextRow();
  /** Of each text of the row, its key's; what stands behind them is of a row before. */
  readonly #memories: KeyMemory[] = [];

  /**
   * @param scanner undefined when every text must be read by itself.
   * @param longest the policy's limit for the length of a value.
   */
  constructor(scanner: RowScanner | undefined, longest: number) {
    this.#scanner = scanner;
    this.#longest = scanner === undefined ? -1 : Math.min(longest, LONGEST);
  }

  /** Of a bag that could not be read to its end, nothing stays. */
  clear(): void {
    if (this.#row.count > 0) this.#row.clear();
  }

  /** @param memory of a key under which nothing but what a text holds can mask it. @returns false for a text that must be read by itself. */
  add(memory: KeyMemory, text: string): boolean {
    if (text.length > this.#longest || !this.#row.add(text)) return false;
    this.#memories[this.#row.count - 1] = memory;
    return true;
  }

  /** Gives the number of texts that may have to be masked, which then are the first ones of the row. */
  settle(): number {
    const row = this.#row;
    const { count } = row;
    // A single text is scanned where it is read.
    if (count < 2) return count;
    this.#scanner?.scanRow(row);
    let open = 0;
    for (let place = 0; place < count; place += 1) {
      const memory = this.memory(place);
      if (row.isClean(place)) memory.noteClean(row.text(place));
      else {
        row.move(place, open);
        this.#memories[open] = memory;
        open += 1;
      }
    }
    return open;
  }

  memory(place: number): KeyMemory {
    return this.#memories[place] as KeyMemory;
  }

  text(place: number): string {
    return this.#row.text(place);
  }
}
