import type { Attributes, AttributeValue } from '../../src/index.js';

const MOST_TRIES = 2000;

/** Attributes as small as cutting finds them, of which a condition still holds. */
export function smallest(given: Attributes, holds: (attributes: Attributes) => boolean): Attributes {
  let least = given;
  let tries = 0;
  const attempt = (candidate: Attributes): boolean => {
    tries += 1;
    if (tries > MOST_TRIES || !holds(candidate)) return false;
    least = candidate;
    return true;
  };
  let goesOn = true;
  while (goesOn && tries < MOST_TRIES) goesOn = smallerAttributes(least).some(attempt);
  return least;
}

function smallerAttributes(attributes: Attributes): Attributes[] {
  const entries = Object.entries(attributes);
  return entries.flatMap(([key, value], index) => [
    ...(entries.length > 1 ? [Object.fromEntries(entries.filter((_, other) => other !== index))] : []),
    ...smallerValues(value).map((smaller) => ({ ...attributes, [key]: smaller })),
    ...cuts(key).map((name) =>
      Object.fromEntries([...entries.filter((_, other) => other !== index), [name, value]]),
    ),
  ]);
}

function smallerValues(value: AttributeValue): AttributeValue[] {
  if (typeof value === 'string') return cuts(value);
  if (value instanceof Uint8Array) return [Buffer.from(value).toString('utf8')];
  if (Array.isArray(value))
    return value.flatMap((element: AttributeValue, index) => [
      element,
      value.filter((_, other) => other !== index),
      ...smallerValues(element).map((smaller) => value.with(index, smaller)),
    ]);
  if (typeof value !== 'object' || value === null) return [];
  const members = Object.entries(value);
  return members.flatMap(([name, member]) => [
    member,
    Object.fromEntries(members.filter(([other]) => other !== name)),
    ...smallerValues(member).map((smaller) => ({ ...value, [name]: smaller })),
  ]);
}

/** The text without each of its halves, quarters … and single characters. */
function cuts(text: string): string[] {
  const found: string[] = [];
  for (let size = text.length >> 1; size >= 1; size >>= 1) {
    if (size < 4 && text.length > 400) break;
    for (let from = 0; from < text.length; from += size)
      found.push(text.slice(0, from) + text.slice(from + size));
  }
  return found;
}
