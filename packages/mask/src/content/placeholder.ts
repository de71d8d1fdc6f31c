const LONGEST = 160;

/** `$1`, `$name`, `:name`, `?`, `@p1`, `%s`, `%(name)s` of queries and shells. Digits make it a secret, unless it is a constant's name. */
const PARAMETER =
  /^(?:\?|\$\d{1,3}|[$@:][A-Za-z_]{1,64}(?:\.[A-Za-z_]{1,64}){0,4}|\$[A-Z][A-Z0-9_]{0,64}|[@:]p?\d{1,3}|%[sdiqv]|%\([A-Za-z_]{1,64}\)s)$/;
/** `${NAME}`, `{{ .Values.name }}`, `process.env.NAME`, `<your password>`; `${NAME:-default}` holds a value. */
const TEMPLATE =
  /^(?:\$\{\{?[\s\w.[\]-]{1,128}\}?\}|\{\{[\s\w.$|-]{1,128}\}\}|(?:process|import\.meta)\.env\.\w{1,64}|<[A-Za-z][A-Za-z _-]{0,64}>|(?:var|local|data|module|each|self)\.[a-z_][\w.[\]"*-]{0,128}|\{[A-Za-z_]{2,64}\}|%[A-Za-z_]{2,64}%|\$\([^()]{0,128}\))$/;
/** Types of the variables that an operation of GraphQL declares. */
const VARIABLE_TYPE = /^\[?(?:String|ID|Int|Float|Boolean|[A-Z][A-Za-z]{0,64}Input)!?\]?!?$/;
/** Opens a block of YAML on the lines below. */
const BLOCK = /^[|>][+-]?\d?$/;
/** What `credentials` can be in a request of the Fetch standard. */
const CREDENTIALS_MODE = /^(?:include|same-origin|omit)$/;

const REPEATED = /([A-Za-z*#])\1{7}/;

/** `xxxxxxxxxxxx`, `pplx-xxxxxxxxxxxxxxxx`: one character again and again, for three quarters of it at least. */
function isFiller(value: string): boolean {
  const filler = REPEATED.exec(value)?.[1];
  if (filler === undefined) return false;
  let count = 0;
  let others = 0;
  for (const character of value) {
    if (character === filler) count += 1;
    else if (!'-_.~'.includes(character)) others += 1;
  }
  return count >= 3 * others;
}

/** Whether a value only says where the real one will be put in. It is no secret, wherever it stands. */
export function isPlaceholder(value: string): boolean {
  return value.length <= LONGEST && (PARAMETER.test(value) || TEMPLATE.test(value) || isFiller(value));
}

/** A scheme, and after it what only says where the credentials will be put in. */
const EXAMPLE_CREDENTIALS =
  /^(?:bearer|basic|token|api-?key)[ \t]{1,8}(?:\$[A-Za-z_{(]|<[A-Za-z]|\{[A-Za-z{]|\.\.\.|([xX*])\1{7})/i;

/** Whether the value of an authorization header, or `user:password`, is one of an example: `Bearer $TOKEN`, `$USER:$PASSWORD`. */
export function isExampleCredentials(value: string): boolean {
  if (EXAMPLE_CREDENTIALS.test(value)) return true;
  const colon = value.indexOf(':');
  // A user name alone is no secret.
  return colon > 0 && colon < LONGEST && isTemplate(value.slice(colon + 1));
}

function isTemplate(part: string): boolean {
  return /^(?:\$[\w({]|\{\{|<|\[)/.test(part) || (part.endsWith('>') && part.length <= LONGEST);
}

/** Whether a value under this name is code and no secret: a placeholder, the type of a variable, the sign of a block, a mode of `fetch`. */
export function isCode(name: string, value: string): boolean {
  if (value.length > LONGEST) return false;
  if (name.startsWith('$') && VARIABLE_TYPE.test(value)) return true;
  if (BLOCK.test(value)) return true;
  return isPlaceholder(value) || (/credentials$/i.test(name) && CREDENTIALS_MODE.test(value));
}

const OPEN_TEMPLATE = /\$\{[^{}\s"'`]{1,128}\}/y;

/** The end of the `${…}` that starts at `at`; `at` when there is none. */
export function templateEnd(text: string, at: number): number {
  OPEN_TEMPLATE.lastIndex = at;
  return at + (OPEN_TEMPLATE.exec(text)?.[0].length ?? 0);
}

const EXAMPLE =
  /^(?:[A-Za-z][\w-]{1,30}[ \t]{1,8})?(?:\$[A-Za-z_{(]|<[A-Za-z]|\{[A-Za-z{]|\.\.\.|([xX*])\1{7})/;

/** Whether the value of a header, with its scheme or without, is that of an example: `Bearer $TOKEN`, `Basic ...`. */
export function isExample(value: string): boolean {
  return isPlaceholder(value) || EXAMPLE.test(value.slice(0, 64));
}
