import type { KeyValue, Span } from '@spanseal/otlp';

/** Most attributes that are looked for among all. */
const mostAdded = 3;
/** Most ways to leave some out that are tried for one span. */
const mostWays = 3000;
/** What a trial costs beside its bytes, as bytes. */
const trialBytes = 1024;

/** A longer span is not tried. In bytes of its core form. */
const longestSpan = 65_536;

/** How many bytes may be read to find additions, over all spans: whoever adds attributes decides how often it is tried. */
export interface TrialBudget {
  left: number;
}

/**
 * The keys of the attributes without which a span is as it was sealed, or undefined.
 *
 * @param sealed how many attributes it was sealed with, and how many bytes it has now.
 * @param holds whether the MAC holds for these attributes.
 */
export function addedAttributes(
  { attributes = [] }: Span,
  {
    count,
    length,
    budget,
  }: { readonly count: number; readonly length: number; readonly budget: TrialBudget },
  holds: (attributes: readonly KeyValue[]) => boolean,
): readonly string[] | undefined {
  const added = attributes.length - count;
  if (added < 1 || added > mostAdded || length > longestSpan || ways(attributes.length, added) > mostWays)
    return undefined;
  for (const places of combinations(attributes.length, added)) {
    if (budget.left <= 0) return undefined;
    budget.left -= length + trialBytes;
    if (holds(attributes.filter((_, place) => !places.includes(place))))
      return places.map((place) => attributes[place]?.key ?? '');
  }
  return undefined;
}

function ways(size: number, chosen: number): number {
  let count = 1;
  for (let index = 0; index < chosen; index += 1) count = (count * (size - index)) / (index + 1);
  return count;
}

/** All ways to choose places; the last places first, because what is added mostly stands behind. */
function* combinations(size: number, chosen: number, limit: number = size): Generator<number[]> {
  if (chosen === 0) {
    yield [];
    return;
  }
  for (let place = limit - 1; place >= chosen - 1; place -= 1) {
    for (const rest of combinations(size, chosen - 1, place)) yield [...rest, place];
  }
}
