import type { ContentRules } from '../content-rules.js';

/** What members of an object call their sibling, and those of the objects around it: another object may stand before a value. */
export class SiblingNames {
  readonly #rules: ContentRules;
  readonly #around: string[] = [];
  #awaited = 0;
  /** In the object that is being read, or ''. */
  last = '';
  #isHit = false;

  constructor(rules: ContentRules) {
    this.#rules = rules;
  }

  /** Whether a value may still come that was named. */
  get isAwaiting(): boolean {
    return this.last !== '' || this.#awaited > 0;
  }

  /** Only a name that a rule hits is worth to be remembered: most names of things stand before objects. */
  enter(): void {
    if (this.#isHit) this.#awaited += 1;
    this.#around.push(this.#isHit ? this.last : '');
    this.last = '';
    this.#isHit = false;
  }

  leave(): void {
    this.last = this.#around.pop() ?? '';
    this.#isHit = this.last !== '';
    if (this.#isHit) this.#awaited -= 1;
  }

  /** A name that no rule hits takes no other one away: `"name":"password","type":"text"`. */
  note(name: string): void {
    if (name === '') return;
    const isHit = this.#rules.maskForName(name, 'member', this.#rules.mask) !== undefined;
    if (!isHit && this.last !== '') return;
    this.last = name;
    this.#isHit = isHit;
  }
}
