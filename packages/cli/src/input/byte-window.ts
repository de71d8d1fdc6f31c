/** Bytes of an input that are looked at now: a part of it that moves forward, so that an input of any length takes little memory. */
export class ByteWindow {
  #buffer: Buffer = Buffer.allocUnsafe(512 * 1024);
  #start = 0;
  #end = 0;
  readonly #chunks: AsyncIterator<Uint8Array>;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Bytes in the window. */
  get length(): number {
    return this.#end - this.#start;
  }

  /** The bytes in the window, until it grows or moves the next time. */
  get bytes(): Buffer {
    return this.#buffer.subarray(this.#start, this.#end);
  }

  /** Grows by some bytes; false at the end of the input. */
  async grow(): Promise<boolean> {
    const { value, done } = await this.#chunks.next();
    if (done || value === undefined) return false;
    this.#makeRoom(value.length);
    this.#buffer.set(value, this.#end);
    this.#end += value.length;
    return true;
  }

  /** Grows to so many bytes; false when the input has not as many. */
  async growTo(length: number): Promise<boolean> {
    while (this.length < length) if (!(await this.grow())) return false;
    return true;
  }

  /** Moves forward. */
  pass(length: number): void {
    this.#start += length;
  }

  /** Moves forward over bytes that need not be in the window; false when the input has not as many. */
  async passOver(length: number): Promise<boolean> {
    let rest = length;
    while (rest > this.length) {
      rest -= this.length;
      this.pass(this.length);
      if (!(await this.grow())) return rest === 0;
    }
    this.pass(rest);
    return true;
  }

  /** What the window holds, and all that comes after it. The window is of no use then. */
  async *rest(): AsyncGenerator<Uint8Array> {
    yield this.bytes;
    for (;;) {
      const { value, done } = await this.#chunks.next();
      if (done || value === undefined) return;
      yield value;
    }
  }

  #makeRoom(length: number): void {
    if (this.#end + length <= this.#buffer.length) return;
    const needed = this.length + length;
    // Twice the room, so that the bytes of a long request are moved a bounded number of times.
    const room = needed > this.#buffer.length / 2 ? Buffer.allocUnsafe(2 * needed) : this.#buffer;
    this.#buffer.copy(room, 0, this.#start, this.#end);
    [this.#buffer, this.#end, this.#start] = [room, this.length, 0];
  }
}
