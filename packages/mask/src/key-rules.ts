import type { NamePlace } from './content-rules.js';
import type { NameWithin } from './name-within.js';
import type { Action } from './policy.js';
import type { TriggerWord } from './scan/trigger-word.js';

/** A rule on names, compiled. */
export interface CompiledKeyRule {
  readonly name: string;
  readonly action: Exclude<Action, 'redact-match'>;
  /** Set when the rule is a plain search for this ASCII text in lower case. */
  readonly literal?: string;
  /** Words of which every name that the rule hits holds one; undefined when none can be told. */
  readonly triggers: readonly TriggerWord[] | undefined;
  /** Set when the rule is for names nested in certain attributes only. */
  readonly within?: NameWithin;
  /** Set when the rule is not for names nested in certain attributes. */
  readonly outside?: NameWithin;
  /** Set when the rule is for attributes as a whole, whatever their type. */
  readonly whole?: boolean;
  /** Set when the rule judges a name by its words: an object under it may only tell about a secret. */
  readonly judgesWords?: boolean;
  /** Set when the name alone does not tell: whether the rule hits a value under it. */
  readonly holds?: (value: string) => boolean;
  /** True, or the name of the finer rule that hit. */
  test(name: string, place: NamePlace): boolean | string;
}

export interface KeyDecision {
  readonly action: CompiledKeyRule['action'];
  readonly rule: string;
  /** True when an allow rule exempts the name. */
  readonly allowed: boolean;
  /** True when a value of any type is replaced as one. */
  readonly whole: boolean;
  /** As of the rule. */
  readonly judgesWords: boolean;
  /** As of the rule. */
  readonly holds: ((value: string) => boolean) | undefined;
}

interface KeyRuleOptions {
  readonly rules: readonly CompiledKeyRule[];
  readonly allowed: (name: string) => boolean;
}

/** Longer names are decided anew each time: they do not repeat, and would fill the memory. In UTF-16 units. */
const MEMO_NAME_LENGTH = 256;
const MEMO_ENTRIES = 4096;

/** The rules on names, first match wins, with a bounded memory of decisions. */
export class KeyRules {
  readonly #rules: readonly CompiledKeyRule[];
  readonly #allowed: (name: string) => boolean;
  readonly #literals: RegExp | undefined;
  readonly #nested: boolean;
  readonly #memo = new Map<NamePlace, Map<string, KeyDecision | null>>();
  #entries = 0;

  constructor({ rules, allowed }: KeyRuleOptions) {
    this.#rules = rules;
    this.#allowed = allowed;
    this.#nested = rules.some((rule) => rule.within !== undefined || rule.outside !== undefined);
    const literals = rules.flatMap(({ literal }) => (literal === undefined ? [] : [literal]));
    this.#literals = literals.length === 0 ? undefined : alternation(literals);
  }

  /**
   * @param name attacker-controlled, any length.
   * @param attribute key of the attribute in whose value the name stands, or undefined at the top.
   */
  decide(name: string, place: NamePlace, attribute: string | undefined): KeyDecision | undefined {
    if (this.#rules.length === 0) return undefined;
    if (name.length > MEMO_NAME_LENGTH || (this.#nested && attribute !== undefined)) {
      return this.#decideAnew(name, place, attribute);
    }
    let decisions = this.#memo.get(place);
    if (decisions === undefined) {
      decisions = new Map();
      this.#memo.set(place, decisions);
    }
    const known = decisions.get(name);
    if (known !== undefined) return known === null ? undefined : known;
    const decision = this.#decideAnew(name, place, attribute);
    if (this.#entries >= MEMO_ENTRIES) this.#forget();
    this.#entries += 1;
    decisions.set(name, decision ?? null);
    return decision;
  }

  #forget(): void {
    for (const decisions of this.#memo.values()) decisions.clear();
    this.#entries = 0;
  }

  #decideAnew(name: string, place: NamePlace, attribute: string | undefined): KeyDecision | undefined {
    const mayHoldLiteral = this.#literals?.test(name) ?? false;
    for (const rule of this.#rules) {
      if (rule.literal !== undefined && !mayHoldLiteral) continue;
      const judged = judgedName(rule, { name, place, attribute });
      const hit = judged !== undefined && rule.test(judged, place);
      if (hit === false) continue;
      return {
        action: rule.action,
        rule: hit === true ? rule.name : hit,
        allowed: this.#allowed(name),
        whole: rule.whole === true,
        judgesWords: rule.judgesWords === true,
        holds: rule.holds,
      };
    }
    return undefined;
  }
}

/** The name that a rule looks at: the part of a key that is nested in its attributes, or the name itself. */
function judgedName(
  { within, outside, whole }: CompiledKeyRule,
  {
    name,
    place,
    attribute,
  }: { readonly name: string; readonly place: NamePlace; readonly attribute: string | undefined },
): string | undefined {
  if (whole === true && place !== 'attribute') return undefined;
  if (
    outside !== undefined &&
    (attribute === undefined ? outside.nestedName(name) : outside.holds(attribute))
  )
    return undefined;
  if (within === undefined) return name;
  if (attribute === undefined) return place === 'attribute' ? within.nestedName(name) : undefined;
  return within.holds(attribute) ? name : undefined;
}

function alternation(literals: readonly string[]): RegExp {
  // A literal that holds another one adds nothing to the search.
  const shortest = literals.filter(
    (text) => !literals.some((other) => other !== text && text.includes(other)),
  );
  const escaped = [...new Set(shortest)].map((text) => text.replace(/[\\^$.|?*+()[\]{}/-]/g, '\\$&'));
  // Two foreign letters have ASCII in their lower case, where `i` does not look for them.
  return new RegExp([...escaped, '\u0130', '\u212a'].join('|'), 'i');
}
