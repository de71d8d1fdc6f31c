/** Lengths at which stores, exporters and instrumentations cut a text: powers of two and round numbers, and one less of each. */
const USUAL_LIMITS: ReadonlySet<number> = new Set(
  [64, 100, 128, 200, 250, 256, 300, 400, 500, 512, 1000, 1024, 1500, 2000, 2048, 2500, 3000, 4000, 4096]
    .concat([5000, 8000, 8192, 10_000, 12_000, 16_000, 16_384, 20_000, 32_000, 32_768, 50_000, 65_536])
    .flatMap((limit) => [limit - 1, limit]),
);

/**
 * Whether the end of a token at `end` is missing. At the end of a text any word may look like the beginning of a token, so that the
 * end alone says it only of a prefix that nothing else has.
 */
export function wasCut(text: string, end: number, isDistinctive: boolean): boolean {
  // Full stops may be of the token.
  if (text[end] === '\u2026' || text.startsWith('...', end) || text.startsWith('...', end - 3)) return true;
  if (end < text.length) return false;
  return isDistinctive || USUAL_LIMITS.has(text.length);
}
