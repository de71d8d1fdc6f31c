import { looksSecret } from '../detectors/secret-shape.js';

/** Members that tell about a secret and hold none, in lower case without separators: of schemas, types, references and settings. */
const MEMBERS: ReadonlySet<string> = new Set(
  (
    'type format description title minlength maxlength minimum maximum readonly writeonly required nullable optional deprecated name method ' +
    'scope scopes version algorithm alg provider enabled rules index analyzer fields keyword ignoreabove norms secretname defaultmode ' +
    'items namespace kind tokentype expiresin expiresat createdat updatedat lastusedat userid count noecho sensitive constrainttype ' +
    'placeholder label message'
  ).split(' '),
);
/** What a person reads. */
const PROSE: ReadonlySet<string> = new Set(['description', 'title', 'placeholder', 'label', 'message']);
const LONGEST = 2048;
const MOST_MEMBERS = 24;
const MOST_DEPTH = 4;

/** As `isMetadata`, of a JSON text; not of one that is cut off, or long. */
export function isMetadataText(text: string): boolean {
  if (text.length > LONGEST) return false;
  try {
    return isMetadata(JSON.parse(text));
  } catch {
    return false;
  }
}

/**
 * Whether an object under a secret's name only tells about it: `{"password":{"type":"string","minLength":8}}` of a schema,
 * `{"secret":{"secretName":"db","defaultMode":420}}`. One unknown member, or a text that looks random, makes it the secret.
 */
export function isMetadata(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null || depth > MOST_DEPTH) return false;
  if (Array.isArray(value)) {
    const tells = (item: unknown): boolean => isMetadata(item, depth + 1) || isSentence(item);
    return value.length > 0 && value.length <= MOST_MEMBERS && value.every(tells);
  }
  const members: [string, unknown][] = Object.entries(value);
  if (members.length > MOST_MEMBERS) return false;
  return members.every(([name, member]) => {
    const lower = name.toLowerCase().replaceAll(/[-_]/g, '');
    return MEMBERS.has(lower) && tellsAbout(member, PROSE.has(lower), depth);
  });
}

/** `This password is too common.`, as validators say it. */
const SENTENCE = /^[A-Z][a-z]{0,24}(?: [A-Za-z'-]{1,24}[,:]?){3,30}[.!?]$/;

function isSentence(item: unknown): boolean {
  return typeof item === 'string' && item.length <= 256 && SENTENCE.test(item) && !looksSecret(item);
}

function tellsAbout(member: unknown, isProse: boolean, depth: number): boolean {
  if (typeof member === 'string') return isProse || (member.length <= 128 && !looksSecret(member));
  if (Array.isArray(member) && member.every((item) => typeof item === 'string'))
    return member.every((item) => tellsAbout(item, isProse, depth));
  return typeof member !== 'object' || member === null || isMetadata(member, depth + 1);
}
