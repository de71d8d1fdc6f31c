import { type Configuration, PatternAutomaton, representatives } from './pattern-automaton.js';
import type { PatternNode } from './pattern-tree.js';

// All answers are sound: true is proven, false is proven or unknown.

const MOST_PAIRS = 1000;
const MOST_CODES = 160;

/** True when no text holds a match of the pattern, whatever the text. */
export function matchesNothing(tree: PatternNode): boolean {
  return neverBoth(tree, { is: 'sequence', parts: [] });
}

/** True when no text holds a match of both patterns. */
export function neverBoth(left: PatternNode, right: PatternNode): boolean {
  const [first, second] = [PatternAutomaton.of(left, 'more'), PatternAutomaton.of(right, 'more')];
  if (first === undefined || second === undefined) return false;
  return isEveryPair(first, second, (one, other) => {
    if (first.accepts(one) && second.accepts(other)) return 'fails';
    // From where neither pattern can be reached any more nothing follows.
    return one.size === 0 || other.size === 0 ? 'holds' : 'open';
  });
}

/** True when every text that holds a match of the one pattern holds a match of the other. */
export function isIncluded(part: PatternNode, whole: PatternNode): boolean {
  const [first, second] = [PatternAutomaton.of(part, 'more'), PatternAutomaton.of(whole, 'less')];
  if (first === undefined || second === undefined) return false;
  // Most patterns have nothing to do with each other: one text tells them apart.
  const sample = first.sample();
  if (sample !== undefined && !second.acceptsText(sample)) return false;
  return isEveryPair(first, second, (one, other) => {
    if (first.accepts(one) && !second.accepts(other)) return 'fails';
    return one.size === 0 || second.acceptsAll(other) ? 'holds' : 'open';
  });
}

type Verdict = 'fails' | 'holds' | 'open';

/** Follows both automata through every text at once. False when a pair fails, and when there are too many pairs. */
function isEveryPair(
  first: PatternAutomaton,
  second: PatternAutomaton,
  judge: (one: Configuration, other: Configuration) => Verdict,
): boolean {
  const codes = representatives([...first.boundaries(), ...second.boundaries()]);
  if (codes.length > MOST_CODES) return false;
  const seen = new Set<string>();
  const left: [Configuration, Configuration][] = [[first.start(), second.start()]];
  for (let pair = left.pop(); pair !== undefined; pair = left.pop()) {
    const [one, other] = pair;
    const key = `${nameOf(one)}/${nameOf(other)}`;
    if (seen.has(key)) continue;
    if (seen.size >= MOST_PAIRS) return false;
    seen.add(key);
    const verdict = judge(one, other);
    if (verdict === 'fails') return false;
    if (verdict === 'holds') continue;
    for (const code of codes) left.push([first.step(one, code), second.step(other, code)]);
  }
  return true;
}

function nameOf(at: Configuration): string {
  return [...at].sort((left, right) => left - right).join();
}
