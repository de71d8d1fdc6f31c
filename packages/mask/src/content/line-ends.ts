/** Finds where lines of one text end. It remembers the last line, so that no line is searched again and again. */
export class LineEnds {
  readonly #text: string;
  #from = 0;
  #to = -1;

  constructor(text: string) {
    this.#text = text;
  }

  /** The offset of the line feed behind `at`, or the end of the text. */
  after(at: number): number {
    if (at < this.#from || at > this.#to) {
      const end = this.#text.indexOf('\n', at);
      this.#from = at;
      this.#to = end < 0 ? this.#text.length : end;
    }
    return this.#to;
  }
}
