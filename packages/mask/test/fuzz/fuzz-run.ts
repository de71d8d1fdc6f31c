import { inspect, isDeepStrictEqual } from 'node:util';
import {
  type Attributes,
  type AttributeValue,
  createMasker,
  type Masker,
  type Policy,
} from '../../src/index.js';
import { textLength } from '../../src/text-length.js';
import { ReferenceMasker } from '../reference/reference-masker.js';
import { FuzzAttributes } from './fuzz-attributes.js';
import { fuzzEndpoint } from './fuzz-endpoint.js';
import { FUZZ_POLICIES } from './fuzz-policies.js';
import { Plants } from './plants.js';
import { Random } from './random.js';
import { smallest } from './smallest.js';

/**
 * What one value may cost: a floor, and a time per character, in milliseconds. Five times what the dearest values take on two free
 * cores: a machine that shares its cores is no fault of a value, and what is not linear is beyond any floor.
 */
const FLOOR = 10;
const PER_CHARACTER = 0.02;
/** What other processes, the compiler and the collector of garbage take, they do not take each time. */
const TRIES = 3;
const LAST_TRIES = 100;
const MOST_FAILURES = 20;
/** Of what is longer, in UTF-16 units, the slow reference reads each eighth only. */
const SHORT = 120;
const SAMPLE = 8;

/** What a run found. */
export interface FuzzReport {
  readonly values: number;
  /** Bags of attributes that the values were in, and those of them that went through the reference. */
  readonly bags: number;
  readonly compared: number;
  /** Values that reached a limit in the reference, which are not compared. */
  readonly limited: number;
  readonly masked: number;
  readonly planted: number;
  readonly longest: number;
  readonly failures: readonly string[];
}

/** A value that seemed slow. */
interface Suspect {
  readonly side: Side;
  readonly given: Attributes;
  readonly bound: number;
  readonly bag: number;
}

interface Side {
  readonly policy: Policy;
  readonly masker: Masker;
  readonly reference: ReferenceMasker;
}

/** Puts generated values through maskers that live as long as the run, and through the reference. */
export class FuzzRun {
  readonly #seed: number;
  readonly #random: Random;
  readonly #attributes: FuzzAttributes;
  readonly #plants: Plants;
  readonly #sides: readonly Side[];
  readonly #failures: string[] = [];
  readonly #suspects: Suspect[] = [];
  #bags = 0;
  #compared = 0;
  #limited = 0;
  #planted = 0;
  #longest = 0;

  constructor(seed: number, policies: readonly Policy[] = FUZZ_POLICIES) {
    this.#seed = seed;
    this.#random = new Random(seed);
    this.#attributes = new FuzzAttributes(this.#random);
    this.#plants = new Plants(this.#random);
    this.#sides = policies.map((policy) => ({
      policy,
      masker: createMasker(policy),
      reference: new ReferenceMasker(policy),
    }));
  }

  run(values: number): FuzzReport {
    while (this.#attributes.values < values && this.#failures.length < MOST_FAILURES) this.#step();
    this.#checkSuspects();
    for (const { masker, policy } of this.#sides) {
      const { faults } = masker.counters();
      if (faults > 0) this.#note('faults', { policy, faults });
    }
    const masked = this.#sides.reduce((sum, { masker }) => sum + masker.counters().masked, 0);
    return {
      values: this.#attributes.values,
      bags: this.#bags,
      compared: this.#compared,
      limited: this.#limited,
      masked,
      planted: this.#planted,
      longest: this.#longest,
      failures: this.#failures,
    };
  }

  #step(): void {
    this.#bags += 1;
    const random = this.#random;
    // The default policy is what most apps have.
    const side = this.#sides[random.once(2) ? 0 : random.int(this.#sides.length)] ?? this.#sides[0];
    if (side === undefined) return;
    const given = this.#attributes.next();
    try {
      this.#check(side, given);
      if (random.once(16)) this.#checkPlant();
      if (random.once(16)) this.#checkService(side);
    } catch (error) {
      this.#note('thrown', { policy: side.policy, given, error });
    }
  }

  #check(side: Side, given: Attributes): void {
    const started = performance.now();
    const masked = side.masker.attributes(given);
    const length = this.#checkTime(side, given, performance.now() - started);
    if (length <= SHORT || this.#random.once(SAMPLE)) this.#compare(side, given, masked);
    if (this.#random.once(2)) this.#checkTwice(side, given, masked);
  }

  #checkTwice(side: Side, given: Attributes, masked: Attributes): void {
    if (!isDeepStrictEqual(side.masker.attributes(masked), masked)) {
      const isUnsettled = (value: Attributes): boolean => {
        const masker = createMasker(side.policy);
        const once = masker.attributes(value);
        return !isDeepStrictEqual(masker.attributes(once), once);
      };
      const least = smallest(given, isUnsettled);
      const once = createMasker(side.policy).attributes(least);
      const twice = createMasker(side.policy).attributes(once);
      this.#note('not idempotent', { policy: side.policy, least, once, twice });
    }
  }

  #compare(side: Side, given: Attributes, masked: Attributes): void {
    this.#compared += 1;
    const { limits } = side.reference;
    const expected = side.reference.attributes(given);
    if (side.reference.limits > limits) {
      this.#limited += 1;
      return;
    }
    if (isDeepStrictEqual(masked, expected)) return;
    const differs = (value: Attributes): boolean =>
      !isDeepStrictEqual(
        createMasker(side.policy).attributes(value),
        new ReferenceMasker(side.policy).attributes(value),
      );
    const isRemembered = !differs(given);
    const least = isRemembered ? given : smallest(given, differs);
    this.#note(isRemembered ? 'different by memory' : 'different', {
      policy: side.policy,
      least,
      masked: isRemembered ? masked : createMasker(side.policy).attributes(least),
      expected: new ReferenceMasker(side.policy).attributes(least),
    });
  }

  #checkTime(side: Side, given: Attributes, millis: number): number {
    const length = Object.entries(given).reduce(
      (sum, [key, value]: [string, AttributeValue]) => sum + key.length + textLength(value, 1e9),
      0,
    );
    this.#longest = Math.max(this.#longest, length);
    const bound = FLOOR + length * PER_CHARACTER;
    if (millis <= bound || isQuick({ side, given, bound }, TRIES)) return length;
    this.#suspects.push({ side, given, bound, bag: this.#bags });
    return length;
  }

  /** Measured again when everything is compiled. */
  #checkSuspects(): void {
    for (const { bag, ...suspect } of this.#suspects) {
      if (isQuick(suspect, LAST_TRIES)) continue;
      const { side, given, bound } = suspect;
      this.#note(`slow (bag ${bag})`, { policy: side.policy, given, bound });
    }
  }

  #checkPlant(): void {
    const side = this.#sides[0];
    if (side === undefined) return;
    this.#planted += 1;
    const { secret, attributes } = this.#plants.next();
    const masked = side.masker.attributes(attributes);
    if (this.#plants.isLeft(secret, masked)) this.#note('planted secret left', { attributes, masked });
  }

  #checkService({ policy, masker, reference }: Side): void {
    const attributes = fuzzEndpoint(this.#random);
    const match = masker.sensitiveService(attributes);
    const expected = reference.sensitiveService(attributes);
    if (!isDeepStrictEqual(match, expected)) this.#note('service', { policy, attributes, match, expected });
  }

  #note(what: string, facts: object): void {
    const shown = inspect(facts, { depth: 12, maxStringLength: 2000, breakLength: 160 });
    this.#failures.push(`seed ${this.#seed}, bag ${this.#bags}: ${what}\n${shown}`);
  }
}

function isQuick({ side, given, bound }: Omit<Suspect, 'bag'>, tries: number): boolean {
  for (let left = tries; left > 0; left -= 1) {
    const started = performance.now();
    side.masker.attributes(given);
    if (performance.now() - started <= bound) return true;
  }
  return false;
}
