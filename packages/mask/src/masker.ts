import type { Attributes, AttributeValue } from './attribute-value.js';
import type { CompiledPolicy } from './compiled-policy.js';
import { type ContentKind, contentKind } from './content-kind.js';
import { type Counters, Tally } from './counters.js';
import type { Explanation } from './explanation.js';
import { withFreeNames } from './free-names.js';
import type { Policy } from './policy.js';
import { readPolicy } from './policy-reader.js';
import { findSensitiveService } from './sensitive-service.js';
import type { ServiceMatch } from './service-rules.js';
import { type TextContext, TextMasker } from './text-masker.js';
import { fromEntries, ValueMasker } from './value-masker.js';

/** Masks text and attributes by a policy. No method throws, whatever comes: a fault inside blanks the value and counts. */
export interface Masker {
  /** Free text: a span name, an event name, a status message. */
  text(value: string): string;
  /** One attribute without its neighbours. Undefined: a rule drops it. */
  attribute(key: string, value: AttributeValue): AttributeValue | undefined;
  /** A bag of attributes: the same reference when nothing changed. Never changes its argument. */
  attributes<T extends Attributes>(attributes: T): T;
  /** The sensitive service that a span with these attributes belongs to. */
  sensitiveService(attributes: Attributes): ServiceMatch | undefined;
  /** Which rule decides about a value, and why. Without a key the value is free text. */
  explain(key: string | undefined, value: AttributeValue): Explanation;
  /** Names and counts since the masker was made. */
  counters(): Counters;
}

/**
 * Compiles a policy into a masker. Without one: the preset `default`.
 *
 * @throws {PolicyError} ERR_SPANSEAL_POLICY with every fault of the policy.
 */
export function createMasker(policy?: Policy): Masker {
  const tally = new Tally();
  return new PolicyMasker(readPolicy(policy === undefined ? {} : policy), tally);
}

const TEXT: TextContext = { kind: { is: 'text', header: '', lines: 'one' } };

/** Keys are few and repeat; what does not is not remembered. */
const MEMO_KEYS = 4096;
const MEMO_KEY_LENGTH = 256;
/** Clean values that are remembered per key, and the longest of them. */
const CLEAN_VALUES = 8;
const CLEAN_LENGTH = 256;

class PolicyMasker implements Masker {
  readonly #policy: CompiledPolicy;
  readonly #tally: Tally;
  readonly #texts: TextMasker;
  readonly #values: ValueMasker;
  readonly #kinds = new Map<string, ContentKind>();
  readonly #names = new Map<string, string>();
  readonly #clean = new Map<string, string[]>();

  constructor(policy: CompiledPolicy, tally: Tally) {
    this.#policy = policy;
    this.#tally = tally;
    this.#texts = new TextMasker(policy, tally);
    this.#values = new ValueMasker(policy, { texts: this.#texts, tally });
  }

  text(value: string): string {
    this.#tally.values += 1;
    try {
      this.#texts.attribute = undefined;
      const masked = typeof value === 'string' ? this.#texts.maskWhole(value, TEXT) : value;
      return this.#changed(value, masked);
    } catch {
      return this.#fault();
    }
  }

  attribute(key: string, value: AttributeValue): AttributeValue | undefined {
    return this.#attribute(key, value, undefined);
  }

  attributes<T extends Attributes>(attributes: T): T {
    try {
      return this.#attributes(attributes);
    } catch {
      this.#tally.faults += 1;
      return {} as T;
    }
  }

  sensitiveService(attributes: Attributes): ServiceMatch | undefined {
    try {
      return findSensitiveService(this.#policy.services, attributes);
    } catch {
      this.#tally.faults += 1;
      return { service: 'unknown', preset: 'policy', rule: 'fault' };
    }
  }

  explain(key: string | undefined, value: AttributeValue): Explanation {
    const rules: string[] = [];
    this.#tally.trace = rules;
    try {
      const faults = this.#tally.faults;
      const decision =
        key === undefined ? undefined : this.#texts.keys.decide(String(key), 'attribute', undefined);
      const result =
        key === undefined && typeof value === 'string' ? this.text(value) : this.attribute(key ?? '', value);
      if (this.#tally.faults > faults) return { ...FAULT, rules, result };
      if (decision !== undefined && (decision.allowed || decision.action === 'keep')) {
        const reason = decision.allowed
          ? 'an allow rule exempts the name'
          : `the rule ${decision.rule} keeps it`;
        return { action: 'keep', rule: decision.rule, rules, reason, result };
      }
      if (decision !== undefined && rules[0] === decision.rule) {
        return {
          action: decision.action,
          rule: decision.rule,
          rules,
          reason: `the rule ${decision.rule} hits the name`,
          result,
        };
      }
      return { ...withoutKeyRule(rules), rules, result };
    } catch {
      return { ...FAULT, rules, result: this.#fault() };
    } finally {
      this.#tally.trace = undefined;
    }
  }

  counters(): Counters {
    return this.#tally.snapshot();
  }

  #attribute(key: string, value: AttributeValue, dialect: string | undefined): AttributeValue | undefined {
    this.#tally.values += 1;
    try {
      const cached = typeof value === 'string' && value.length <= CLEAN_LENGTH && dialect === undefined;
      if (cached && this.#isClean(key, value)) return value;
      const kind = this.#kind(key);
      this.#texts.attribute = key;
      this.#texts.dropped = false;
      const masked = this.#values.mask(key, value, { kind, dialect });
      if (masked === undefined && value !== undefined) this.#tally.masked += 1;
      if (cached && masked === value && !this.#texts.dropped) this.#clean.get(key)?.push(value);
      return this.#texts.dropped ? undefined : this.#changed(value, masked);
    } catch {
      return this.#fault();
    }
  }

  #attributes<T extends Attributes>(attributes: T): T {
    if (attributes === null || typeof attributes !== 'object') return attributes;
    const changes: Changes = { values: undefined, reshaped: false };
    const keys = Object.keys(attributes);
    let dialect: string | undefined;
    let left = this.#policy.limits.spanLength;
    for (const key of keys) {
      if (key === 'db.query.text' || key === 'db.statement') dialect ??= dialectOf(attributes);
      let value: AttributeValue;
      try {
        value = attributes[key];
      } catch {
        changes.reshaped = true;
        note(changes, key, this.#fault());
        continue;
      }
      left -= lengthOf(value);
      const masked = left < 0 ? this.#overLimit(key, value) : this.#attribute(key, value, dialect);
      if (!Object.is(masked, value)) note(changes, key, masked);
      if (this.#name(key) !== key) changes.reshaped = true;
    }
    return this.#copy(attributes, keys, changes);
  }

  #copy<T extends Attributes>(attributes: T, keys: readonly string[], { values, reshaped }: Changes): T {
    if (!reshaped) {
      // A spread keeps the hidden class; adding or taking away members would not.
      return values === undefined ? attributes : Object.assign({ ...attributes }, fromEntries([...values]));
    }
    const entries: [string, AttributeValue][] = [];
    for (const key of keys) {
      const value = values?.has(key) === true ? values.get(key) : attributes[key];
      if (value !== undefined || attributes[key] === undefined) entries.push([this.#name(key), value]);
    }
    return fromEntries(withFreeNames(entries)) as T;
  }

  /** Values of an attribute repeat: what was clean a moment ago is clean now. */
  #isClean(key: string, value: string): boolean {
    const values = this.#clean.get(key);
    if (values === undefined) {
      this.#remember(this.#clean, key, []);
      return false;
    }
    for (let index = 0; index < values.length; index += 1) if (values[index] === value) return true;
    if (values.length >= CLEAN_VALUES) values.length = 0;
    return false;
  }

  #kind(key: string): ContentKind {
    return this.#kinds.get(key) ?? this.#remember(this.#kinds, key, contentKind(key));
  }

  /** The key with what is a secret in itself masked. */
  #name(key: string): string {
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    // A key is free text too: `a password=…` as a key holds what it would hold as a value.
    this.#texts.attribute = undefined;
    return this.#remember(this.#names, key, this.#maskName(this.#values.maskKey(key)));
  }

  #maskName(name: string): string {
    // Without detectors nothing but an assignment can stand in a name.
    if (name.length > MEMO_KEY_LENGTH && this.#texts.values.idle && !/[=:]/.test(name)) return name;
    return this.#texts.maskWhole(name, TEXT);
  }

  #remember<V>(memo: Map<string, V>, key: string, value: V): V {
    if (key.length > MEMO_KEY_LENGTH) return value;
    if (memo.size >= MEMO_KEYS) memo.clear();
    memo.set(key, value);
    return value;
  }

  #overLimit(key: string, value: AttributeValue): AttributeValue | undefined {
    const isText = typeof value === 'string' || (typeof value === 'object' && value !== null);
    if (!isText) return this.#attribute(key, value, undefined);
    this.#tally.limits += 1;
    return this.#policy.mask;
  }

  #changed<V>(value: V, masked: V): V {
    if (!Object.is(masked, value)) this.#tally.masked += 1;
    return masked;
  }

  #fault(): string {
    this.#tally.faults += 1;
    return this.#policy.mask;
  }
}

interface Changes {
  values: Map<string, AttributeValue | undefined> | undefined;
  /** Members are taken away or renamed, or cannot be read. */
  reshaped: boolean;
}

function note(changes: Changes, key: string, masked: AttributeValue | undefined): void {
  changes.values ??= new Map();
  changes.values.set(key, masked);
  if (masked === undefined) changes.reshaped = true;
}

const FAULT = {
  action: 'mask',
  rule: undefined,
  reason: 'a fault inside the masker blanked the value',
} as const;

function withoutKeyRule(rules: readonly string[]): Pick<Explanation, 'action' | 'rule' | 'reason'> {
  const rule = rules[0];
  if (rule === undefined)
    return { action: 'keep', rule, reason: 'no rule hits the name, and nothing in the value is sensitive' };
  return { action: 'redact-match', rule, reason: `the rule ${rule} hits inside the value` };
}

function lengthOf(value: AttributeValue): number {
  return typeof value === 'string' ? value.length : 8;
}

function dialectOf(attributes: Attributes): string | undefined {
  const system = attributes['db.system.name'] ?? attributes['db.system'];
  return typeof system === 'string' && system.length <= 64 ? system.toLowerCase() : undefined;
}
