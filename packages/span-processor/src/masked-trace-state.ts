import type { TraceState } from './readable-span.js';

/** A trace state that is nothing but its masked text. Like every TraceState it is immutable: `set` gives another. */
export class MaskedTraceState implements TraceState {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  serialize(): string {
    return this.#text;
  }

  get(key: string): string | undefined {
    const member = this.#members().find((text) => text.startsWith(`${key}=`));
    return member?.slice(key.length + 1);
  }

  /** The new member comes first (W3C Trace Context, 3.5). */
  set(key: string, value: string): TraceState {
    return new MaskedTraceState([`${key}=${value}`, ...this.#without(key)].join(','));
  }

  unset(key: string): TraceState {
    return new MaskedTraceState(this.#without(key).join(','));
  }

  #members(): string[] {
    return this.#text.split(',').map((member) => member.trim());
  }

  #without(key: string): string[] {
    return this.#members().filter((member) => member !== '' && !member.startsWith(`${key}=`));
  }
}
