// Changes of a request as it lies there, each at a random place of the model.
import { randomValue } from './random-span.mjs';

const idLengths = { traceId: 32, spanId: 16, parentSpanId: 16 };
const letters = 'bcdfghjklmnpqrstvwxzBCDFGHJKLMNP~aA0_';

/** Another request that is of the model's shape. */
export function changed(request, choice) {
  const copy = structuredClone(request);
  const rounds = 1 + (choice.happens(25) ? choice.below(3) : 0);
  for (let round = 0; round < rounds; round += 1) changeOne(copy, choice);
  return copy;
}

function changeOne(request, choice) {
  const span = request.resourceSpans[0].scopeSpans[0].spans[0];
  const change = choice.pick([
    changeSeal,
    addAttributes,
    changeMember,
    changeMember,
    changeMember,
    changeList,
    changeList,
  ]);
  change({ request, span }, choice);
}

function changeSeal({ span }, choice) {
  const carried = span.attributes?.find(({ key }) => key.startsWith('spanseal.'));
  const text = carried?.value?.stringValue;
  if (text === undefined || text === '') return;
  const at = choice.below(text.length);
  const parts = text.split('~');
  const place = choice.below(parts.length);
  const withPart = (part) => parts.map((old, index) => (index === place ? part : old)).join('~');
  const old = parts[place];
  const texts = [
    text.slice(0, at),
    text.slice(0, at) + choice.pick(letters) + text.slice(at),
    withPart(choice.pick(['', '2', 'b', 'c', 'K_512', 'k-2'])),
    withPart(old.slice(1) + choice.pick(letters)),
    withPart(choice.pick(letters) + old.slice(1)),
    withPart(choice.pick(letters) + old.slice(1)),
  ];
  carried.value.stringValue = choice.pick(texts);
}

function addAttributes({ span }, choice) {
  const added = Array.from({ length: 1 + choice.below(4) }, (_, place) => ({
    key: `added.${place}`,
    value: randomValue(choice, 1),
  }));
  span.attributes = choice.happens(50)
    ? [...added, ...(span.attributes ?? [])]
    : [...(span.attributes ?? []), ...added];
}

/** Another value of a member, or none. */
function changeMember({ request }, choice) {
  const places = [];
  walk(request, (owner, name) => {
    if (!Array.isArray(owner) && name !== 'resourceSpans' && name !== 'scopeSpans' && name !== 'spans')
      places.push([owner, name]);
  });
  const [owner, name] = choice.pick(places);
  const value = owner[name];
  if (choice.happens(15) && name !== 'key') delete owner[name];
  else if (name in idLengths)
    owner[name] = choice.pick(['', '0'.repeat(idLengths[name]), choice.hex(idLengths[name])]);
  else if (typeof value === 'number') owner[name] = choice.pick([0, 1, 2, 5]);
  else if (typeof value === 'boolean') owner[name] = !value;
  else if (typeof value === 'string') owner[name] = otherText(name, value, choice);
}

function otherText(name, value, choice) {
  if (name.endsWith('UnixNano') || name === 'intValue') return choice.pick(['0', '1', '1795251600000000000']);
  if (name === 'bytesValue') return choice.pick(['', 'AA==', '/wD+']);
  if (name === 'doubleValue') return choice.pick([0, 'NaN', 1.5]);
  return choice.pick(['', `${value}x`, value.slice(1), value.toUpperCase(), '😀']);
}

/** Elements of a list in another order, twice, or gone. */
function changeList({ request }, choice) {
  const lists = [];
  walk(request, (owner, name) => {
    if (Array.isArray(owner[name]) && !['resourceSpans', 'scopeSpans', 'spans'].includes(name))
      lists.push(owner[name]);
  });
  if (lists.length === 0) return;
  const list = choice.pick(lists);
  const at = choice.below(list.length + 1);
  if (list.length === 0) return;
  const way = choice.below(4);
  if (way === 0) list.reverse();
  else if (way === 1) list.splice(Math.min(at, list.length - 1), 1);
  else if (way === 2) list.push(structuredClone(list[Math.min(at, list.length - 1)]));
  else list.push(...list.splice(0, at));
}

function walk(value, visit) {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue;
    visit(value, name);
    walk(member, visit);
  }
}

/** The bytes of a request with some of them changed, added or gone. */
export function damaged(bytes, choice) {
  const at = choice.below(bytes.length);
  const byte = Uint8Array.of(choice.below(256));
  const ways = [
    [bytes.subarray(0, at), byte, bytes.subarray(at + 1)],
    [bytes.subarray(0, at), byte, bytes.subarray(at)],
    [bytes.subarray(0, at)],
    [bytes.subarray(0, at), Uint8Array.of(bytes[at] ^ (1 << choice.below(8))), bytes.subarray(at + 1)],
  ];
  return Buffer.concat(choice.pick(ways));
}
