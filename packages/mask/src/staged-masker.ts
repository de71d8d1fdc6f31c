import type { Attributes, AttributeValue } from './attribute-value.js';
import { Redaction, type SpanFacts } from './collector/redaction.js';
import type { CompiledPolicy } from './compiled-policy.js';
import type { Counters, SpanField, Tally } from './counters.js';
import type { Explanation } from './explanation.js';
import type { Masker } from './masker.js';
import { MemberPaths } from './member-paths.js';
import type { ServiceMatch } from './service-rules.js';
import { fromEntries } from './value-masker.js';

interface StagedPolicy {
  readonly policy: CompiledPolicy;
  readonly tally: Tally;
}

/** A masker that does what a policy has done before its rules, and hands on to the one that has the rules. */
export function stagedMasker(next: Masker, staged: StagedPolicy): Masker {
  return new StagedMasker(next, staged);
}

/** What few policies have, done before the rules of all policies: the redaction processor's configuration, and paths. */
class StagedMasker implements Masker {
  readonly #next: Masker;
  readonly #mask: string;
  readonly #tally: Tally;
  readonly #redaction: Redaction | undefined;
  readonly #paths: MemberPaths | undefined;
  /** The policy has no rules of its own, so that nothing is left to be done behind the stages. */
  readonly #isLast: boolean;

  constructor(next: Masker, { policy, tally }: StagedPolicy) {
    const { mask, limits, redaction, paths } = policy;
    this.#next = next;
    this.#mask = mask;
    this.#tally = tally;
    this.#redaction =
      redaction === undefined ? undefined : new Redaction(redaction, { tally, longest: limits.valueLength });
    const rules = [policy.keys, policy.detectors, policy.values];
    this.#isLast = !policy.escapesControls && rules.every(({ length }) => length === 0);
    this.#paths = paths.length === 0 ? undefined : new MemberPaths(paths, { mask, tally });
  }

  text(value: string, field?: SpanField): string {
    this.#tally.field = field ?? 'other';
    const staged = this.#attempt(() => this.#masked(value), this.#mask);
    const text = typeof staged === 'string' ? staged : this.#mask;
    return this.#isLast ? this.#counted(value, text) : this.#next.text(text, field);
  }

  spanName(name: string, span: SpanFacts): string {
    this.#tally.field = 'span.name';
    const renamed = this.#attempt(() => this.#redaction?.spanName(name, span) ?? name, this.#mask);
    return this.text(renamed, 'span.name');
  }

  attribute(key: string, value: AttributeValue): AttributeValue | undefined {
    this.#tally.field = 'other';
    const staged = this.#attempt(() => this.#redacted(key, value), { value: this.#mask });
    if (staged === undefined) return this.#counted(value, undefined);
    return this.#isLast ? this.#counted(value, staged.value) : this.#next.attribute(key, staged.value);
  }

  attributes<T extends Attributes>(attributes: T, field?: SpanField): T {
    this.#tally.field = field ?? 'other';
    const staged = this.#attempt(() => this.#stagedBag(attributes), {} as T);
    if (!this.#isLast) return this.#next.attributes(staged, field);
    for (const key in staged) this.#counted(attributes[key], staged[key]);
    return staged;
  }

  sensitiveService(attributes: Attributes): ServiceMatch | undefined {
    return this.#next.sensitiveService(attributes);
  }

  explain(key: string | undefined, value: AttributeValue): Explanation {
    const rules: string[] = [];
    this.#tally.trace = rules;
    const staged = this.#attempt(
      () => (key === undefined ? { value: this.#masked(value) } : this.#redacted(key, value)),
      { value: this.#mask },
    );
    this.#tally.trace = undefined;
    const [rule] = rules;
    if (rule === undefined && staged !== undefined) return this.#next.explain(key, staged.value);
    const result = staged === undefined ? undefined : this.#next.explain(key, staged.value).result;
    const action = staged === undefined ? 'drop' : 'mask';
    return { action, rule, rules, reason: `the rule ${rule} decides`, result };
  }

  counters(): Counters {
    return this.#next.counters();
  }

  /** Undefined: the redaction deletes the attribute. */
  #redacted(key: string, value: AttributeValue): { readonly value: AttributeValue } | undefined {
    if (this.#redaction === undefined) return { value: this.#masked(value) };
    const redacted = this.#redaction.attribute(key, value);
    return redacted === undefined && value !== undefined ? undefined : { value: this.#masked(redacted) };
  }

  #stagedBag<T extends Attributes>(attributes: T): T {
    if (attributes === null || typeof attributes !== 'object') return attributes;
    const redacted = this.#redaction?.attributes(attributes) ?? attributes;
    if (this.#paths === undefined) return redacted;
    const entries = Object.keys(redacted).map((key) => [key, this.#masked(redacted[key])] as const);
    return entries.every(([key, value]) => Object.is(value, redacted[key]))
      ? redacted
      : (fromEntries(entries) as T);
  }

  #masked(value: AttributeValue): AttributeValue {
    return this.#paths?.mask(value) ?? value;
  }

  #counted<V>(value: unknown, masked: V): V {
    this.#tally.values += 1;
    if (!Object.is(masked, value)) this.#tally.masked += 1;
    return masked;
  }

  #attempt<V>(action: () => V, otherwise: V): V {
    try {
      return action();
    } catch {
      this.#tally.faults += 1;
      return otherwise;
    }
  }
}
