/** Up to here inserting one after the other is fastest; beyond, its square would show. */
const insertionLength = 24;

/** The indices from 0 to below a count, in the order of what they stand for; what is equal stays as it was. */
export function sortedIndices(count: number, compare: (one: number, other: number) => number): number[] {
  const order: number[] = [];
  for (let index = 0; index < count; index++) order.push(index);
  if (count > insertionLength) return order.sort(compare);
  for (let index = 1; index < count; index++) {
    let at = index;
    for (; at > 0 && compare(order[at - 1] as number, index) > 0; at--) order[at] = order[at - 1] as number;
    order[at] = index;
  }
  return order;
}
