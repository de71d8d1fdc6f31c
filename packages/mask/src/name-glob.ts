import { normalisedName } from './name-words.js';

/** Longer names are matched as written only: normalising is for names that people write. */
export const NORMALISED_LENGTH = 256;

/**
 * One test for several globs over a whole text, case-insensitive: `*` is any run of characters, dots included, `?` is one. Greedy from left to
 * right without going back, so the time is linear in the text for any glob.
 */
export function anyGlob(globs: readonly string[]): (text: string) => boolean {
  const all = globs.map(partsOf);
  return (text) => {
    const lower = lowerCase(text);
    return all.some((parts) => matchParts(parts, lower));
  };
}

/** The same over a name: tried on the name as written, and on both with their separators normalised. */
export function anyNameGlob(globs: readonly string[]): (name: string) => boolean {
  const written = anyGlob(globs);
  const normalised = anyGlob(globs.map(normaliseGlob));
  return (name) => written(name) || (name.length <= NORMALISED_LENGTH && normalised(normalisedName(name)));
}

/** The last long text, and in lower case: that takes longer than to try a glob, and one rule after the other asks for it. */
let lastLong = '';
let lastLower = '';

function lowerCase(text: string): string {
  if (text === lastLong) return lastLower;
  // One call for both lengths: the compiler would merge two, and do them before it asks whether the text is known.
  const lower = text.toLowerCase();
  if (text.length > NORMALISED_LENGTH) {
    lastLong = text;
    lastLower = lower;
  }
  return lower;
}

function partsOf(glob: string): readonly string[] {
  return glob.toLowerCase().split(/\*+/);
}

/** One test for several globs over a name as it is written: case and separators matter. */
export function anyExactGlob(globs: readonly string[]): (name: string) => boolean {
  const all = globs.map((glob) => glob.split(/\*+/));
  return (name) => all.some((parts) => matchParts(parts, name));
}

/** What a glob is tried as on a normalised name. */
export function normaliseGlob(glob: string): string {
  return glob
    .split(/(\*+)/)
    .map((part) => (part.startsWith('*') ? part : edges(part)))
    .join('');
}

/** `*.id` must not match `paid`: a separator beside a wildcard stays one. */
function edges(part: string): string {
  const inner = normalisedName(part);
  if (inner === '') return part === '' ? '' : '_';
  const before = /^[^\p{L}\p{N}?]/u.test(part) ? '_' : '';
  const after = /[^\p{L}\p{N}?]$/u.test(part) ? '_' : '';
  return `${before}${inner}${after}`;
}

function matchParts(parts: readonly string[], text: string): boolean {
  const first = parts[0] ?? '';
  const last = parts[parts.length - 1] ?? '';
  if (!matchesAt(first, text, 0)) return false;
  if (parts.length === 1) return text.length === first.length;
  const end = text.length - last.length;
  if (end < first.length || !matchesAt(last, text, end)) return false;
  let position = first.length;
  for (let index = 1; index < parts.length - 1; index += 1) {
    const part = parts[index] ?? '';
    const found = findPart(part, text, position);
    if (found === -1 || found + part.length > end) return false;
    position = found + part.length;
  }
  return true;
}

function matchesAt(part: string, text: string, offset: number): boolean {
  if (!part.includes('?')) return text.startsWith(part, offset);
  if (offset + part.length > text.length) return false;
  for (let index = 0; index < part.length; index += 1) {
    const want = part.charCodeAt(index);
    if (want !== 63 && want !== text.charCodeAt(offset + index)) return false;
  }
  return true;
}

function findPart(part: string, text: string, from: number): number {
  if (!part.includes('?')) return text.indexOf(part, from);
  for (let offset = from; offset + part.length <= text.length; offset += 1) {
    if (matchesAt(part, text, offset)) return offset;
  }
  return -1;
}
