import type { SeededRandom } from './seeded-random.js';

const WORDS = (
  'order customer shipped pending warehouse label parcel carrier region total price currency item batch shelf colour ' +
  'quantity status created updated approval office queue blue green small weight north south visit click cart page view'
).split(' ');

const ALPHANUMERIC = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** An order as JSON text of about so many bytes, with a password and an API key in it. */
export function jsonBody(random: SeededRandom, bytes: number): string {
  const customer = {
    name: random.words(2, WORDS),
    password: random.characters(12, ALPHANUMERIC),
    apiKey: `ak_live_${random.characters(16, ALPHANUMERIC)}`,
    address: { city: random.pick(WORDS), zip: `${10_000 + random.below(90_000)}` },
  };
  const items: object[] = [];
  const order = {
    orderId: `ord_${random.below(100_000)}`,
    customer,
    items,
    total: random.below(90_000) / 100,
  };
  let length = JSON.stringify(order).length;
  for (;;) {
    const item = orderItem(random);
    length += JSON.stringify(item).length + 1;
    if (length > bytes) break;
    items.push(item);
  }
  return JSON.stringify(order);
}

function orderItem(random: SeededRandom): object {
  return {
    id: random.below(10_000),
    sku: `SKU-${1000 + random.below(9000)}`,
    name: random.words(3, WORDS),
    price: random.below(10_000) / 100,
    qty: random.below(9),
    tags: [random.pick(WORDS), random.pick(WORDS)],
    note: `ships with "${random.pick(WORDS)}" label\n`,
    meta: { vendor: random.pick(WORDS), active: random.below(2) === 0, ref: null },
  };
}

/** A line of clean text of exactly so many characters: words, a path, small numbers. */
export function cleanText(random: SeededRandom, length: number): string {
  let text = '';
  while (text.length < length) {
    const path = `/${random.pick(WORDS)}/${random.pick(WORDS)}/${random.below(10_000)}`;
    text += `${random.words(8, WORDS)} ${path} took ${random.below(1000)} ms, `;
  }
  return text.slice(0, length);
}
