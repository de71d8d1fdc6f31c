import { type CharSet, charSet, complement } from './char-set.js';
import { foldCase } from './letter-cases.js';

const DIGIT: CharSet = [[48, 57]];
const WORD: CharSet = charSet([
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
]);
const SETS: ReadonlyMap<string, CharSet> = new Map([
  ['d', DIGIT],
  ['w', WORD],
]);
const CONTROLS: ReadonlyMap<string, number> = new Map([
  ['t', 9],
  ['n', 10],
  ['v', 11],
  ['f', 12],
  ['r', 13],
]);
const POSIX: ReadonlyMap<string, CharSet> = new Map([
  [
    'alnum',
    charSet([
      [48, 57],
      [65, 90],
      [97, 122],
    ]),
  ],
  [
    'alpha',
    charSet([
      [65, 90],
      [97, 122],
    ]),
  ],
  ['ascii', [[0, 127]]],
  [
    'blank',
    charSet([
      [9, 9],
      [32, 32],
    ]),
  ],
  [
    'cntrl',
    charSet([
      [0, 31],
      [127, 127],
    ]),
  ],
  ['digit', DIGIT],
  ['graph', [[33, 126]]],
  ['lower', [[97, 122]]],
  ['print', [[32, 126]]],
  [
    'punct',
    charSet([
      [33, 47],
      [58, 64],
      [91, 96],
      [123, 126],
    ]),
  ],
  [
    'space',
    charSet([
      [9, 13],
      [32, 32],
    ]),
  ],
  ['upper', [[65, 90]]],
  ['word', WORD],
  [
    'xdigit',
    charSet([
      [48, 57],
      [65, 70],
      [97, 102],
    ]),
  ],
]);

interface ReadSet {
  readonly set: CharSet;
  readonly length: number;
}

/** In any case, what a negated set leaves out is every case of what it names. */
function negatedSet(set: CharSet, ignoreCase: boolean): CharSet {
  return complement(ignoreCase ? foldCase(set) : set);
}

/** The set of an escape in the engine's spelling. Undefined when it is none that is known here. */
export function readEscape(source: string, index: number, ignoreCase: boolean): ReadSet | undefined {
  const next = source[index + 1] ?? '';
  const set = SETS.get(next);
  if (set !== undefined) return { set, length: 2 };
  const negated = /[DW]/.test(next) ? SETS.get(next.toLowerCase()) : undefined;
  if (negated !== undefined) return { set: negatedSet(negated, ignoreCase), length: 2 };
  const control = CONTROLS.get(next);
  if (control !== undefined) return { set: [[control, control]], length: 2 };
  const hex = /^\\x\{([0-9a-fA-F]{1,6})\}/.exec(source.slice(index, index + 12));
  if (hex !== null) {
    const code = Number.parseInt(hex[1] ?? '', 16);
    return { set: [[code, code]], length: hex[0].length };
  }
  if (next === '' || /[A-Za-z0-9]/.test(next)) return undefined;
  const code = source.codePointAt(index + 1) ?? 0;
  return { set: [[code, code]], length: code > 0xffff ? 3 : 2 };
}

/** A class in the engine's spelling: what stands in its brackets, before it is negated. */
export function readClass(
  source: string,
  start: number,
  ignoreCase: boolean,
): (ReadSet & { readonly negated: boolean }) | undefined {
  const negated = source[start + 1] === '^';
  const ranges: (readonly [number, number])[] = [];
  let index = start + (negated ? 2 : 1);
  while (source[index] !== ']') {
    const item = readItem(source, index, ignoreCase);
    if (item === undefined) return undefined;
    index += item.length;
    const from = single(item.set);
    const isRange = from !== undefined && source[index] === '-' && source[index + 1] !== ']';
    const end = isRange ? readItem(source, index + 1, ignoreCase) : undefined;
    const to = end === undefined ? undefined : single(end.set);
    if (isRange && (end === undefined || to === undefined || to < from)) return undefined;
    if (isRange) index += 1 + (end?.length ?? 0);
    if (from !== undefined && to !== undefined) ranges.push([from, to]);
    else ranges.push(...item.set);
  }
  return { set: charSet(ranges), length: index + 1 - start, negated };
}

function readItem(source: string, index: number, ignoreCase: boolean): ReadSet | undefined {
  if (index >= source.length) return undefined;
  const posix = /^\[:(\^?)(\w+):\]/.exec(source.slice(index, index + 16));
  const named = POSIX.get(posix?.[2] ?? '');
  if (posix !== null && named !== undefined) {
    return { set: posix[1] === '^' ? negatedSet(named, ignoreCase) : named, length: posix[0].length };
  }
  if (source[index] === '\\') return readEscape(source, index, ignoreCase);
  const code = source.codePointAt(index) ?? 0;
  return { set: [[code, code]], length: code > 0xffff ? 2 : 1 };
}

function single(set: CharSet): number | undefined {
  const [range] = set;
  return set.length === 1 && range !== undefined && range[0] === range[1] ? range[0] : undefined;
}
