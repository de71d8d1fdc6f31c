import type { CompiledPolicy, CompiledValueRule } from './compiled-policy.js';
import type { Tally } from './counters.js';
import { foldedText } from './folded-text.js';
import { matchWork } from './match-work.js';
import type { TextScanner } from './scan/text-scanner.js';
import { separatedText } from './separated-text.js';
import type { TextEdit } from './text-edit.js';
import { TRAIT_FOLDABLE } from './text-traits.js';

/** What the value rules made of a text. */
export interface ValueVerdict {
  /** The same reference when nothing was found. */
  readonly text: string;
  /** True when a rule wants the whole attribute away. */
  readonly drop: boolean;
}

/** What the rules on text work with. */
interface ValueRulesParts {
  readonly tally: Tally;
  readonly scanner: Pick<TextScanner, 'scan'>;
  /** Whether a key rule or an allow rule keeps what stands under a name. */
  readonly keepsName: (name: string) => boolean;
}

/** Runs the built-in detectors and the policy's own rules over a text. */
export class ValueRules {
  readonly #policy: CompiledPolicy;
  readonly #tally: Tally;
  readonly #scanner: Pick<TextScanner, 'scan'>;
  readonly #keepsName: (name: string) => boolean;
  /** True when no detector and no rule is on. */
  readonly idle: boolean;
  readonly hasOwn: boolean;

  constructor(policy: CompiledPolicy, { tally, scanner, keepsName }: ValueRulesParts) {
    this.#policy = policy;
    this.#tally = tally;
    this.#scanner = scanner;
    this.#keepsName = keepsName;
    this.hasOwn = policy.values.length > 0;
    this.idle = !this.hasOwn && policy.detectors.length === 0;
  }

  /** @param text attacker-controlled, any length. */
  apply(text: string, traits?: number): ValueVerdict {
    if (this.idle || text === this.#policy.mask || text === '') return { text, drop: false };
    return this.applyOwn(this.detect(text, traits));
  }

  /** The built-in detectors alone. */
  detect(text: string, traits: number = this.#scanner.scan(text).traits): string {
    const masked = this.#detect(text, text, traits);
    const folded = separatedText((traits & TRAIT_FOLDABLE) === 0 ? masked : foldedText(masked));
    // What folding leaves as it is was read already.
    if (folded === masked) return masked;
    return this.#detect(masked, folded, this.#scanner.scan(folded).traits);
  }

  /** @param read The text as the detectors read it, of the same length. */
  #detect(text: string, read: string, traits: number): string {
    let edits: TextEdit[] | undefined;
    for (const { name, needs, find } of this.#policy.detectors) {
      if ((traits & needs) !== needs) continue;
      find(read, (start, end, under) => {
        const found = text.slice(start, end);
        if (under !== undefined && this.#keepsName(under)) return;
        if (!this.#isMasked(found) && !this.#exempt(found)) {
          edits ??= [];
          edits.push({ start, end, replacement: this.#policy.mask, rule: name });
        }
      });
    }
    if (edits === undefined) return text;
    for (const { rule } of edits) this.#tally.hit(rule);
    return applyEdits(text, edits);
  }

  /** The policy's own rules on text alone. */
  applyOwn(text: string): ValueVerdict {
    let result = text;
    // A text that is masked already would otherwise never settle under a rule that matches a part of the mask.
    if (text === this.#policy.mask) return { text, drop: false };
    for (const rule of this.#policy.values) {
      const masked = this.#applyRule(rule, result);
      if (masked === result) continue;
      this.#tally.hit(rule.name);
      if (rule.action === 'drop') return { text: this.#policy.mask, drop: true };
      result = masked;
      if (rule.action === 'mask') break;
    }
    return { text: result, drop: false };
  }

  /** The mask text, also as the user of an address: `https://REDACTED@host` is masked, and no e-mail address. */
  #isMasked(found: string): boolean {
    const { mask } = this.#policy;
    return found === mask || (mask !== '' && found.startsWith(`${mask}@`));
  }

  #exempt(found: string): boolean {
    return this.#policy.allowValues.some((pattern) => pattern.covers(found));
  }

  #applyRule(rule: CompiledValueRule, text: string): string {
    if (!rule.pattern.test(text)) return text;
    let out = '';
    let copied = 0;
    let from = 0;
    let work = matchWork(text);
    const matcher = rule.pattern.engine.matcher(text);
    while (from <= text.length && matcher.find(from)) {
      const start = matcher.start();
      const end = matcher.end();
      work -= rule.pattern.reach(text, end) - from + 1;
      if (work < 0) return this.#maskRest(text.slice(copied, from), out);
      from = end > start ? end : end + 1;
      const found = text.slice(start, end);
      if (end === start || found === this.#policy.mask || this.#exempt(found)) continue;
      if (rule.action === 'mask' || rule.action === 'drop') return this.#policy.mask;
      const groups: (string | null)[] = [];
      for (let group = 0; group <= matcher.groupCount(); group += 1) groups.push(matcher.group(group));
      out += text.slice(copied, start) + this.#replacement(rule, groups, found);
      copied = end;
    }
    return copied === 0 ? text : out + text.slice(copied);
  }

  #maskRest(head: string, out: string): string {
    this.#tally.limits += 1;
    return out + head + this.#policy.mask;
  }

  #replacement(rule: CompiledValueRule, groups: readonly (string | null)[], found: string): string {
    // A text that the pattern was not allowed to read is one match without groups.
    if (groups[0] === null) return this.#policy.mask;
    if (rule.replace !== undefined) return expandReplacement(rule.replace, groups);
    if (rule.action === 'partial') return partialText(found, this.#policy.mask);
    if (rule.action === 'hash') return this.#policy.token?.(found) ?? this.#policy.mask;
    return this.#policy.mask;
  }
}

/** `$1` to `$99`, `$&` and `$$` of a replacement text, as in JavaScript. */
function expandReplacement(template: string, groups: readonly (string | null)[]): string {
  return template.replace(
    /\$(?:(\d{1,2})|([&$]))/g,
    (whole, digits: string | undefined, sign: string | undefined) => {
      if (sign === '$') return '$';
      if (sign === '&') return groups[0] ?? '';
      const group = Number(digits);
      return group > 0 && group < groups.length ? (groups[group] ?? '') : whole;
    },
  );
}

/**
 * The mask text and the last four characters, when they are less than half of the text: else the mask text alone. A text
 * that already has this form stays as it is.
 */
export function partialText(text: string, mask: string): string {
  if (text.startsWith(mask) && text.length <= mask.length + 4) return text;
  const characters = [...text.slice(-8)];
  return text.length <= 8 ? mask : mask + characters.slice(-4).join('');
}

/** Puts overlapping edits together and makes all of them. */
function applyEdits(text: string, edits: TextEdit[]): string {
  edits.sort((left, right) => left.start - right.start || right.end - left.end);
  let out = '';
  let copied = 0;
  for (const { start, end, replacement } of edits) {
    if (end <= copied) continue;
    if (start >= copied) out += text.slice(copied, start) + replacement;
    copied = end;
  }
  return out + text.slice(copied);
}
