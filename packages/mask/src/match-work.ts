/** How often a rule may look at a text, all its matches together. */
const LOOKS = 32;
const FLOOR = 65_536;

/**
 * Characters of a text that all searches of one rule may look at together: an open-ended pattern may look at the whole rest to
 * find a short match, each time anew. What lies behind is masked unread.
 */
export function matchWork(text: string): number {
  return text.length * LOOKS + FLOOR;
}
