/** The engine's own limit, RE2's. */
const MOST = 1000;
/** Beyond this a written-out repetition costs more memory than it is worth. */
const MOST_WRITTEN = 20_000;

interface Repeat {
  readonly min: number;
  /** Infinity: open. */
  readonly max: number;
}

/** `x{10,1024}` as `x{10,1000}x{0,24}`: the same language in counts that the engine takes. */
export function splitRepeats(source: string): string {
  return rewriteRepeats(source, (atom, { min, max }, lazy) => {
    if (min > MOST_WRITTEN || (max !== Number.POSITIVE_INFINITY && max > MOST_WRITTEN)) return undefined;
    const parts: string[] = [];
    let left = min;
    for (; left > MOST; left -= MOST) parts.push(`${atom}{${MOST}}`);
    if (max === Number.POSITIVE_INFINITY) return `(?:${parts.join('')}${atom}{${left},}${lazy})`;
    let extra = max - min;
    parts.push(`${atom}{${left}}`);
    for (; extra > 0; extra -= MOST) parts.push(`${atom}{0,${Math.min(extra, MOST)}}${lazy}`);
    return `(?:${parts.join('')})`;
  });
}

/** Every counted repetition as `+` or `*`. Matches all that the pattern matches, and more: the safe side for a mask. */
export function loosenRepeats(source: string): string {
  return rewriteRepeats(source, (atom, { min }, lazy) => `(?:${atom}${min === 0 ? '*' : '+'}${lazy})`);
}

type Rewrite = (atom: string, repeat: Repeat, lazy: string) => string | undefined;

const COUNT = /^\{(\d+)(,(\d*))?\}(\??)/;

function rewriteRepeats(source: string, rewrite: Rewrite): string {
  let out = '';
  /** Where in `out` the last atom begins, and where the open groups do. */
  let atomStart = 0;
  const groups: number[] = [];
  let index = 0;
  while (index < source.length) {
    const count = source[index] === '{' ? COUNT.exec(source.slice(index, index + 24)) : null;
    if (count !== null) {
      const [whole, min = '0', open, max = '', lazy = ''] = count;
      const repeat = {
        min: Number(min),
        max: open === undefined ? Number(min) : max === '' ? Number.POSITIVE_INFINITY : Number(max),
      };
      const written = rewrite(out.slice(atomStart), repeat, lazy);
      out = written === undefined ? out + whole : out.slice(0, atomStart) + written;
      index += whole.length;
      continue;
    }
    const end = atomEnd(source, index);
    const atom = source.slice(index, end);
    if (atom === '(') groups.push(out.length);
    if (atom === ')') atomStart = groups.pop() ?? out.length;
    else if (!/^[*+?]$/.test(atom)) atomStart = out.length;
    out += atom;
    index = end;
  }
  return out;
}

/** Offset behind a character, an escape or a class. A group's parentheses count by themselves. */
function atomEnd(source: string, index: number): number {
  if (source[index] === '\\') {
    const escaped = /^\\(?:[pPx]\{[^}]*\}|x[0-9a-fA-F]{2}|[\s\S])/.exec(source.slice(index, index + 64));
    return index + (escaped?.[0].length ?? 1);
  }
  if (source[index] !== '[') return index + 1;
  const from = source.startsWith('[^]', index)
    ? index + 3
    : source.startsWith('[]', index)
      ? index + 2
      : index + 1;
  for (let at = from; at < source.length; at += 1) {
    if (source[at] === '\\') at += 1;
    else if (source[at] === ']') return at + 1;
  }
  return source.length;
}
