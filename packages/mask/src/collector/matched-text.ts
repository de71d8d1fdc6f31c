import type { LinearPattern } from '../linear-pattern.js';
import { matchWork } from '../match-work.js';

/**
 * Replaces what a pattern matches, counting empty matches as Go does: one right behind a match is none.
 *
 * @param text attacker-controlled.
 * @param mask what stands for a match; also for all that is left once the pattern has looked at too much.
 */
export function replaceMatches(
  text: string,
  { engine, reach }: LinearPattern,
  mask: (match: string) => string,
): string {
  const matcher = engine.matcher(text);
  let out = '';
  let last = 0;
  let from = 0;
  let work = matchWork(text);
  while (from <= text.length && matcher.find(from)) {
    const start = matcher.start();
    const end = matcher.end();
    out += text.slice(last, start);
    if (end > last || start === 0) out += mask(text.slice(start, end));
    last = end;
    work -= reach(text, end) - from + 1;
    if (work < 0) return out + mask(text.slice(last));
    from = end > from ? end : from + stepAt(text, from);
  }
  return last === 0 && out === '' ? text : out + text.slice(last);
}

function stepAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}
