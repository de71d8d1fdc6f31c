const LONGEST = 160;

/** `$1`, `?`, `@p1`, `%s`, `%(name)s` of queries and shells, and constants by name. */
const PARAMETER =
  /^(?:\?|\$\d{1,3}|\$[A-Z][A-Z0-9_]{0,64}|[@:]p?\d{1,3}|(?:0x)?%[-+# 0]{0,3}\d{0,3}[a-zA-Z]|%\([A-Za-z_]{1,64}\)s)$/;
/** `$name`, `:name`, `@name`, `{name}`: digits make it a secret. */
const VARIABLE = /^(?:[$@:]([A-Za-z_]{1,64}(?:\.[A-Za-z_]{1,64}){0,4})|\{([A-Za-z_]{2,64})\})$/;
/** What a variable is named that holds a secret or what a caller gives: `$ecret` and `@dmin` are passwords. */
const VARIABLE_NAME =
  /\.|^.{1,3}$|pass|pwd|token|key|secret|cred|auth|hash|value|input|new|old|user|param|arg|env|code|pin|otp|jwt|cookie|session|sig/i;
/** `${NAME}`, `{{ .Values.name }}`, `process.env.NAME`, `<your password>`, `[MASK]`; `${NAME:-default}` and `$(echo x)` hold a value. */
const TEMPLATE =
  /^(?:\$\{\{?[\s\w.[\]-]{1,128}\}?\}|\{\{[\s\w.$|-]{1,128}\}\}|\{\{-? ?(?:lookup|vault|secret|env|resolve)[(: ][^{}]{1,128}\}\}|(?:process|import\.meta)\.env\.\w{1,64}|<[A-Za-z][A-Za-z _-]{0,64}>|(?:var|local|data|module|each|self)\.[a-z_][\w.[\]"*-]{0,128}|%[A-Za-z_]{2,64}%|\[[A-Z]{2,12}\]|\$\((?!echo\b|printf\b)[^()]{0,128}\)|\$\{\w{1,64}(?::?[-=](?:\$\w{1,64}|\$\{\w{1,64}\})?|:?\?[\w -]{0,64})\})$/;
/** A dot or a sign for each character, as a form shows what is typed, or as people leave it out. */
const DOTS = /^(?:[*\u2022\u25cf]{1,64}|[xX]{3,64}|\.{3,64})$/;
/** What documentation and samples write where a secret goes. */
const INSTRUCTION =
  /^[<[{(]?(?:your|insert|enter|replace|put|paste|provide|change)(?:[-_ ][a-z]{1,16}){0,6}[-_ ](?:api|key|token|secret|password|passwd|pwd|passphrase|credentials?|id|here|value|string|me|it|this)[>\]})]?$/i;
/** `sha256~XXXX_PUT_YOUR_TOKEN_HERE_XXXX`. */
const INSTRUCTION_WITHIN = /(?:^|[^a-z])your[-_](?:[a-z]{1,16}[-_]){1,3}here(?![a-z])/i;
/** What the three above begin with. */
const WRITTEN_START = /^[$%<{[(A-Zceilmprsvdyi]/;
const STAND_INS: ReadonlySet<string> = new Set(
  'changeme changeit replaceme placeholder omitted fixme todo tbd'.split(' '),
);
/** `ACCESS_TOKEN`, `DB_PASSWORD`: the name of a constant, and no value of one. */
const CONSTANT = /^(?:[A-Z]{2,24}_){1,5}(?:KEY|TOKEN|SECRET|PASSWORD|PASSWD|PWD|PASSPHRASE|CREDENTIALS?)$/;
/** Types of the variables that an operation of GraphQL declares. */
const VARIABLE_TYPE = /^\[?(?:String|ID|Int|Float|Boolean|[A-Z][A-Za-z]{0,64}Input)!?\]?!?$/;
/** `true` and `false` as scripts are shortened. */
const SHORT_BOOLEAN = /^![01]$/;
/** What SOPS and eyaml leave of a value. */
const ENCRYPTED = /^ENC\[(?:AES256_GCM|PKCS7|KMS|GPG)\b/;
/** Opens a block of YAML on the lines below. */
const BLOCK = /^[|>][+-]?\d?$/;
/** The first word of a key in PEM: the detector of those finds the whole. */
const ARMOUR = '-----BEGIN';
/** What a quote cuts out of markup that stands in quotes itself: `"<xsd:element name="x"/>"`. */
const OPEN_MARKUP = /^<[A-Za-z][\w:.-]{0,64} {1,4}[\w:.-]{1,64}=$/;
/** What `credentials` can be in a request of the Fetch standard. */
const CREDENTIALS_MODE = /^(?:include|same-origin|omit)$/;
/** What Node.js prints in the place of a value: `[Getter]`, `[Function: validate]`. */
const INSPECTED = /^\[(?:Getter|Setter|Object|Array|Function|AsyncFunction|Circular|class)\b/;

const REPEATED = /([A-Za-z*#])\1{7}/;
/** Signs and digits that people write over the part of a token that is secret. */
const STRUCK_OUT = /([xX*#])\1{15}|([01])\2{31}/;

/** `xxxxxxxxxxxx`, `pplx-xxxxxxxxxxxxxxxx`: one character again and again, for three quarters of it at least. */
function isFiller(value: string): boolean {
  if (!isRepeating(value)) return false;
  if (STRUCK_OUT.test(value)) return true;
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

/** Whether a character stands eight times in a row: nothing else can be a filler, and a loop is faster than an expression with a reference. */
function isRepeating(value: string): boolean {
  let run = 1;
  for (let at = 1; at < value.length; at += 1) {
    run = value.charCodeAt(at) === value.charCodeAt(at - 1) ? run + 1 : 1;
    if (run === 8) return true;
  }
  return false;
}

/** Whether a value only says where the real one will be put in. It is no secret, wherever it stands. */
export function isPlaceholder(value: string): boolean {
  if (value.length > LONGEST) return isStandIn(value);
  return PARAMETER.test(value) || isVariable(value) || isStandIn(value);
}

function isVariable(value: string): boolean {
  const match = VARIABLE.exec(value);
  return match !== null && VARIABLE_NAME.test(match[1] ?? match[2] ?? '');
}

/** Whether the secret part of a token was written over, its prefix is left: `xoxb-XXXXXXXXXXXXXXXX`. */
export function isStruckOut(value: string): boolean {
  return value.length <= LONGEST && /^[A-Za-z]{1,12}[-_.]/.test(value) && STRUCK_OUT.test(value);
}

/** As `isPlaceholder`, of data: there no `$name` is a variable. */
export function isStandIn(value: string): boolean {
  if (ENCRYPTED.test(value)) return true;
  if (value.length > LONGEST) return false;
  if (WRITTEN_START.test(value) && isWritten(value)) return true;
  if (INSTRUCTION_WITHIN.test(value)) return true;
  if (isFiller(value) || DOTS.test(value)) return true;
  return value.length <= 16 && STAND_INS.has(value.toLowerCase().replaceAll(/[-_ ]/g, ''));
}

function isWritten(value: string): boolean {
  return TEMPLATE.test(value) || INSTRUCTION.test(value) || CONSTANT.test(value);
}

/** A scheme, and after it what only says where the credentials will be put in. */
const EXAMPLE_CREDENTIALS =
  /^(?:bearer|basic|token|api-?key)[ \t]{1,8}(?:\$[A-Za-z_{(]|\$\d(?!\w)|<[A-Za-z]|\{[A-Za-z{]|your[_-]|\.\.\.|([xX*])\1{7})/i;

/** What documentation writes for a user and a password, or nothing at all. */
const SAMPLE_LOGIN =
  /^(?:(?:my-?)?(?:user(?:name)?|login|test|x{3,8}):(?:my-?)?(?:pass(?:word|wd)?|pwd|token|test|secret|[xy]{3,8})|:)$/i;

const SAMPLE_USER = /^(?:basic[ \t]{1,8})?[^\s"'`,;]+$/i;

const TEMPLATE_LOGIN =
  /^(?:\$?\{\{[^{}]{1,128}\}\}|\$\([^()]{1,128}\)|\$\d):(?:\$?\{\{[^{}]{1,128}\}\}|\$\([^()]{1,128}\)|\$\d)$/;

/** Whether the value of an authorization header, or `user:password`, is one of an example: `Bearer $TOKEN`, `$USER:$PASSWORD`. */
export function isExampleCredentials(value: string): boolean {
  if (EXAMPLE_CREDENTIALS.test(value) || SAMPLE_LOGIN.test(value) || TEMPLATE_LOGIN.test(value)) return true;
  const colon = value.indexOf(':');
  // A user name alone is no secret. What stands between it and the colon belongs to it: `x',roles:['a']` is the next member.
  if (colon <= 0 || colon >= LONGEST || !SAMPLE_USER.test(value.slice(0, colon))) return false;
  return isTemplate(value.slice(colon + 1)) || (value.startsWith('<') && /^<[^<>]{1,160}>/.test(value));
}

function isTemplate(part: string): boolean {
  if (/^(?:\$[({]|\{\{|<|\[)/.test(part)) return true;
  // `$ecr3t` is a password.
  return (
    /^\$[A-Za-z_]{1,64}(?![\w!@#%^&*-])/.test(part) && isVariable(/^\$[A-Za-z_.]{1,64}/.exec(part)?.[0] ?? '')
  );
}

/** Whether a value under this name is code and no secret: a placeholder, the type of a variable, the sign of a block, a mode of `fetch`. */
export function isCode(name: string, value: string): boolean {
  if (value.length > LONGEST) return false;
  if (name.startsWith('$') && VARIABLE_TYPE.test(value)) return true;
  // Of a link in HTML.
  if (value.length === 1 && /key$/i.test(name)) return true;
  if (/^keys?$/i.test(name) && /^val(?:ue)?s?[.:]?$/i.test(value)) return true;
  if (/^(?:[{[]|\((?:self|\*)?\)?)$/.test(value)) return true;
  if (value === ARMOUR || BLOCK.test(value) || OPEN_MARKUP.test(value) || SHORT_BOOLEAN.test(value))
    return true;
  return isPlaceholder(value) || isCredentialsMode(name, value) || INSPECTED.test(value);
}

/** Whether a value is one of what `credentials` can be in a request of the Fetch standard. */
export function isCredentialsMode(name: string, value: string): boolean {
  return value.length <= 11 && /credentials$/i.test(name) && CREDENTIALS_MODE.test(value);
}

const OPEN_TEMPLATE = /\$\{[^{}\s"'`]{1,128}\}/y;

/** The end of the `${…}` that starts at `at`; `at` when there is none. */
export function templateEnd(text: string, at: number): number {
  OPEN_TEMPLATE.lastIndex = at;
  return at + (OPEN_TEMPLATE.exec(text)?.[0].length ?? 0);
}

const EXAMPLE =
  /^(?:[A-Za-z][\w-]{1,30}[ \t]{1,8})?(?:\$[A-Za-z_{(]|\$\d(?!\w)|<[A-Za-z]|\{[A-Za-z{]|\.\.\.|([xX*])\1{7})/;

/** Whether the value of a header, with its scheme or without, is that of an example: `Bearer $TOKEN`, `Basic ...`. */
export function isExample(value: string): boolean {
  return isPlaceholder(value) || EXAMPLE.test(value.slice(0, 64));
}
