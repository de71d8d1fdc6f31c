import { closestWord } from './closest-word.js';
import type { FaultList } from './fault-list.js';
import { reference } from './policy-members.js';
import type { ChoiceShape, MapShape, RecordShape, Shape, WordShape } from './policy-shape.js';

interface Place {
  readonly path: string;
  readonly faults: FaultList;
}

/**
 * Reads a value of unknown origin by its shape into a plain copy. What is faulty is noted and left out: a member is not
 * there, an element of a list is undefined.
 */
export function readShape(value: unknown, shape: Shape, place: Place): unknown {
  const { path, faults } = place;
  switch (shape.is) {
    case 'text': {
      const { expected = 'a string that is not empty', mayBeEmpty = false } = shape;
      return typeof value === 'string' && (mayBeEmpty || value !== '')
        ? value
        : faults.add(path, expected, value);
    }
    case 'word':
      return readWord(value, shape, place);
    case 'count': {
      const { from, to } = shape;
      if (typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to) return value;
      return faults.add(path, `a whole number from ${from} to ${to}`, value);
    }
    case 'flag':
      return typeof value === 'boolean' ? value : faults.add(path, 'true or false', value);
    case 'list':
      if (!Array.isArray(value)) return faults.add(path, 'an array', value);
      return Array.from(value, (element: unknown, index) =>
        readShape(element, shape.of, { path: `${path}[${index}]`, faults }),
      );
    case 'map':
      return readMap(value, shape, place);
    case 'record':
      return readRecord(value, shape, place);
    case 'choice':
      return readChoice(value, shape, place);
  }
}

function readWord(value: unknown, { words, named }: WordShape, { path, faults }: Place): string | undefined {
  const known = words.find((candidate) => candidate === value);
  if (known !== undefined) return known;
  const expected = `one of ${words.join(', ')}`;
  if (typeof value !== 'string') return faults.add(path, expected, value);
  if (named === true && reference.test(value)) return value;
  return faults.addReason(path, expected, `another string${hint(value, words)}`);
}

function readChoice(value: unknown, { of, expected }: ChoiceShape, place: Place): unknown {
  const chosen = of.find((shape) => isMeant(value, shape));
  return chosen === undefined
    ? place.faults.add(place.path, expected, value)
    : readShape(value, chosen, place);
}

function isMeant(value: unknown, { is }: Shape): boolean {
  if (is === 'text' || is === 'word') return typeof value === 'string';
  if (is === 'list') return Array.isArray(value);
  return isObject(value);
}

function readMap(value: unknown, { of, name: names, least }: MapShape, { path, faults }: Place): unknown {
  if (!isObject(value)) return faults.add(path, 'an object', value);
  const read: Record<string, unknown> = Object.create(null);
  const members = memberNames(value);
  if (members.length === 0 && least !== undefined) faults.addReason(path, least, 'none');
  for (const member of members) {
    const at = join(path, shownName(member, 60));
    if (names !== undefined && !names.pattern.test(member))
      faults.addReason(at, names.expected, 'another name');
    const element = readShape(Reflect.get(value, member), of, { path: at, faults });
    if (element !== undefined) read[member] = element;
  }
  return read;
}

function readRecord(value: unknown, shape: RecordShape, { path, faults }: Place): unknown {
  if (!isObject(value)) return faults.add(path, 'an object', value);
  const known = Object.keys(shape.members);
  const read: Record<string, unknown> = Object.create(null);
  const present = new Set<string>();
  for (const name of memberNames(value)) {
    const member = known.includes(name) ? shape.members[name] : undefined;
    if (member === undefined) {
      const expected = `one of the known members (${known.join(', ')})`;
      faults.addReason(join(path, shownName(name, 40)), expected, `an unknown member${hint(name, known)}`);
      continue;
    }
    present.add(name);
    const element = readShape(Reflect.get(value, name), member, { path: join(path, name), faults });
    if (element !== undefined) read[name] = element;
  }
  checkPresence(shape, present, { path, faults });
  return read;
}

function checkPresence(
  { required = [], oneOf, anyOf, members }: RecordShape,
  present: ReadonlySet<string>,
  place: Place,
): void {
  const { path, faults } = place;
  for (const name of required) {
    const member = members[name];
    const expected = (member?.is === 'text' ? member.expected : undefined) ?? 'a string that is not empty';
    if (!present.has(name)) faults.add(join(path, name), expected, undefined);
  }
  if (oneOf !== undefined) {
    const count = oneOf.filter((name) => present.has(name)).length;
    if (count !== 1) faults.addReason(path, `a ${oneOf.join(' or a ')}`, count === 0 ? 'none' : 'both');
  }
  if (anyOf !== undefined && !anyOf.some((name) => present.has(name))) {
    faults.addReason(path, `a ${anyOf.slice(0, -1).join(', ')} or ${anyOf.slice(-1)} to match`, 'none');
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Own enumerable names. A member that is undefined is one that is not there. */
function memberNames(value: object): string[] {
  return Object.keys(value).filter((name) => Reflect.get(value, name) !== undefined);
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

/** A name as a path shows it: not when it may be something else that slipped into its place. */
function shownName(name: string, longest: number): string {
  return name.length <= longest && /^[\w$.-]+$/.test(name) ? name : '(unreadable name)';
}

/** Only words of our own are ever proposed. */
function hint(text: string, words: readonly string[]): string {
  const closest = closestWord(text, words);
  return closest === undefined ? '' : ` (did you mean ${closest}?)`;
}
