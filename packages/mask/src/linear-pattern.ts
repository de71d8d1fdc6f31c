import { isLinearBacktracking } from './backtracking-cost.js';
import { BacktrackingEngine } from './backtracking-engine.js';
import { scriptSpelling } from './backtracking-spelling.js';
import { LinearEngine } from './linear-engine.js';
import type { PatternEngine } from './pattern-engine.js';
import type { Refusal } from './pattern-escape.js';
import { boundedPattern } from './pattern-size.js';
import { translatePattern } from './pattern-syntax.js';
import { charsOf, readPatternTree } from './pattern-tree.js';
import { patternStems } from './scan/pattern-stems.js';
import { scriptClassWithout, scriptPattern } from './script-pattern.js';

/** A pattern that was compiled for an engine whose time is linear in the text, or capped. */
export interface LinearPattern {
  /** True when the pattern matches somewhere in the text. */
  test(text: string): boolean;
  /** True when the pattern matches the text as a whole. */
  covers(text: string): boolean;
  /** Set when a plain, case-insensitive search for this text is the same as `test`. */
  readonly literal: string | undefined;
  /** Offset up to which the engine may have looked for a match that ends at another one. */
  reach(text: string, end: number): number;
  readonly engine: PatternEngine;
  /** Words of which every text that matches holds at least one, in lower case; undefined when none can be told. */
  readonly stems: readonly string[] | undefined;
}

export type RefusedPattern = Refusal;

interface PatternOptions {
  readonly ignoreCase: boolean;
  /** Runs what the linear engine refuses on a backtracking one, under a cap of the text's length. */
  readonly unsafe?: boolean;
}

/** Longest text that a pattern reads that may go back, in UTF-16 units. */
const UNSAFE_LENGTH = 1024;

/**
 * Compiles a regular expression in the spelling of JavaScript, Python, Go, Java or PCRE. Refused are only what a linear-time
 * engine cannot do (look-around, back-references …), what is no regular expression, and what can never match.
 */
export function compilePattern(
  source: string,
  { ignoreCase, unsafe = false }: PatternOptions,
): LinearPattern | RefusedPattern {
  if (source === '') return { reason: 'an empty pattern' };
  const translated = translatePattern(source);
  const pattern = 'reason' in translated ? translated : compileLinear(translated.source, ignoreCase);
  return unsafe && 'reason' in pattern ? (compileUnsafe(source, ignoreCase) ?? pattern) : pattern;
}

function compileLinear(source: string, ignoreCase: boolean): LinearPattern | RefusedPattern {
  if (neverMatches(source)) return { reason: 'a pattern that can never match (text before ^ or after $)' };
  const chosen = chooseEngine(source, ignoreCase);
  if ('reason' in chosen) return chosen;
  // Stripped runs change nothing for a search, and everything for what a match covers.
  const bare = stripRuns(source);
  const stripped = bare === source || bare === '' ? chosen : chooseEngine(bare, ignoreCase);
  const { engine, reach } = chosen;
  const search = 'reason' in stripped ? engine : stripped.engine;
  return {
    engine,
    reach,
    stems: patternStems(bare),
    literal: ignoreCase ? literalOf(bare) : undefined,
    test: (text) => bare === '' || search.test(text),
    covers: (text) => engine.testExact(text),
  };
}

interface ChosenEngine {
  readonly engine: PatternEngine;
  readonly reach: LinearPattern['reach'];
}

/** V8's own engine when it provably never goes back far, the linear one else. */
function chooseEngine(source: string, ignoreCase: boolean): ChosenEngine | RefusedPattern {
  const tree = readPatternTree(source, ignoreCase);
  if ('reason' in tree) return tree;
  const script = isLinearBacktracking(tree) ? scriptPattern(tree) : undefined;
  if (script !== undefined) {
    return { engine: new BacktrackingEngine(script, { flags: 'u' }), reach: (_text, end) => end };
  }
  const bounded = boundedPattern(tree);
  if (bounded === undefined) return { reason: 'a pattern that is too large' };
  // No match goes over a character that the pattern cannot match at all, and the search for its end does not either.
  const beyond = new RegExp(scriptClassWithout(charsOf(tree)), 'gu');
  const reach = (text: string, end: number): number => {
    beyond.lastIndex = end;
    return beyond.exec(text)?.index ?? text.length;
  };
  return { engine: new LinearEngine(bounded), reach };
}

function compileUnsafe(source: string, ignoreCase: boolean): LinearPattern | undefined {
  const spelled = scriptSpelling(source, ignoreCase);
  for (const unicode of ['u', '']) {
    try {
      const engine = new BacktrackingEngine(spelled.source, {
        flags: spelled.flags + unicode,
        longest: UNSAFE_LENGTH,
      });
      const { test, testExact } = engine;
      return {
        engine,
        reach: (_text, end) => end,
        stems: undefined,
        literal: undefined,
        test: test.bind(engine),
        covers: testExact.bind(engine),
      };
    } catch {
      // Without the flag u more escapes are taken.
    }
  }
  return undefined;
}

/** `.*` at either end changes nothing for a search, and is most of its cost. */
function stripRuns(source: string): string {
  const flags = /^(?:\(\?[imsU]+\))*/.exec(source)?.[0] ?? '';
  const head = source.slice(flags.length).replace(/^(?:\.\*\??)+/, '');
  // Alternatives: the run belongs to one branch, and without it the branch is a plain search all the same, save for anchors.
  const bare = withoutTail(head);
  return bare === '' ? '' : `${flags}${bare}`;
}

function withoutTail(source: string): string {
  let end = source.length;
  for (;;) {
    const length = source.endsWith('.*', end) ? 2 : source.endsWith('.*?', end) ? 3 : 0;
    const before = end - length;
    // An odd number of backslashes makes the dot a dot.
    if (length === 0 || /(?:^|[^\\])(?:\\\\)*\\$/.test(source.slice(Math.max(0, before - 256), before)))
      return source.slice(0, end);
    end = before;
  }
}

/** The text that a pattern is, when it is one. */
function literalOf(source: string): string | undefined {
  if (!/^(?:[^\\^$.|?*+()[\]{}]|\\[^A-Za-z0-9])+$/.test(source)) return undefined;
  return source.replace(/\\(.)/gs, '$1');
}

function neverMatches(source: string): boolean {
  if (/[|?*{(\\[]/.test(source)) return false;
  return /[^^]\^/.test(source) || /\$[^$]/.test(source);
}
