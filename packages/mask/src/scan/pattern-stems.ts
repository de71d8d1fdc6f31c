/** Shorter stems stand in nearly every text. */
const SHORTEST_STEM = 3;

/**
 * Words of letters and digits of which every text that the regular expression matches holds at least one, in lower case;
 * undefined when none can be told. Separators are left out, since a name is matched with any.
 */
export function patternStems(source: string): readonly string[] | undefined {
  const body = source.replace(/^(?:\(\?[a-zA-Z]+\))+/, '');
  const stems = splitAlternatives(body).map(longestLiteral);
  return stems.every((stem) => stem.length >= SHORTEST_STEM) ? stems : undefined;
}

/** The same of a glob. */
export function globStems(glob: string): readonly string[] | undefined {
  // Words of a name, because `apiKey` matches `api_key`.
  const words = glob
    .replace(/([a-z0-9])(?=[A-Z])/g, '$1 ')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  const stem = (words ?? []).reduce((longest, word) => (word.length > longest.length ? word : longest), '');
  return stem.length >= SHORTEST_STEM ? [stem] : undefined;
}

/** At the top level only: a '|' inside of a group or class belongs to it. */
function splitAlternatives(source: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < source.length; at += 1) {
    const character = source[at];
    if (character === '\\') at += 1;
    else if (character === '[') at = classEnd(source, at);
    else if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    else if (character === '|' && depth === 0) {
      parts.push(source.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, source.slice(start)];
}

/** The longest run of letters and digits that stand outside of groups and classes and that nothing repeats. */
function longestLiteral(branch: string): string {
  let longest = '';
  let run = '';
  const end = (): void => {
    if (run.length > longest.length) longest = run;
    run = '';
  };
  for (let at = 0; at < branch.length; at += 1) {
    const character = branch[at] ?? '';
    if (/[A-Za-z0-9]/.test(character)) {
      run += character;
      continue;
    }
    // A quantifier takes the character before it away.
    if ('?*{'.includes(character)) run = run.slice(0, -1);
    end();
    if (character === '\\') at = escapeEnd(branch, at);
    else if (character === '[') at = classEnd(branch, at);
    else if (character === '(') at = groupEnd(branch, at);
    else if (character === '{') at = closing(branch, at);
  }
  end();
  return longest.toLowerCase();
}

/** Behind `\x41` and its like nobody knows where the literal text goes on. */
function escapeEnd(branch: string, at: number): number {
  if (!/[0-9A-Za-z]/.test(branch[at + 1] ?? '') || /[bBdDwWsSAzZnrtfv]/.test(branch[at + 1] ?? ''))
    return at + 1;
  let end = at + 1;
  while (/[0-9A-Za-z]/.test(branch[end + 1] ?? '')) end += 1;
  return end;
}

function closing(source: string, at: number): number {
  const end = source.indexOf('}', at);
  return end < 0 ? source.length : end;
}

function classEnd(source: string, at: number): number {
  for (let index = at + 2; index < source.length; index += 1) {
    if (source[index] === '\\') index += 1;
    else if (source[index] === ']') return index;
  }
  return source.length;
}

function groupEnd(source: string, at: number): number {
  let depth = 0;
  for (let index = at; index < source.length; index += 1) {
    const character = source[index];
    if (character === '\\') index += 1;
    else if (character === '[') index = classEnd(source, index);
    else if (character === '(') depth += 1;
    else if (character === ')') {
      depth -= 1;
      if (depth === 0) return index;
    }
  }
  return source.length;
}
