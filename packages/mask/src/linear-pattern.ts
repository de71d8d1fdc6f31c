import { RE2JS } from 're2js';
import { loosenRepeats, splitRepeats } from './repeat-counts.js';

/** A pattern that was compiled for an engine whose time is linear in the text. */
export interface LinearPattern {
  /** True when the pattern matches somewhere in the text. */
  test(text: string): boolean;
  /** True when the pattern matches the text as a whole. */
  covers(text: string): boolean;
  /** Set when a plain, case-insensitive search for this text is the same as `test`. */
  readonly literal: string | undefined;
  /** True when a match has no longest length. */
  readonly open: boolean;
  readonly engine: RE2JS;
}

/** Why a pattern was refused. `reason` has nothing of the pattern's text in it. */
export interface RefusedPattern {
  readonly reason: string;
}

/**
 * Compiles a regular expression in JavaScript, Python or Go spelling. Refused are only what a linear-time engine cannot do
 * (look-around, back-references), what is no regular expression, and what can never match.
 */
export function compilePattern(
  source: string,
  { ignoreCase }: { readonly ignoreCase: boolean; readonly unsafe?: boolean },
): LinearPattern | RefusedPattern {
  if (source === '') return { reason: 'an empty pattern' };
  const barred = findBarredSyntax(source);
  if (barred !== undefined) return { reason: barred };
  const spelled = stripRuns(source);
  try {
    const flags = ignoreCase ? RE2JS.CASE_INSENSITIVE : 0;
    const engine = compileEngine(translate(spelled), flags);
    // Stripped runs change nothing for a search, and everything for a match of the whole.
    const whole = spelled === source ? engine : compileEngine(translate(source), flags);
    const literal = ignoreCase && spelled !== '' && !/[\\^$.|?*+()[\]{}]/.test(spelled) ? spelled : undefined;
    return {
      engine,
      literal,
      open: /[*+]|,\}/.test(spelled),
      test: (text) => spelled === '' || engine.test(text),
      covers: (text) => whole.testExact(text),
    };
  } catch (error) {
    return { reason: reasonOf(error) };
  }
}

/** `.*` at either end changes nothing for a search, and is most of its cost. */
function stripRuns(source: string): string {
  const withoutFlags = source.replace(/^\(\?i\)/, '');
  const flags = withoutFlags.length < source.length ? '(?i)' : '';
  const head = withoutFlags.replace(/^(?:\.\*\??)+/, '');
  const tail = /^(.*?[^\\])(?:\.\*\??)+$/s.exec(head);
  const bare = head === '' ? '' : (tail?.[1] ?? head);
  // Alternatives: the run belongs to one branch, and without it the branch is a plain search all the same, save for anchors.
  return bare === '' ? '' : `${flags}${bare}`;
}

/** The engine counts to 1000 only; what is beyond is written out, or else matched more generously. */
function compileEngine(source: string, flags: number): RE2JS {
  try {
    return RE2JS.compile(source, flags);
  } catch (error) {
    if (!String(error).includes('repeat count') && !String(error).includes('too large')) throw error;
  }
  try {
    return RE2JS.compile(splitRepeats(source), flags);
  } catch {
    return RE2JS.compile(loosenRepeats(source), flags);
  }
}

function translate(source: string): string {
  const ready = RE2JS.translateRegExp(source.replaceAll('[\\b]', '\\x08'));
  return typeof ready === 'string' ? ready : source;
}

/** What no linear-time engine does, by name. */
function findBarredSyntax(source: string): string | undefined {
  let inClass = false;
  for (let index = 0; index < source.length; index += 1) {
    const char = source[index];
    if (char === '\\') {
      const next = source[index + 1] ?? '';
      if (!inClass && /[1-9]/.test(next)) return 'a back-reference, which no linear-time engine can do';
      if (!inClass && next === 'k' && source[index + 2] === '<') {
        return 'a back-reference, which no linear-time engine can do';
      }
      index += 1;
    } else if (inClass) {
      if (char === ']') inClass = false;
    } else if (char === '[') {
      inClass = true;
      // `[]` and `[^]` are complete classes in JavaScript.
      const rest = source.slice(index + 1, index + 3);
      if (rest.startsWith(']')) return 'a pattern that can never match (an empty class)';
      if (rest === '^]') index += 1;
    } else if (char === '(' && source[index + 1] === '?') {
      const group = source.slice(index + 2, index + 4);
      if (/^(?:[=!]|<[=!])/.test(group)) return 'look-around, which no linear-time engine can do';
      if (group === 'P=') return 'a back-reference, which no linear-time engine can do';
    }
  }
  return neverMatches(source) ? 'a pattern that can never match (text before ^ or after $)' : undefined;
}

function neverMatches(source: string): boolean {
  if (/[|?*{(\\[]/.test(source)) return false;
  return /[^^]\^/.test(source) || /\$[^$]/.test(source);
}

function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : '';
  // The engine's message quotes the pattern after a colon; only the words before it are ours to repeat.
  const words = /^error parsing regexp: ([a-z ()[\]]+)/i.exec(text)?.[1];
  return `no valid regular expression (${words?.trim() ?? 'syntax'})`;
}
