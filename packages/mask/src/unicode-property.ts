const known = new Map<string, string | undefined>();
const MOST_KNOWN = 64;
const LAST = 0x10ffff;

/**
 * The code points with a Unicode property as ranges that can stand in a class of the engine, whose own table of names is
 * short. Undefined when there is no such property. Takes some ten milliseconds for a new name.
 *
 * @param name as JavaScript spells it (`L`, `Letter`, `Script=Greek`, `Alphabetic`), or as Java does (`IsAlphabetic`).
 */
export function propertyRanges(name: string, negated: boolean): string | undefined {
  const key = `${negated ? '^' : ''}${name}`;
  if (known.has(key)) return known.get(key);
  const ranges = findRanges(name, negated);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, ranges);
  return ranges;
}

function findRanges(name: string, negated: boolean): string | undefined {
  const pattern = propertyPattern(name);
  if (pattern === undefined) return undefined;
  let ranges = '';
  let from = -1;
  for (let code = 0; code <= LAST + 1; code += 1) {
    const inside = code <= LAST && pattern.test(String.fromCodePoint(code)) !== negated;
    if (inside && from === -1) from = code;
    if (inside || from === -1) continue;
    ranges += from === code - 1 ? hex(from) : `${hex(from)}-${hex(code - 1)}`;
    from = -1;
  }
  return ranges;
}

function propertyPattern(name: string): RegExp | undefined {
  for (const spelling of [
    name,
    `Script=${name}`,
    name.replace(/^(?:Is|In)_?/, ''),
    name.replace(/^Is_?/, 'Script='),
  ]) {
    try {
      return new RegExp(`^\\p{${spelling}}$`, 'u');
    } catch {
      // The next spelling.
    }
  }
  return undefined;
}

function hex(code: number): string {
  return `\\x{${code.toString(16)}}`;
}
