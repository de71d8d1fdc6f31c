import {
  type Attributes,
  type AttributeValue,
  createMasker,
  type Masker,
  type ServiceMatch,
} from '@spanseal/mask';
import type { KeyValue } from '@spanseal/otlp';
import { toAttributes } from '../masked-attributes.js';

/** Values that stand for a secret or for nothing. */
const PLACEHOLDERS: readonly string[] = [
  '[?*x.\\-_]{1,64}',
  '[\\[<({]{0,2}(?:redacted|masked|filtered|hidden|removed|omitted|secret|null|none|nil|undefined|unknown|empty|n/?a|true|false|yes|no|anonymous|guest)[\\])>}]{0,2}',
  '\\$\\{?[A-Za-z_][A-Za-z0-9_.]{0,60}\\}?',
];

/** Addresses that name no person: of private networks, of this machine, of a link, and none. */
const PRIVATE_ADDRESSES: readonly string[] = [
  '(?:10|127|0)(?:\\.\\d{1,3}){3}',
  '(?:192\\.168|169\\.254)(?:\\.\\d{1,3}){2}',
  '172\\.(?:1[6-9]|2\\d|3[01])(?:\\.\\d{1,3}){2}',
  '100\\.(?:6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])(?:\\.\\d{1,3}){2}',
  '255\\.255\\.255\\.255',
  '::1?',
  'f[cde][0-9a-f]{0,2}:.{0,60}',
  '::ffff:(?:10|127|0|192\\.168|172\\.(?:1[6-9]|2\\d|3[01]))\\..{1,12}',
];

/** What is asked about a name by itself is asked with this value, which no detector knows. */
export const PROBE = 'x7q2v9k4';
const MOST_NAMES = 4096;

/** The rule of what is masked for its place in a content that is known: userinfo of a URL, arguments of a command. */
export const BY_PLACE = 'content';

const NONE: Attributes = Object.freeze({});
const STATEMENTS: ReadonlySet<string> = new Set(['db.query.text', 'db.statement']);
const LONGEST_STATEMENT = 16_384;

/** What the reference found in a text. */
export interface ReferenceFinding {
  /** Rules and detectors that hit, each once. */
  readonly rules: readonly string[];
  /** The text without what they found. */
  readonly rest: string;
}

/**
 * The presets `default` and `pii` as a yardstick: what they would still mask is a leak of a narrower policy. Placeholders and
 * addresses of private networks do not count.
 */
export class ReferenceMasker {
  readonly #masker: Masker;
  readonly #names = new Map<string, string | undefined>();

  /** @param mask the replacement text of the policy that is scanned: what it put is left alone. */
  constructor(mask: string) {
    this.#masker = createMasker({
      extends: ['default', 'pii'],
      services: ['gcp', 'azure', 'vault'],
      allow: { values: [...PLACEHOLDERS, ...PRIVATE_ADDRESSES] },
      mask,
    });
  }

  /** The rule that hits a name, whatever its value. */
  nameRule(name: string): string | undefined {
    if (this.#names.has(name)) return this.#names.get(name);
    const { action, rule, rules } = this.#masker.explain(name, PROBE);
    const hit = action === 'mask' && rules.length > 0 ? rule : undefined;
    if (this.#names.size >= MOST_NAMES) this.#names.clear();
    if (name.length <= 256) this.#names.set(name, hit);
    return hit;
  }

  /** Whether a value under a name would be masked. */
  masks(name: string | undefined, value: AttributeValue, context?: Attributes): boolean {
    return !Object.is(this.#masked(name, value, context), value);
  }

  /** What stands in a text that is read as the value of a name beside its neighbours, or as free text. */
  inspect(name: string | undefined, text: string, context?: Attributes): ReferenceFinding {
    const masked = this.#masked(name, text, context);
    if (Object.is(masked, text)) return { rules: [], rest: text };
    const { rules } = this.#masker.explain(name, text);
    const rest = typeof masked === 'string' ? masked : '';
    if (rules.length > 0) return { rules: [...new Set(rules)], rest };
    // A literal of a statement is what the preset masks in all of them; it is suspicious beside the name of a secret.
    const isStatement = name !== undefined && STATEMENTS.has(name) && !isRedis(context);
    return isStatement && !this.#namesSecret(text) ? { rules: [], rest: text } : { rules: [BY_PLACE], rest };
  }

  /** Rules that hit a number. */
  inspectNumber(name: string | undefined, value: number): readonly string[] {
    return this.masks(name, value) ? [...new Set(this.#masker.explain(name, value).rules)] : [];
  }

  sensitiveService(attributes: readonly KeyValue[]): ServiceMatch | undefined {
    return this.#masker.sensitiveService(toAttributes(attributes));
  }

  #masked(name: string | undefined, value: AttributeValue, context: Attributes = NONE): AttributeValue {
    if (name === undefined) return typeof value === 'string' ? this.#masker.text(value) : value;
    if (Object.keys(context).length === 0 || name in context) return this.#masker.attribute(name, value);
    const all = this.#masker.attributes({ ...context, [name]: value });
    return name in all ? all[name] : this.#masker.attribute(name, value);
  }

  /** Whether one of the words of a statement is a name that would be masked. */
  #namesSecret(statement: string): boolean {
    const words = new Set(statement.slice(0, LONGEST_STATEMENT).match(/[A-Za-z_][A-Za-z0-9_]{1,63}/g));
    return [...words].some((word) => this.nameRule(word.toLowerCase()) !== undefined);
  }
}

function isRedis(context: Attributes = NONE): boolean {
  return /^(?:redis|valkey|keydb|memcached)$/.test(String(context['db.system.name'] ?? context['db.system']));
}
