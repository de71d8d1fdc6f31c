import type { RowScanner } from './attribute-row.js';
import type { CompiledPolicy } from './compiled-policy.js';
import { maskCommandText, maskCommandWords } from './content/command-text.js';
import {
  escapeControls,
  hasControls,
  hasSpecial,
  hasUnseen,
  withoutUnseen,
} from './content/control-characters.js';
import { maskHeaderText } from './content/header-text.js';
import { looksLikeJson, opensJson } from './content/json-opening.js';
import { maskJsonText } from './content/json-text.js';
import { maskLooseText } from './content/loose-text.js';
import { maskNamedPairs } from './content/named-pairs.js';
import { maskQueryForm } from './content/query-text.js';
import { isSettledStatement, maskStatementText } from './content/statement-text.js';
import { maskUrlForm, maskUrlText } from './content/url-text.js';
import { writtenOut } from './content/written-controls.js';
import { READ_ALWAYS } from './content-kind.js';
import type { ContentRules, NamePlace } from './content-rules.js';
import type { Tally } from './counters.js';
import { cutOffset } from './cut-offset.js';
import { type KeyDecision, KeyRules } from './key-rules.js';
import { isMaskedBy, mayBeMasked } from './masked-by.js';
import { NORMALISED_LENGTH } from './name-glob.js';
import { normalisedName } from './name-words.js';
import { PlaceBudget, SpentPlaces } from './place-budget.js';
import { planScan, type ScanPlan } from './scan/scan-plan.js';
import { EVERYWHERE, hasMarksOnlyIn, type TextScan } from './scan/text-scan.js';
import { PLAIN, type TextContext } from './text-context.js';
import {
  hasStructure,
  STRUCTURE,
  structureTraits,
  TRAIT_CONTROL,
  TRAIT_LINES,
  TRAIT_QUOTE,
  TRAIT_SCHEME,
} from './text-traits.js';
import { partialText, ValueRules } from './value-rules.js';
import { wordPlaces } from './word-places.js';

const WHOLE_URL = /^[a-z][a-z0-9+.-]{0,31}:\/\/\S+$/i;
const PHONE = /^\+\d{8,15}$/;
/** Texts inside texts are read again and again; all readings together may cost this many times the text's length. */
const WORK_FACTOR = 64;
const WORK_FLOOR = 65_536;
/** Nearly every text settles in its second round, and one with control characters when it was written out once. */
const MOST_ROUNDS = 4;
const MOST_READINGS = 8;
/** A value is named by what stands at most so far behind it. In UTF-16 units. */
const UNSURE = 512;
/** What a masker of values asks of one of texts. */
export type MasksTexts = Omit<TextMasker, 'places' | 'rows'>;

/** Masks texts by their content. Everything below it is read through `ContentRules`, which this is. */
export class TextMasker implements ContentRules {
  readonly mask: string;
  readonly keys: KeyRules;
  readonly values: ValueRules;
  /** Key of the attribute whose value is being read, for rules with `within`. */
  attribute: string | undefined;
  /** Set when a rule wants the attribute that is being read away. */
  dropped = false;
  /** Who reads a span, or an attribute of it, begins it there. */
  readonly places: PlaceBudget;
  readonly #policy: CompiledPolicy;
  readonly #tally: Tally;
  readonly #plan: ScanPlan;
  /** Whether no word and no run can hold a part of the mask text. */
  readonly #isInert: boolean;
  #depth = 0;
  #work = 0;
  /** Set by a round after which another one would change nothing. */
  #settled = false;

  constructor(policy: CompiledPolicy, tally: Tally) {
    this.#policy = policy;
    this.#tally = tally;
    this.mask = policy.mask;
    this.#isInert = /^\*+$/.test(policy.mask);
    this.places = new PlaceBudget(policy.limits.places);
    this.#plan = planScan(policy, this.places.ofAttribute);
    this.keys = new KeyRules({
      rules: policy.keys,
      allowed: (name) => policy.allowKeys.length > 0 && this.#isAllowed(name),
    });
    this.values = new ValueRules(policy, {
      tally,
      scanner: this.#plan.scanner,
      keepsName: (name) => {
        const decision = this.keys.decide(name, 'assignment', this.attribute);
        return decision !== undefined && (decision.allowed || decision.action === 'keep');
      },
    });
  }

  maskForName(name: string, place: NamePlace, value: string): string | undefined {
    const decision = this.keys.decide(name, place, this.attribute);
    if (decision === undefined || !this.hits(decision, value)) return undefined;
    if (value === this.mask) return value;
    // No word of the text has told of this place.
    if (this.#plan.opaque) this.places.takeOne();
    this.#tally.hit(decision.rule);
    return this.replacement(decision, value);
  }

  mayMask(name: string, place: NamePlace): boolean {
    return mayBeMasked(this.keys.decide(name, place, this.attribute));
  }

  judgesWords(name: string): boolean {
    return this.keys.decide(name, 'member', this.attribute)?.judgesWords === true;
  }

  /** As rules on names are: by the name as written, or with its separators normalised. */
  #isAllowed(name: string): boolean {
    const normalised = name.length <= NORMALISED_LENGTH ? normalisedName(name) : name;
    return this.#policy.allowKeys.some((pattern) => pattern.test(name) || pattern.test(normalised));
  }

  /** True when the decision masks a value of this text. */
  hits(decision: KeyDecision, value: string): boolean {
    return isMaskedBy(decision, value, this.#policy);
  }

  /** What stands for a value under a decision. A dropped value inside of a text becomes the mask text. */
  replacement({ action }: KeyDecision, value: string): string {
    if (action === 'partial') return partialText(this.singleLine(value), this.mask);
    if (action === 'hash') return this.#policy.token?.(value) ?? this.mask;
    return this.mask;
  }

  marksOf(text: string): TextScan {
    return this.#marks(this.#plan.scanner.scan(text));
  }

  maskText(value: string): string {
    if (value.length < 3 || value === this.mask) return value;
    const scan = this.#plan.scanner.scan(value);
    if (this.#isClean(scan, value)) return this.values.hasOwn ? this.#ownRules(value) : value;
    this.#work -= value.length;
    if (this.#work < 0 || this.#depth >= this.#policy.limits.depth) {
      this.#tally.limits += 1;
      return this.mask;
    }
    this.#depth += 1;
    try {
      return this.#maskPlain(value, scan);
    } finally {
      this.#depth -= 1;
      // Of a part this says nothing about the whole.
      this.#settled = false;
    }
  }

  /** Finds the texts of a row that the policy cannot touch, unless their kind is read always; undefined where nothing can tell. */
  get rows(): RowScanner | undefined {
    const isBlind = this.#plan.opaque || this.values.hasOwn || this.#plan.isActive(0);
    return isBlind ? undefined : this.#plan.scanner;
  }

  /** A whole value: an attribute's, an element's, a span name. Past the limits the rest is masked unread. */
  maskWhole(value: string, context: TextContext): string {
    if (value === '' || value === this.mask) return value;
    const { valueLength } = this.#policy.limits;
    const text = value.length > valueLength ? value.slice(0, valueLength) : value;
    const scan = this.#plan.scanner.scan(text);
    try {
      if (!this.places.take(scan.places + this.#namePlaces(text))) throw new SpentPlaces();
      return text === value ? this.#maskScanned(value, context, scan) : this.#maskFirst(text, context);
    } catch (error) {
      if (!(error instanceof SpentPlaces)) throw error;
      this.#tally.limits += 1;
      return this.mask;
    }
  }

  #namePlaces(text: string): number {
    return this.#plan.opaque ? wordPlaces(text, this.places.ofAttribute) : 0;
  }

  /**
   * What of a long text may be read, before the mask. Once it is masked its end goes too: the name of a value there can stand
   * behind what may be read.
   */
  #maskFirst(text: string, context: TextContext): string {
    this.#tally.limits += 1;
    const read = this.#maskScanned(text, context);
    const kept = read.slice(0, cutOffset(read, read.length - Math.min(UNSURE, Math.ceil(read.length / 2))));
    return kept === '' ? this.mask : this.#maskScanned(kept, context) + this.mask;
  }

  #maskScanned(value: string, context: TextContext, scan = this.#plan.scanner.scan(value)): string {
    const special = context.kind.lines === 'many' ? TRAIT_CONTROL : TRAIT_CONTROL | TRAIT_LINES;
    const escapes = this.#policy.escapesControls && context.bytes === undefined;
    const isSpecial = (scan.traits & special) !== 0 && escapes && hasSpecial(value);
    return isSpecial ? this.#settleControls(value, context) : this.#maskSeen(value, context, scan);
  }

  /**
   * Writes control characters out. The text is masked before, as it came and as it is seen: what nobody sees can part a word
   * from the next, or a secret in two. What was written out can be seen in another way than what it was written for, so it is
   * masked again, until nothing changes any more.
   */
  #settleControls(value: string, context: TextContext): string {
    let text = value;
    for (let reading = 0; reading < MOST_READINGS; reading += 1) {
      const visible = this.#maskVisible(text, context);
      if (!visible.settled) {
        text = visible.text;
        continue;
      }
      const written = writtenOut(visible.text, context.kind.lines);
      if (written === visible.text) return written;
      text = written;
    }
    return this.mask;
  }

  #maskSeen(value: string, { kind, dialect }: TextContext, scan = this.#plan.scanner.scan(value)): string {
    const byKind = this.#policy.structured && READ_ALWAYS.has(kind.is);
    if (this.#isClean(scan, value) && !byKind) {
      return this.values.hasOwn ? this.#settle(value, scan, (text) => this.#ownRules(text)) : value;
    }
    const always = byKind || this.values.hasOwn;
    return this.#settle(value, scan, (text, found) =>
      // In later rounds, nothing may be left to be read.
      !always && this.#isClean(found, text) ? text : this.#maskKind(text, found, { kind, dialect }),
    );
  }

  /** As it came and as it is seen. Settled, when another reading would find the same. */
  #maskVisible(value: string, context: TextContext): { readonly text: string; readonly settled: boolean } {
    const text = this.#maskSeen(value, context);
    if (!hasUnseen(text)) return { text, settled: true };
    const seen = withoutUnseen(text);
    const masked = this.#maskSeen(seen, context);
    return masked === seen ? { text, settled: true } : { text: masked, settled: !hasUnseen(masked) };
  }

  /** A name inside of a value, on one line. */
  singleLine(name: string): string {
    return this.#policy.escapesControls && hasControls(name, 'one') ? escapeControls(name, 'one') : name;
  }

  /** Whether nothing of the policy but its own rules on text can touch a text that holds this. */
  #isClean({ traits }: TextScan, text: string): boolean {
    return !this.#plan.isActive(traits) && !(this.#plan.opaque && hasStructure(text));
  }

  /** The words of a command line, of which one can say what the next one is. */
  maskArguments(words: readonly string[]): readonly string[] {
    let masked = words;
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      this.#allow(masked.reduce((sum, word) => sum + word.length, 0));
      const next = maskCommandWords(masked, this).map((word) => this.maskWhole(word, PLAIN));
      if (next.length === masked.length && next.every((word, index) => word === masked[index])) return masked;
      masked = next;
    }
    return masked.map((word) => (word === '' ? word : this.mask));
  }

  /**
   * Masks until nothing changes any more, so that masking twice is masking once, whatever a reader makes of a half-masked
   * text. What does not settle is masked whole.
   */
  #settle(value: string, first: TextScan, mask: (text: string, scan: TextScan) => string): string {
    let text = value;
    let scan = first;
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      this.#allow(text.length);
      this.#settled = false;
      const masked = mask(text, scan);
      if (masked === text || this.#settled) return masked;
      text = masked;
      scan = this.#plan.scanner.scan(text);
    }
    return this.mask;
  }

  #allow(length: number): void {
    this.#depth = 0;
    this.#work = length * WORK_FACTOR + WORK_FLOOR;
  }

  #maskKind(value: string, scan: TextScan, { kind: { is, header }, dialect }: TextContext): string {
    if (!this.#policy.structured || is === 'text') return this.#maskPlain(value, scan);
    const isUnread = !this.#plan.needsReaders(value, scan.traits) && !looksLikeJson(value);
    if ((is === 'url' || is === 'query') && isUnread) return this.#finish(value, scan.traits);
    switch (is) {
      case 'url':
        return this.#maskPairs(value, scan, maskUrlForm);
      case 'query':
        return this.#maskPairs(value, scan, maskQueryForm);
      case 'statement':
        return this.#maskStatement(value, scan, dialect);
      case 'command':
        return this.#finishOf(value, scan, maskCommandText(value, this));
      case 'header':
        return this.#finishOf(value, scan, maskHeaderText(header, value, this));
      case 'destination':
        if (!PHONE.test(value)) return this.#maskPlain(value, scan);
        this.#tally.hit('phone-destination');
        return this.mask;
    }
  }

  #maskStatement(value: string, scan: TextScan, dialect: string | undefined): string {
    const masked = maskStatementText(value, dialect, this);
    const finished = this.#finishOf(value, scan, masked);
    const isSettled = [value, masked].every((text) => isSettledStatement(text, dialect));
    this.#settled = isSettled && finished === masked && !this.values.hasOwn;
    return finished;
  }

  /** A text of pairs. Where every mark stood in one of which the value is masked now, nothing is left to be found. */
  #maskPairs(value: string, scan: TextScan, maskForm: typeof maskUrlForm): string {
    const text = this.#aroundUrl(value);
    const { masked, pairs } = maskForm(text, this, text === value ? this.#marks(scan) : this.marksOf(text));
    // What was masked around it can still be read in another way.
    const isSettled = pairs !== undefined && text === value && !this.values.hasOwn;
    const isSpent = isSettled && this.#isInert && hasMarksOnlyIn(this.#marks(scan), pairs);
    const finished = isSpent ? masked : this.#finishOf(value, scan, masked);
    this.#settled = isSettled && finished === masked;
    return finished;
  }

  /** What has white space in it is more than a URL. */
  #aroundUrl(text: string): string {
    if (!/\s/.test(text)) return text;
    const masked = this.#maskPlain(text, EVERYWHERE);
    this.#settled = false;
    return masked;
  }

  #maskPlain(value: string, scan: TextScan): string {
    if (opensJson(value)) return this.#maskJson(value, scan);
    if (!this.#plan.needsReaders(value, scan.traits) && !looksLikeJson(value))
      return this.#finish(value, scan.traits);
    const traits = structureTraits(value);
    if ((traits & STRUCTURE) === 0 && !value.includes('\\')) return this.#finish(value, scan.traits);
    if (this.#policy.structured && (traits & TRAIT_SCHEME) !== 0 && WHOLE_URL.test(value)) {
      return this.#finishOf(value, scan, maskUrlText(value, this, this.#marks(scan)));
    }
    return (traits & TRAIT_QUOTE) !== 0 && looksLikeJson(value)
      ? this.#maskJson(value, scan)
      : this.#loose(value, scan);
  }

  /** Where to look: a policy of which no word gives away all that it is about looks everywhere. */
  #marks(scan: TextScan): TextScan {
    return this.#plan.opaque || this.#plan.blind ? EVERYWHERE : scan;
  }

  #maskJson(value: string, scan: TextScan): string {
    const { text, foreign, settled } = maskJsonText(value, this, this.#marks(scan));
    // Text that starts with a quote can also be a shell's or a log's: `"token" "…"`.
    if (foreign || /^\s*"/.test(text)) {
      if (text === value) return this.#loose(value, scan);
      return this.#finishOf(value, scan, this.#maskLoose(text, this.marksOf(text)));
    }
    // What a text inside of this one needs no more, this one still may.
    this.#settled = settled && this.#depth === 0 && !this.values.hasOwn;
    // The strings of plain JSON went through the detectors one by one.
    return this.values.hasOwn ? this.#ownRules(text) : text;
  }

  #loose(value: string, scan: TextScan): string {
    return this.#finishOf(value, scan, this.#maskLoose(value, this.#marks(scan)));
  }

  /** Text of no known form. */
  #maskLoose(value: string, scan: TextScan): string {
    if (this.#policy.structured) return maskLooseText(value, this, scan);
    return this.#policy.keys.length === 0 ? value : maskNamedPairs(value, this);
  }

  /** What was made of a text of which the scan is known: unless it has changed, it is not scanned again. */
  #finishOf(value: string, { traits }: TextScan, masked: string): string {
    return this.#finish(masked, masked === value ? traits : undefined);
  }

  #finish(text: string, traits?: number): string {
    if (this.values.idle || text === this.mask) return text;
    const verdict = this.values.apply(text, traits);
    if (verdict.drop) this.dropped = true;
    return verdict.text;
  }

  #ownRules(text: string): string {
    const verdict = this.values.applyOwn(text);
    if (verdict.drop) this.dropped = true;
    return verdict.text;
  }
}
