import { looksSecret } from '../detectors/secret-shape.js';

/** Members that tell about a secret and hold none, in lower case without separators: of schemas, types, references and settings. */
const MEMBERS: ReadonlySet<string> = new Set(
  (
    'type format description title minlength maxlength minimum maximum readonly writeonly required nullable optional deprecated name method ' +
    'scope scopes version algorithm alg provider enabled rules index analyzer fields keyword ignoreabove norms secretname defaultmode ' +
    'items namespace kind tokentype expiresin expiresat createdat updatedat lastusedat userid count noecho sensitive constrainttype ' +
    'bearerformat flow flows implicit clientcredentials authorizationcode authorizationurl tokenurl refreshurl openidconnecturl ' +
    'placeholder label message pattern anyof oneof allof $ref enum maxitems minitems additionalproperties expirationseconds path audience ' +
    'unique validate trim select hidden autocomplete inputtype in scheme schemes length position decision effect outcome ' +
    'allowed reason status state exp iat nbf iss aud kid typ line column offset symbol decimals lastused attempts policy rotatedat expires issuedat ' +
    // And of the settings of a cookie.
    'maxage originalmaxage samesite domain'
  ).split(' '),
);
/** What a person reads. */
const PROSE: ReadonlySet<string> = new Set([
  'description',
  'title',
  'placeholder',
  'label',
  'message',
  'pattern',
  '$ref',
]);
const BOOLEAN = /^(?:true|false|null)$/i;
const LONGEST = 2048;
const MOST_MEMBERS = 24;
const MOST_DEPTH = 4;

const TOKENS = /"([^"\n]{0,1024})"|'([^'\n]{0,1024})'|[^\s"'`{}[\](),:=<>]{1,256}|=>|[:=]/g;
const OPENS_OBJECT = /^(?:map)?[{[]/;
const SEPARATOR = /^(?:=>|[:=])$/;

/**
 * As `isMetadata`, of an object as languages print it: `{'type': 'string'}`, `{type=string, minLength=8}`, `map[type:string]`. What stands before a separator is the name of a member, at whatever depth.
 *
 * @param text attacker-controlled; a longer one is no metadata.
 */
export function isPrintedMetadata(text: string): boolean {
  if (text.length > LONGEST || !OPENS_OBJECT.test(text.slice(0, 5))) return false;
  const tokens = [...text.replaceAll('\\', '').matchAll(TOKENS)];
  // What is wrong with the value.
  if (tokens.every(([, double, single]) => isSentence(double ?? single))) return tokens.length > 0;
  let isProse = false;
  let members = 0;
  for (const [index, [whole, double, single]] of tokens.entries()) {
    if (SEPARATOR.test(whole)) continue;
    const token = double ?? single ?? whole;
    const next = tokens[index + 1]?.[0] ?? '';
    if (SEPARATOR.test(next)) {
      const lower = memberName(token);
      // As in JSON, whatever is true or false tells: `{ '$exists': true }`.
      if (!MEMBERS.has(lower) && !BOOLEAN.test(tokens[index + 2]?.[0] ?? '')) return false;
      isProse = PROSE.has(lower);
      members += 1;
    } else if (!tellsAbout(token, isProse, 0)) return false;
  }
  return members > 0 && members <= MOST_MEMBERS;
}

function memberName(written: string): string {
  return written.toLowerCase().replaceAll(/[-_]/g, '');
}

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
    const lower = memberName(name);
    if (typeof member === 'boolean' || (lower === 'id' && typeof member === 'number')) return true;
    if (lower === 'scopes' && typeof member === 'object' && member !== null)
      return Object.values(member).every((scope) => tellsAbout(scope, true, MOST_DEPTH));
    return MEMBERS.has(lower) && tellsAbout(member, PROSE.has(lower), depth);
  });
}

/** `This password is too common.` and `is too short (minimum is 12 characters)`, as validators say it. */
const SENTENCE =
  /^(?:[A-Z][a-z]{0,24}(?: (?:[A-Za-z'-]{1,24}|\d{1,4})[,:]?){3,30}[.!?]|(?:is|are|was|has|must|should|needs|can't|cannot|can not|does not|doesn't|may not)(?: \(?(?:[A-Za-z'-]{1,24}|\d{1,4})[,:]?\)?){1,30}[.!?]?)$/;

function isSentence(item: unknown): boolean {
  return typeof item === 'string' && item.length <= 256 && SENTENCE.test(item) && !looksSecret(item);
}

function tellsAbout(member: unknown, isProse: boolean, depth: number): boolean {
  if (typeof member === 'string')
    return (isProse && /\s/.test(member)) || (member.length <= 128 && !looksSecret(member));
  if (Array.isArray(member) && member.every((item) => typeof item === 'string'))
    return member.every((item) => tellsAbout(item, isProse, depth));
  return typeof member !== 'object' || member === null || isMetadata(member, depth + 1);
}

/** What of a document a database is asked for: `{ projection: { password: 0 } }`. */
const PROJECTION = /(?:projection|\$project|select|fields)[\\"']{0,4}:\s{0,64}\{[^{}]{0,256}$/i;

/** Whether a value at `at` says if a member is asked for. */
export function isAskedFor(text: string, at: number, value: string): boolean {
  return /^[01]$/.test(value) && PROJECTION.test(text.slice(Math.max(0, at - 288), at));
}
