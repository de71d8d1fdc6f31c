/** A 64-bit integer as two unsigned halves, two's complement; a scratch that its owner fills again and again. */
export class Int64 {
  low = 0;
  high = 0;

  /** Takes 0 … 2^64−1 as decimal text, safe integer or bigint; false when the value is none of these. */
  setUnsigned(value: unknown): boolean {
    if (typeof value === 'string') return this.#setDigits(value, 0);
    if (typeof value === 'number') return value >= 0 && this.#setNumber(value);
    return typeof value === 'bigint' && value >= 0n && value <= 0xffffffffffffffffn && this.#setBigint(value);
  }

  /** Takes −2^63 … 2^63−1 in the same spellings. */
  setSigned(value: unknown): boolean {
    if (typeof value === 'string') return this.#setSignedText(value);
    if (typeof value === 'number') return this.#setSmall(value) || this.#setNumber(value);
    return typeof value === 'bigint' && BigInt.asIntN(64, value) === value && this.#setBigint(value);
  }

  /** Takes seconds × 10^9 + nanoseconds, whole numbers of which the sum has at most 64 bits. */
  setTime(seconds: number, nanos: number): void {
    this.#setMagnitude(seconds, nanos);
  }

  unsignedText(): string {
    if (this.high <= 0x1fffff) return String(this.high * 0x100000000 + this.low);
    return String((BigInt(this.high) << 32n) | BigInt(this.low));
  }

  signedText(): string {
    if (this.high < 0x80000000) return this.unsignedText();
    this.#negate();
    return `-${this.unsignedText()}`;
  }

  /** Most integers: 0 … 2^31−1. */
  #setSmall(value: number): boolean {
    if ((value | 0) !== value || value < 0) return false;
    this.low = value;
    this.high = 0;
    return true;
  }

  #setNumber(value: number): boolean {
    if (!Number.isSafeInteger(value)) return false;
    this.#setMagnitude(0, Math.abs(value));
    if (value < 0) this.#negate();
    return true;
  }

  #setBigint(value: bigint): boolean {
    this.low = Number(value & 0xffffffffn);
    this.high = Number((value >> 32n) & 0xffffffffn);
    return true;
  }

  #setSignedText(text: string): boolean {
    const negative = text.charCodeAt(0) === 0x2d;
    if (!this.#setDigits(text, negative ? 1 : 0)) return false;
    if (this.high > 0x80000000 || (this.high === 0x80000000 && (this.low !== 0 || !negative))) return false;
    if (negative) this.#negate();
    return true;
  }

  /** 1 to 20 digits from `start` on. Leading zeros are taken, as the Collector does. */
  #setDigits(text: string, start: number): boolean {
    const length = text.length;
    if (length <= start || length > start + 20) return false;
    const split = Math.max(start, length - 9);
    let upper = 0;
    let lower = 0;
    for (let i = start; i < length; i++) {
      const digit = text.charCodeAt(i) - 0x30;
      if (!(digit >= 0 && digit <= 9)) return false;
      if (i < split) upper = upper * 10 + digit;
      else lower = lower * 10 + digit;
    }
    if (upper > 18446744073 || (upper === 18446744073 && lower > 709551615)) return false;
    this.#setMagnitude(upper, lower);
    return true;
  }

  /** upper × 10^9 + lower, exactly: the product is taken in two parts that a double holds. `%` of doubles is a slow call. */
  #setMagnitude(upper: number, lower: number): void {
    const top = Math.floor(upper / 0x10000) * 1e9;
    const rest = (upper & 0xffff) * 1e9 + lower;
    const sum = (top & 0xffff) * 0x10000 + rest;
    this.low = sum >>> 0;
    this.high = Math.floor(top / 0x10000) + Math.floor(sum / 0x100000000);
  }

  #negate(): void {
    this.low = -this.low >>> 0;
    this.high = (~this.high + (this.low === 0 ? 1 : 0)) >>> 0;
  }
}
