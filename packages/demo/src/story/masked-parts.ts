import type { StyledText } from './styled-text.js';

const mask = '****';

/** A value before and after, with what was masked and the masks marked. */
export interface Marked {
  readonly was: StyledText;
  readonly left: StyledText;
}

/** Finds the parts that stand between masks again in what the value was; undefined when they are not all there. */
function findKept(was: string, kept: readonly string[]): number[] | undefined {
  const found: number[] = [];
  let from = 0;
  for (const [index, part] of kept.entries()) {
    const last = index === kept.length - 1;
    const at = last ? was.length - part.length : was.indexOf(part, from);
    const misplaced = index === 0 ? at !== 0 : at < from || !was.startsWith(part, at);
    if (misplaced) return undefined;
    found.push(at);
    from = at + part.length;
  }
  return found;
}

/** Marks what was replaced: what lies in `was` where `left` has a mask. When that cannot be told, all of both. */
export function markMaskedParts(was: string, left: string): Marked {
  const kept = left.split(mask);
  const found = kept.length > 1 ? findKept(was, kept) : undefined;
  if (found === undefined) {
    return { was: [{ style: 'secret', text: was }], left: [{ style: 'mask', text: left }] };
  }
  const marked: { was: StyledText[number][]; left: StyledText[number][] } = { was: [], left: [] };
  let end = 0;
  for (const [index, part] of kept.entries()) {
    const at = found[index] ?? end;
    if (index > 0) {
      marked.was.push({ style: 'secret', text: was.slice(end, at) });
      marked.left.push({ style: 'mask', text: mask });
    }
    marked.was.push({ style: 'plain', text: part });
    marked.left.push({ style: 'plain', text: part });
    end = at + part.length;
  }
  return marked;
}
