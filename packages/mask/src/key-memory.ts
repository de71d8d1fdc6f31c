import { type ContentKind, contentKind, READ_ALWAYS } from './content-kind.js';
import type { KeyDecision } from './key-rules.js';
import type { TextContext } from './text-context.js';

/** Longest value that is remembered as clean. In UTF-16 units. */
const CLEAN_LENGTH = 256;
/** Values that are compared before it shows whether they repeat. */
const TRIAL = 64;

/** What is known of one attribute key. */
export interface KeyFacts {
  /** The key with what is a secret in itself masked. */
  readonly name: string;
  /** Of the two, the one that rules on names decide by. */
  readonly judged: string;
  readonly decision: KeyDecision | undefined;
}

/** Remembers what is decided about one attribute key, and the last values under it that were clean. */
export class KeyMemory {
  readonly key: string;
  readonly name: string;
  readonly judged: string;
  readonly decision: KeyDecision | undefined;
  readonly kind: ContentKind;
  readonly context: TextContext;
  /** Whether nothing but what it holds can mask a text under the key. */
  readonly isPlain: boolean;
  // Four fields: an array would cost a third of the look-up.
  #first: string | undefined;
  #second: string | undefined;
  #third: string | undefined;
  #fourth: string | undefined;
  #turn = 0;
  #hits = 0;
  #misses = 0;
  /** True when values under this key do not repeat: then they are not worth comparing. */
  #retired = false;

  constructor(key: string, { name, judged, decision }: KeyFacts) {
    this.key = key;
    this.name = name;
    this.judged = judged;
    this.decision = decision;
    this.kind = contentKind(key);
    this.context = { kind: this.kind };
    this.isPlain = decision === undefined && name === key && !READ_ALWAYS.has(this.kind.is);
  }

  /** Whether the value was clean a moment ago: then it is clean now. */
  isClean(value: string): boolean {
    if (this.#retired) return false;
    const known =
      value === this.#first || value === this.#second || value === this.#third || value === this.#fourth;
    if (known) this.#hits += 1;
    return known;
  }

  /** Remembers a value that came out as it went in. */
  noteClean(value: string): void {
    if (this.#retired || value.length > CLEAN_LENGTH) return;
    this.#misses += 1;
    if (this.#misses === TRIAL) this.#review();
    this.#turn = (this.#turn + 1) & 3;
    if (this.#turn === 0) this.#first = value;
    else if (this.#turn === 1) this.#second = value;
    else if (this.#turn === 2) this.#third = value;
    else this.#fourth = value;
  }

  #review(): void {
    this.#retired = this.#hits < this.#misses;
    this.#hits = 0;
    this.#misses = 0;
  }
}
