import { normalisedName } from './name-words.js';

/** Longer names are matched as written only: normalising is for names that people write. */
export const NORMALISED_LENGTH = 256;

/**
 * A glob over a whole text, case-insensitive: `*` is any run of characters, dots included, `?` is one. Greedy from left to
 * right without going back, so the time is linear in the text for any glob.
 */
export function compileGlob(glob: string): (text: string) => boolean {
  const parts = glob.toLowerCase().split(/\*+/);
  return (text) => matchParts(parts, text.toLowerCase());
}

/** A glob over a name: tried on the name as written, and on both with their separators normalised. */
export function compileNameGlob(glob: string): (name: string) => boolean {
  const written = compileGlob(glob);
  const normalised = compileGlob(normaliseGlob(glob));
  return (name) => written(name) || (name.length <= NORMALISED_LENGTH && normalised(normalisedName(name)));
}

/** One test for several globs over a whole text. */
export function anyGlob(globs: readonly string[]): (text: string) => boolean {
  return anyOf(globs.map(compileGlob));
}

/** One test for several globs over a name. */
export function anyNameGlob(globs: readonly string[]): (name: string) => boolean {
  return anyOf(globs.map(compileNameGlob));
}

/** One test for several globs over a name as it is written: case and separators matter. */
export function anyExactGlob(globs: readonly string[]): (name: string) => boolean {
  return anyOf(
    globs.map((glob) => {
      const parts = glob.split(/\*+/);
      return (name: string) => matchParts(parts, name);
    }),
  );
}

function anyOf(tests: readonly ((text: string) => boolean)[]): (text: string) => boolean {
  const [only] = tests;
  return tests.length === 1 && only !== undefined ? only : (text) => tests.some((test) => test(text));
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
