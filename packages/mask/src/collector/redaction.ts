import type { Attributes, AttributeValue } from '../attribute-value.js';
import type { Tally } from '../counters.js';
import type { LinearPattern } from '../linear-pattern.js';
import { fromEntries } from '../value-masker.js';
import type { CompiledRedaction } from './compiled-redaction.js';
import { DatabaseObfuscation } from './db-obfuscation.js';
import { replaceMatches } from './matched-text.js';
import { type Outcome, RedactionSummary } from './redaction-summary.js';
import { clusterUrl } from './url-clusters.js';
import { valueText } from './value-text.js';

/** What is known of a span beside its name. */
export interface SpanFacts {
  /** As `SpanKind` of the OpenTelemetry API: 0 internal, 1 server, 2 client, 3 producer, 4 consumer. */
  readonly kind: number;
  readonly attributes: Attributes;
}

const INTERNAL = 0;
const SERVER = 1;
const CLIENT = 2;
const HTTP_KEYS = [
  'http.route',
  'http.request.method',
  'http.request.method_original',
  'http.response.status_code',
  'url.full',
  'http.scheme',
  'http.target',
  'http.method',
  'http.url',
];

/**
 * Does what the Collector's redaction processor does to one bag of attributes and to span names.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/redactionprocessor
 */
export class Redaction {
  readonly #config: CompiledRedaction;
  readonly #tally: Tally;
  readonly #statements: DatabaseObfuscation;
  /** Longest text that is looked at, in UTF-16 units. What lies behind is masked. */
  readonly #longest: number;

  constructor(config: CompiledRedaction, { tally, longest }: { tally: Tally; longest: number }) {
    this.#config = config;
    this.#tally = tally;
    this.#longest = longest;
    this.#statements = new DatabaseObfuscation(config.statements.sanitizers, config.statements.withoutSystem);
  }

  /** The same reference when nothing changed. */
  attributes<T extends Attributes>(attributes: T): T {
    const system = databaseSystem(attributes);
    const summary = new RedactionSummary(this.#config.summary);
    const kept: [string, AttributeValue][] = [];
    let changed = false;
    for (const key of Object.keys(attributes)) {
      const value = attributes[key];
      const { outcome, result } = this.#judge(key, value, system);
      if (outcome !== undefined) summary.note(outcome, key);
      if (outcome !== 'redacted') kept.push([key, result]);
      if (outcome === 'redacted' || outcome === 'masked') changed = true;
    }
    const masked = changed ? fromEntries(kept) : attributes;
    const told = summary.entries(masked);
    if (told.length === 0) return masked as T;
    // A member that is set again keeps its place.
    return fromEntries([...kept, ...told]) as T;
  }

  /** One attribute without its neighbours. Undefined: its key is not allowed. */
  attribute(key: string, value: AttributeValue): AttributeValue | undefined {
    const { outcome, result } = this.#judge(key, value, '');
    return outcome === 'redacted' ? undefined : result;
  }

  /** The name with URLs and statements in it sanitised, as far as the configuration wants it. */
  spanName(name: string, span: SpanFacts): string {
    const { allowedValues, urls, statements } = this.#config;
    if (name.length > this.#longest) return this.#cut(name, (text) => this.spanName(text, span));
    if (matchesAny(allowedValues, name)) return name;
    const { kind, attributes } = span;
    if (urls?.spanNames === true && (kind === CLIENT || kind === SERVER)) {
      const isUrl = name.includes('/') || HTTP_KEYS.some((key) => attributes[key] !== undefined);
      const clustered = isUrl ? clusterUrl(name) : name;
      if (clustered !== name && !isAllStars(clustered)) return this.#renamed(name, clustered);
    }
    if (statements.sanitizers.length === 0 || !statements.spanNames) return name;
    if (kind !== CLIENT && kind !== SERVER && kind !== INTERNAL) return name;
    return this.#renamed(name, this.#statements.spanName(name, databaseSystem(attributes)));
  }

  #renamed(name: string, candidate: string): string {
    if (candidate === '' || candidate === '...' || candidate === name) return name;
    this.#tally.hit('redaction:span_name');
    return candidate;
  }

  #judge(
    key: string,
    value: AttributeValue,
    system: string,
  ): { readonly outcome: Outcome | undefined; readonly result: AttributeValue } {
    const config = this.#config;
    if (config.ignoredKeys.has(key) || matchesAny(config.ignoredKeyPatterns, key)) {
      return { outcome: 'ignored', result: value };
    }
    if (config.allowedKeys?.has(key) === false) return this.#hit('allowed_keys', 'redacted', undefined);
    const text = this.#textOf(value);
    if (text === undefined) return { outcome: 'masked', result: '****' };
    if (matchesAny(config.allowedValues, text)) return { outcome: 'allowed', result: value };
    if (matchesAny(config.blockedKeyPatterns, key)) {
      // The processor masks with the pattern `.*`, which stops at line breaks.
      const masked = text.split('\n').map(config.mask).join('\n');
      return this.#hit('blocked_key_patterns', 'masked', masked);
    }
    const processed = this.#process(text, key, system);
    return processed === text
      ? { outcome: undefined, result: value }
      : { outcome: 'masked', result: processed };
  }

  /** Undefined for a value that cannot be written as text. */
  #textOf(value: AttributeValue): string | undefined {
    if (typeof value === 'string') return value;
    if (!this.#config.allTypes) return '';
    try {
      return valueText(value);
    } catch {
      this.#tally.faults += 1;
      return undefined;
    }
  }

  #hit<O extends Outcome>(
    rule: string,
    outcome: O,
    result: AttributeValue,
  ): { outcome: O; result: AttributeValue } {
    this.#tally.hit(`redaction:${rule}`);
    return { outcome, result };
  }

  #process(text: string, key: string, system: string): string {
    if (text.length > this.#longest) return this.#cut(text, (head) => this.#process(head, key, system));
    const { blockedValues, mask, urls } = this.#config;
    let result = text;
    for (const pattern of blockedValues) {
      if (!pattern.test(result)) continue;
      result = replaceMatches(result, pattern, mask);
      this.#tally.hit('redaction:blocked_values');
    }
    const value = result;
    if (value !== '' && urls?.attributes.has(key) === true) result = clusterUrl(value);
    if (result !== value) this.#tally.hit('redaction:url_sanitizer');
    const obfuscated = this.#statements.attribute(key, result, system);
    if (obfuscated !== result) this.#tally.hit('redaction:db_sanitizer');
    return obfuscated;
  }

  #cut(text: string, mask: (head: string) => string): string {
    this.#tally.limits += 1;
    return `${mask(text.slice(0, Math.max(0, this.#longest - 4)))}****`;
  }
}

function matchesAny(patterns: readonly LinearPattern[], text: string): boolean {
  for (const pattern of patterns) if (pattern.test(text)) return true;
  return false;
}

function databaseSystem(attributes: Attributes): string {
  for (const system of [attributes['db.system.name'], attributes['db.system']]) {
    if (typeof system === 'string' && system !== '') return system.toLowerCase();
  }
  return '';
}

/** A name of which nothing would be left stays. */
function isAllStars(name: string): boolean {
  return name.includes('*') && /^[/*]*$/.test(name) && !name.includes('**');
}
