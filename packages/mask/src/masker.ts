import { AttributeRow } from './attribute-row.js';
import type { Attributes, AttributeValue } from './attribute-value.js';
import type { SpanFacts } from './collector/redaction.js';
import type { CompiledPolicy } from './compiled-policy.js';
import type { ContentKind } from './content-kind.js';
import { type Counters, type SpanField, Tally } from './counters.js';
import type { Explanation } from './explanation.js';
import { type RenamedEntry, withFreeNames } from './free-names.js';
import { KeyMemory } from './key-memory.js';
import { KeyPlaces } from './key-places.js';
import type { Policy } from './policy.js';
import { readPolicy } from './policy-reader.js';
import { findSensitiveService } from './sensitive-service.js';
import { ServiceFilter } from './service-filter.js';
import type { ServiceMatch } from './service-rules.js';
import { stagedMasker } from './staged-masker.js';
import { ONE_LINE } from './text-context.js';
import { textLength } from './text-length.js';
import { TextMasker } from './text-masker.js';
import { fromEntries, isPlainNumber, ValueMasker } from './value-masker.js';

/** Masks text and attributes by a policy. No method throws, whatever comes: a fault inside blanks the value and counts. */
export interface Masker {
  /** Free text: a span name, an event name, a status message. `field` is what its hits count under. */
  text(value: string, field?: SpanField): string;
  /** The name of a span, of which the kind and attributes are known. Absent: as `text`. */
  spanName?(name: string, span: SpanFacts): string;
  /** One attribute without its neighbours. Undefined: a rule drops it. */
  attribute(key: string, value: AttributeValue): AttributeValue | undefined;
  /**
   * A bag of attributes: the same reference when nothing changed. Never changes its argument. `field` is what its hits count
   * under; bags of events and links share the limits `spanLength` and `places` with the bag of `span.attributes` before them.
   */
  attributes<T extends Attributes>(attributes: T, field?: SpanField): T;
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
  const compiled = readPolicy(policy === undefined ? {} : policy);
  const masker = new PolicyMasker(compiled, tally);
  const isStaged = compiled.redaction !== undefined || compiled.paths.length > 0;
  return isStaged ? stagedMasker(masker, { policy: compiled, tally }) : masker;
}

/** Keys are few and repeat; what does not is not remembered. */
const MEMO_KEYS = 4096;
const MEMO_KEY_LENGTH = 256;

class PolicyMasker implements Masker {
  readonly #policy: CompiledPolicy;
  readonly #tally: Tally;
  readonly #texts: TextMasker;
  readonly #values: ValueMasker;
  readonly #services: ServiceFilter;
  /** What may still be read of a span, in UTF-16 units. Its events and links share it with its attributes. */
  #left: number;
  readonly #row: AttributeRow;
  readonly #keyPlaces = new KeyPlaces((key) => this.#remembered(key));
  readonly #memory = new Map<string, KeyMemory>();

  constructor(policy: CompiledPolicy, tally: Tally) {
    this.#policy = policy;
    this.#tally = tally;
    this.#services = new ServiceFilter(policy.services);
    this.#left = policy.limits.spanLength;
    this.#texts = new TextMasker(policy, tally);
    this.#values = new ValueMasker(policy, { texts: this.#texts, tally });
    this.#row = new AttributeRow(this.#texts.rows, policy.limits.valueLength);
  }

  text(value: string, field?: SpanField): string {
    this.#tally.values += 1;
    this.#tally.field = field ?? 'other';
    const isPart = field === 'event.name' || field === 'status.message' || field === 'link.trace_state';
    if (isPart) this.#left -= typeof value === 'string' ? value.length : 0;
    else this.#texts.places.beginSpan();
    try {
      if (isPart && this.#left < 0) return this.#cut();
      this.#texts.attribute = undefined;
      const masked = typeof value === 'string' ? this.#texts.maskWhole(value, ONE_LINE) : value;
      return this.#changed(value, masked);
    } catch {
      return this.#fault();
    }
  }

  attribute(key: string, value: AttributeValue): AttributeValue | undefined {
    this.#tally.field = 'other';
    this.#texts.places.beginSpan();
    try {
      return this.#attribute(this.#remembered(key), key, value);
    } catch {
      return this.#fault();
    }
  }

  attributes<T extends Attributes>(attributes: T, field?: SpanField): T {
    this.#tally.field = field ?? 'other';
    const isPart = field === 'event.attributes' || field === 'link.attributes';
    if (!isPart) {
      this.#left = this.#policy.limits.spanLength;
      this.#texts.places.beginSpan();
    }
    try {
      return this.#attributes(attributes);
    } catch {
      this.#tally.faults += 1;
      return {} as T;
    }
  }

  sensitiveService(attributes: Attributes): ServiceMatch | undefined {
    try {
      if (!this.#services.mayMatch(attributes)) return undefined;
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

  #attribute(memory: KeyMemory, key: string, value: AttributeValue): AttributeValue | undefined {
    this.#tally.values += 1;
    if (memory.decision !== undefined) return this.#whole(memory, key, value);
    if (typeof value === 'string') return this.#text(memory, key, value);
    if (typeof value === 'boolean' || isPlainNumber(value)) return value;
    return this.#whole(memory, key, value);
  }

  #text(memory: KeyMemory, key: string, value: string): string | undefined {
    if (memory.isClean(value)) return value;
    this.#texts.attribute = key;
    this.#texts.dropped = false;
    this.#texts.places.beginAttribute();
    const masked = this.#texts.maskWhole(value, memory.context);
    if (this.#texts.dropped) return this.#drop();
    if (masked === value) memory.noteClean(value);
    else this.#tally.masked += 1;
    return masked;
  }

  /** A value of any type, or one that a rule hits by its key. */
  #whole({ judged, context }: KeyUse, key: string, value: AttributeValue): AttributeValue | undefined {
    this.#texts.attribute = key;
    this.#texts.dropped = false;
    this.#texts.places.beginAttribute();
    const masked = this.#values.mask(judged, value, context);
    if (this.#texts.dropped || (masked === undefined && value !== undefined)) return this.#drop();
    return this.#changed(value, masked);
  }

  #drop(): undefined {
    this.#tally.masked += 1;
    return undefined;
  }

  #attributes<T extends Attributes>(attributes: T): T {
    if (attributes === null || typeof attributes !== 'object') return attributes;
    const keys = Object.keys(attributes);
    this.#row.clear();
    let changes: Changes | undefined;
    for (let index = 0; index < keys.length; index += 1) {
      const key = keys[index] ?? '';
      let value: AttributeValue;
      let masked: AttributeValue | undefined;
      let name = key;
      try {
        const memory = this.#keyPlaces.at(index, key);
        name = memory.name;
        value = attributes[key];
        this.#left -= typeof value === 'string' ? value.length : textLength(value, Math.max(0, this.#left));
        if (this.#left >= 0 && typeof value === 'string' && this.#waits(memory, value)) continue;
        masked =
          this.#left < 0
            ? this.#overLimit(key, value)
            : memory.kind.is === 'statement' || memory.kind.is === 'command'
              ? this.#statement(memory, key, { value, attributes })
              : this.#attribute(memory, key, value);
      } catch {
        changes = this.#faulty(changes, key);
        continue;
      }
      if (masked !== value && !Object.is(masked, value)) changes = note(changes, key, masked);
      if (name !== key) {
        changes ??= { values: new Map(), reshaped: true };
        changes.reshaped = true;
      }
    }
    const open = this.#row.settle();
    for (let place = 0; place < open; place += 1) changes = this.#textChanges(place, changes);
    this.#row.clear();
    return changes === undefined ? attributes : this.#copy(attributes, keys, changes);
  }

  /** Whether a text is clean, or waits for the others of its bag. */
  #waits(memory: KeyMemory, text: string): boolean {
    if (!memory.isPlain || (!memory.isClean(text) && !this.#row.add(memory, text))) return false;
    this.#tally.values += 1;
    return true;
  }

  /** Masks a text that waited. */
  #textChanges(place: number, before: Changes | undefined): Changes | undefined {
    const memory = this.#row.memory(place);
    const text = this.#row.text(place);
    const { key } = memory;
    try {
      const masked = this.#text(memory, key, text);
      return masked === text ? before : note(before, key, masked);
    } catch {
      return this.#faulty(before, key);
    }
  }

  #faulty(before: Changes | undefined, key: string): Changes {
    const changes = note(before, key, this.#fault());
    changes.reshaped = true;
    return changes;
  }

  /** A statement is read as its neighbour, the name of the database, says; a command as its program does. */
  #statement(
    { judged, context: { kind } }: KeyMemory,
    key: string,
    { value, attributes }: { readonly value: AttributeValue; readonly attributes: Attributes },
  ): AttributeValue | undefined {
    this.#tally.values += 1;
    return this.#whole({ judged, context: { kind, dialect: dialectOf(attributes, kind.is) } }, key, value);
  }

  #copy<T extends Attributes>(attributes: T, keys: readonly string[], { values, reshaped }: Changes): T {
    if (!reshaped) {
      // A spread keeps the hidden class; adding or taking away members would not.
      const copy: { [key: string]: AttributeValue } = { ...attributes };
      for (const [key, value] of values) copy[key] = value;
      return copy as T;
    }
    const entries: RenamedEntry<AttributeValue>[] = [];
    for (const key of keys) {
      const value = values.has(key) ? values.get(key) : attributes[key];
      if (value !== undefined || attributes[key] === undefined)
        entries.push([key, this.#remembered(key).name, value]);
    }
    return fromEntries(withFreeNames(entries)) as T;
  }

  #remembered(key: string): KeyMemory {
    return this.#memory.get(key) ?? this.#remember(key);
  }

  #remember(key: string): KeyMemory {
    // A key is free text too: `a password=…` as a key holds what it would hold as a value.
    this.#texts.attribute = undefined;
    const name = this.#values.maskName(key);
    const judged = this.#values.judgedName(key, name, 'attribute');
    const decision = this.#texts.keys.decide(judged, 'attribute', undefined);
    const memory = new KeyMemory(key, { name, judged, decision });
    if (key.length > MEMO_KEY_LENGTH) return memory;
    if (this.#memory.size >= MEMO_KEYS) this.#memory.clear();
    this.#memory.set(key, memory);
    return memory;
  }

  #overLimit(key: string, value: AttributeValue): AttributeValue | undefined {
    const isText = typeof value === 'string' || (typeof value === 'object' && value !== null);
    if (!isText) return this.#attribute(this.#remembered(key), key, value);
    return this.#cut();
  }

  #cut(): string {
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

type KeyUse = Pick<KeyMemory, 'judged' | 'context'>;

interface Changes {
  readonly values: Map<string, AttributeValue | undefined>;
  /** Members are taken away or renamed, or cannot be read. */
  reshaped: boolean;
}

function note(changes: Changes | undefined, key: string, masked: AttributeValue | undefined): Changes {
  const noted = changes ?? { values: new Map(), reshaped: false };
  noted.values.set(key, masked);
  if (masked === undefined || key === '__proto__') noted.reshaped = true;
  return noted;
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

function dialectOf(attributes: Attributes, kind: ContentKind['is']): string | undefined {
  const system =
    kind === 'command'
      ? (attributes['process.executable.name'] ?? attributes['process.executable.path'])
      : (attributes['db.system.name'] ?? attributes['db.system']);
  return typeof system === 'string' && system.length <= 64 ? system.toLowerCase() : undefined;
}
