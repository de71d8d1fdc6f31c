import type { CompiledPolicy } from '../../src/compiled-policy.js';
import { maskBareLogins } from '../../src/content/bare-login.js';
import { maskBlockMaps } from '../../src/content/block-maps.js';
import { maskBoundValues } from '../../src/content/bound-values.js';
import { maskCodeEscapes } from '../../src/content/code-escapes.js';
import { maskCommandsInText } from '../../src/content/command-in-text.js';
import { maskCommandLine } from '../../src/content/command-line.js';
import { maskCommandWords } from '../../src/content/command-text.js';
import {
  escapeControls,
  hasControls,
  hasSpecial,
  hasUnseen,
  withoutUnseen,
} from '../../src/content/control-characters.js';
import { maskCredentialStatements } from '../../src/content/credential-statements.js';
import { maskDeclaredBlocks } from '../../src/content/declared-blocks.js';
import { maskDirectives } from '../../src/content/directive-text.js';
import { maskSqlInText } from '../../src/content/embedded-sql.js';
import { maskEncodedWords } from '../../src/content/encoded-words.js';
import { maskEntities } from '../../src/content/entity-text.js';
import { maskQuotations, maskToldCodes } from '../../src/content/failure-text.js';
import { maskFedSecrets } from '../../src/content/fed-secrets.js';
import { maskFreeText } from '../../src/content/free-text.js';
import { maskHeaderText } from '../../src/content/header-text.js';
import { maskInspectedLists } from '../../src/content/inspected-list.js';
import { maskInspectedObjects } from '../../src/content/inspected-object.js';
import { maskInspectedStrings } from '../../src/content/inspected-string.js';
import { looksLikeJson } from '../../src/content/json-opening.js';
import { maskJsonText } from '../../src/content/json-text.js';
import { maskLoginsInText, maskPasswordStatements } from '../../src/content/login-text.js';
import { maskMarkup } from '../../src/content/markup-text.js';
import { maskMultipartText } from '../../src/content/multipart-text.js';
import { maskNamedPairs } from '../../src/content/named-pairs.js';
import { maskNamedForm, maskNamedYaml } from '../../src/content/named-values.js';
import { maskObjectsOfSecrets } from '../../src/content/objects-of-secrets.js';
import { maskFormOfWords, maskQueryText } from '../../src/content/query-text.js';
import { maskStatementText } from '../../src/content/statement-text.js';
import { maskTables } from '../../src/content/table-text.js';
import { maskUrlText } from '../../src/content/url-text.js';
import { maskNamedValues, maskShownWords } from '../../src/content/validator-text.js';
import type { ContentRules, NamePlace } from '../../src/content-rules.js';
import type { Tally } from '../../src/counters.js';
import { type KeyDecision, KeyRules } from '../../src/key-rules.js';
import { isMaskedBy } from '../../src/masked-by.js';
import { NORMALISED_LENGTH } from '../../src/name-glob.js';
import { normalisedName } from '../../src/name-words.js';
import { EVERYWHERE, type TextScan } from '../../src/scan/text-scan.js';
import type { TextContext } from '../../src/text-context.js';
import type { MasksTexts } from '../../src/text-masker.js';
import { partialText, ValueRules } from '../../src/value-rules.js';

const PLAIN: TextContext = { kind: { is: 'text', header: '' } };
const MOST_ROUNDS = 4;
/** Every reader of `maskLooseText`, whatever signs a text has. */
const LOOSE_READERS: readonly ((text: string, rules: ContentRules) => string)[] = [
  maskEntities,
  maskCodeEscapes,
  maskEncodedWords,
  maskMultipartText,
  maskMarkup,
  maskBoundValues,
  maskCredentialStatements,
  maskSqlInText,
  maskFedSecrets,
  maskCommandsInText,
  maskBareLogins,
  maskLoginsInText,
  maskPasswordStatements,
  maskDirectives,
  maskNamedYaml,
  maskNamedForm,
  maskFormOfWords,
  maskBlockMaps,
  maskDeclaredBlocks,
  maskObjectsOfSecrets,
  maskInspectedObjects,
  maskInspectedStrings,
  maskInspectedLists,
  maskQuotations,
  maskNamedValues,
  maskShownWords,
  maskTables,
  maskToldCodes,
  (text, rules) => maskFreeText(text, rules),
];

/**
 * Masks texts as `TextMasker` does, without any of its short cuts: no scan says what can be left unread, no decision and no
 * value is remembered, every text goes through every reader and every detector until a whole round changes nothing.
 */
export class ReferenceTexts implements MasksTexts {
  readonly mask: string;
  readonly values: ValueRules;
  attribute: string | undefined;
  dropped = false;
  readonly #policy: CompiledPolicy;
  readonly #tally: Tally;
  #depth = 0;
  #work = 0;

  constructor(policy: CompiledPolicy, tally: Tally) {
    // Without `literal`, no rule is passed over because a search for all literals at once found none.
    const keys = policy.keys.map(({ literal: _, ...rule }) => rule);
    this.#policy = { ...policy, keys };
    this.#tally = tally;
    this.mask = policy.mask;
    this.values = new ValueRules(policy, {
      tally,
      scanner: { scan: () => EVERYWHERE },
      keepsName: (name) => {
        const decision = this.keys.decide(name, 'assignment', this.attribute);
        return decision !== undefined && (decision.allowed || decision.action === 'keep');
      },
    });
  }

  /** New each time: it remembers nothing. */
  get keys(): KeyRules {
    const { keys, allowKeys } = this.#policy;
    return new KeyRules({
      rules: keys,
      allowed: (name) => {
        const spellings = name.length <= NORMALISED_LENGTH ? [name, normalisedName(name)] : [name];
        return allowKeys.some((pattern) => spellings.some((spelling) => pattern.test(spelling)));
      },
    });
  }

  maskForName(name: string, place: NamePlace, value: string): string | undefined {
    const decision = this.keys.decide(name, place, this.attribute);
    if (decision === undefined || !this.hits(decision, value)) return undefined;
    return value === this.mask ? value : this.replacement(decision, value);
  }

  hits(decision: KeyDecision, value: string): boolean {
    return isMaskedBy(decision, value, this.#policy);
  }

  replacement({ action }: KeyDecision, value: string): string {
    if (action === 'partial') return partialText(this.singleLine(value), this.mask);
    if (action === 'hash') return this.#policy.token?.(value) ?? this.mask;
    return this.mask;
  }

  /** Reads what stands under every name. */
  mayMask(): boolean {
    return true;
  }

  judgesWords(name: string): boolean {
    return this.keys.decide(name, 'member', this.attribute)?.judgesWords === true;
  }

  marksOf(): TextScan {
    return EVERYWHERE;
  }

  maskText(value: string): string {
    if (value.length < 3 || value === this.mask) return value;
    this.#work -= value.length;
    if (this.#work < 0 || this.#depth >= this.#policy.limits.depth) {
      this.#tally.limits += 1;
      return this.mask;
    }
    this.#depth += 1;
    try {
      return this.#maskPlain(value);
    } finally {
      this.#depth -= 1;
    }
  }

  maskWhole(value: string, context: TextContext): string {
    if (value === '' || value === this.mask) return value;
    if (value.length > this.#policy.limits.valueLength) {
      this.#tally.limits += 1;
      return this.mask;
    }
    const isSpecial = this.#policy.escapesControls && context.bytes === undefined && hasSpecial(value);
    return isSpecial ? this.#settleControls(value, context) : this.#settle(value, context);
  }

  #settleControls(value: string, context: TextContext): string {
    let text = value;
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const masked = this.#maskControls(text, context);
      if (masked === text) return text;
      text = masked;
    }
    return this.mask;
  }

  singleLine(name: string): string {
    return this.#policy.escapesControls && hasControls(name, 'one') ? escapeControls(name, 'one') : name;
  }

  maskArguments(words: readonly string[]): readonly string[] {
    let masked = words;
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      this.#allow(masked.join('').length);
      const next = maskCommandWords(masked, this).map((word) => this.maskWhole(word, PLAIN));
      if (next.length === masked.length && next.every((word, index) => word === masked[index])) return masked;
      masked = next;
    }
    return masked.map((word) => (word === '' ? word : this.mask));
  }

  #settle(value: string, context: TextContext): string {
    let text = value;
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      this.#allow(text.length);
      const masked = this.#maskKind(text, context);
      if (masked === text) return text;
      text = masked;
    }
    return this.mask;
  }

  #allow(length: number): void {
    this.#depth = 0;
    this.#work = length * 64 + 65_536;
  }

  #maskControls(value: string, context: TextContext): string {
    const text = this.#maskVisible(value, context);
    const isJson = isJsonOfLines(text);
    const lines = context.kind.lines ?? (isJson ? 'many' : 'one');
    if (!hasControls(text, lines)) return text;
    const joined = isJson && lines === 'one' ? text.replace(/[\t\n\r]{1,64}/g, ' ') : text;
    return this.#maskVisible(escapeControls(joined, lines), context);
  }

  #maskVisible(value: string, context: TextContext): string {
    const text = this.#settle(value, context);
    if (!hasUnseen(text)) return text;
    const seen = withoutUnseen(text);
    const masked = this.#settle(seen, context);
    return masked === seen ? text : masked;
  }

  #maskKind(value: string, { kind: { is, header }, dialect }: TextContext): string {
    if (!this.#policy.structured) return this.#maskPlain(value);
    switch (is) {
      case 'url':
        return this.#finish(maskUrlText(this.#aroundUrl(value), this));
      case 'query':
        return this.#finish(maskQueryText(this.#aroundUrl(value), this));
      case 'statement':
        return this.#finish(maskStatementText(value, dialect, this));
      case 'command':
        return this.#finish(this.#maskCommand(value));
      case 'header':
        return this.#finish(maskHeaderText(header, value, this));
      case 'destination':
        return /^\+\d{8,15}$/.test(value) ? this.mask : this.#maskPlain(value);
      case 'text':
        return this.#maskPlain(value);
    }
  }

  #maskCommand(value: string): string {
    const masked = maskCommandLine(value, this);
    return value.startsWith('["') ? masked : this.#maskLoose(masked);
  }

  #aroundUrl(text: string): string {
    return /\s/.test(text) ? this.#maskPlain(text) : text;
  }

  #maskPlain(value: string): string {
    const isUrl = this.#policy.structured && /^[a-z][a-z0-9+.-]{0,31}:\/\/\S+$/i.test(value);
    if (isUrl) return this.#finish(maskUrlText(value, this));
    if (!looksLikeJson(value)) return this.#finish(this.#maskLoose(value));
    const { text, foreign } = maskJsonText(value, this);
    if (foreign || /^\s*"/.test(text)) return this.#finish(this.#maskLoose(text));
    return this.#ownRules(text);
  }

  #maskLoose(value: string): string {
    if (this.#policy.structured) return LOOSE_READERS.reduce((text, read) => read(text, this), value);
    return this.#policy.keys.length === 0 ? value : maskNamedPairs(value, this);
  }

  #finish(text: string): string {
    if (text === this.mask) return text;
    const { text: masked, drop } = this.values.apply(text);
    if (drop) this.dropped = true;
    return masked;
  }

  #ownRules(text: string): string {
    const { text: masked, drop } = this.values.applyOwn(text);
    if (drop) this.dropped = true;
    return masked;
  }
}

function isJsonOfLines(text: string): boolean {
  if (!/[\t\n\r]/.test(text) || !/^\s{0,64}[{[]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
