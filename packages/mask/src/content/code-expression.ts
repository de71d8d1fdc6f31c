import { looksSecret } from '../detectors/secret-shape.js';
import type { ValueExtent } from './assignment.js';
import { isProgramValue } from './code-value.js';
import type { Operator } from './operator.js';
import { isReference } from './secret-reference.js';

const LONGEST = 256;
const NAME = '[A-Za-z_$][\\w$]{0,63}';
const PATH = `${NAME}(?:(?:\\??\\.|::|->)${NAME}){0,5}`;
const END = '(?=[\\s;,)}\\]?!|&"\'`<]|\\.[A-Za-z_$]|$)';
/** `getToken()`, `jwt.sign(payload, key)`, `z.string()`: of names alone. Group 1: what is called; group 2: with what. */
const CALL = new RegExp(
  `(?:(?:await|new)[ ])?(${PATH})\\(((?:(?:${PATH}|\\d{1,6})(?:,[ ]?(?:${PATH}|\\d{1,6})){0,5})?)\\)${END}`,
  'y',
);
/** Objects that hold what a program was given: their members are read, `john.smith` may be a password. */
const HOLDERS =
  'this self req request res response ctx context config cfg conf settings options opts params props env process args event ' +
  'secrets state input payload credentials creds environment os sys app Rails random_password';
const MEMBER = new RegExp(
  `(?:${HOLDERS.replaceAll(' ', '|')})(?:\\??\\.${NAME}){1,6}(?:\\[["'][\\w.-]{1,64}["']\\])?${END}`,
  'y',
);
/** Functions and maps that are asked for a value by its name. */
const ASKED =
  'environ env getenv getOrThrow form body headers params query config args session cookies settings options secrets get getString GetString readFile readFileSync ' +
  'getHeader getProperty require resolve lookup var_get GET POST _GET _POST _SERVER _ENV ENV Getenv getEnvironmentVariable';
/** `os.environ["DB_PASSWORD"]`, `config.get('db.password')`. Group 1: the name that is asked for. */
const LOOK_UP = new RegExp(
  `(?:\\$?${NAME}\\.){0,4}\\$?(?:${ASKED.replaceAll(' ', '|')})(?:\\.get)?(?:<\\w{1,24}>)?[ ]?[[(](?:"([\\w./:-]{1,64})"|'([\\w./:-]{1,64})')[\\])]${END}`,
  'y',
);
const FUNCTION = /(?:async )?(?:\([^()\n]{0,64}\) ?=>|function\b)/y;
/** What is made anew can be made from anything; the text of an argument is read by itself. */
const MADE = new RegExp(`new[ ]${PATH}\\(`, 'y');
/** `tokens[i]`, `Object.keys(all)[0]`, `jwt.sign({ id }, …`. */
const INDEXED = new RegExp(`${PATH}(?:\\(${PATH}\\))?\\[[\\w$]{1,32}\\]${END}`, 'y');
const CALLED_WITH_OBJECT = new RegExp(`(?:await )?${NAME}(?:\\.${NAME}){1,5}\\(\\{`, 'y');
/** What plans of Terraform write where a value is not shown. */
const NOT_SHOWN = /\((?:known after apply|sensitive(?: value)?)\)/y;
const COMMAND = /\$\((?!echo\b|printf\b)[^()\n]{1,128}\)/y;
const TEMPLATE = /\\?\$\{\{?[ \w.[\]-]{1,128}\}?\}/y;
const POINTED = new RegExp(`\\$?${NAME}(?:->${NAME}){1,5}(?:\\(\\))?${END}`, 'y');
/** `[0x42; 32]` of Rust. */
const FILLED = /\[(?:0x[0-9A-Fa-f]{1,4}|\d{1,3})(?:u8)?; ?[\w:]{1,48}\]/y;
/** An assertion of a type in Go: `tok.(type)`. */
const ASSERTED = new RegExp(`${PATH}\\.\\(\\*?[\\w.]{1,64}\\)`, 'y');
/** `useState("")`: what a form begins with. */
const HOOK = /use[A-Z]\w{1,32}(?:<[\w |[\]]{1,64}>)?\((?:""|''|null|undefined|\[\]|\{\})?\)/y;
const READERS: readonly RegExp[] = [
  HOOK,
  ASSERTED,
  FILLED,
  FUNCTION,
  MADE,
  INDEXED,
  CALLED_WITH_OBJECT,
  COMMAND,
  TEMPLATE,
  NOT_SHOWN,
];

/**
 * Whether an expression of a program stands at `at`, which gets the value at another time: no secret. A call with a text may
 * hold one (`hash("…")`), and is none of these.
 *
 * @param text attacker-controlled; 256 characters of it are read.
 * @param loose no white space stands before the value: then `abc(def)` is a password.
 */
function isExpression(text: string, at: number, loose: boolean): boolean {
  const code = text.slice(at, at + LONGEST);
  if (READERS.some((reader) => matches(reader, code) !== undefined)) return true;
  if ((!loose || code.startsWith('$')) && matches(POINTED, code) !== undefined) return true;
  const member = matches(MEMBER, code)?.[0];
  if (member !== undefined) return !member.split('.').some(looksSecret);
  const [, called = '', given = ''] = matches(CALL, code) ?? [];
  if (called !== '' && !looksSecret(called)) return !loose || given === '' || called.includes('.');
  const [, first, second] = matches(LOOK_UP, code) ?? [];
  const asked = first ?? second ?? '';
  return asked !== '' && (isConstant(asked) || !looksSecret(asked));
}

function isConstant(name: string): boolean {
  return /^[A-Z][A-Z0-9_]{0,63}$/.test(name);
}

function matches(pattern: RegExp, code: string): RegExpExecArray | undefined {
  pattern.lastIndex = 0;
  return pattern.exec(code) ?? undefined;
}

/** Whether the working directory of a shell stands there: `PWD=/home/bob`. */
export function isDirectory(name: string, value: string): boolean {
  return /^\$?(?:OLD)?PWD$/.test(name) && value.startsWith('/');
}

/** What is said of a source: `src/passwd.c: Likewise`. */
const SOURCE = /\w\.(?:[cm]?[jt]sx?|py|rb|go|java|php|c|h|rs|sh)$/;
/** Of CloudFormation. */
const CLOUD_REFERENCE = /!(?:Ref|GetAtt|ImportValue|FindInMap) $/;

/**
 * Whether a value without quotes says where its value comes from: `password = getPassword()`, `this.password = password`,
 * `password: !Ref DbPassword`, `ssl_key=/etc/ssl/server.key`, `login(password=password)`.
 *
 * @param text attacker-controlled.
 */
export function isCodeValue(
  text: string,
  { start, end }: ValueExtent,
  { name, operator: { kind, spaced } }: { readonly name: string; readonly operator: Operator },
): boolean {
  const value = text.slice(start, end);
  if (isDirectory(name, value) || isReference(value) || isExpression(text, start, !spaced)) return true;
  if (isColumn(text, start, value) || isProgramValue(text, { name, start, end, spaced, kind })) return true;
  if (kind === 'colon' && spaced && SOURCE.test(name)) return true;
  if (kind === 'colon') return CLOUD_REFERENCE.test(text.slice(Math.max(0, start - 16), start));
  // An argument by name, of the variable that is called so.
  if (!spaced) return value === name && /^(?:\)|,(?:\s|$))/.test(text.slice(end, end + 2));
  return value.length < name.length && name.endsWith(`.${value}`);
}

/** A column of a statement that the other one is compared with or set to. */
const COLUMN = /^(?:[a-z_]\w{0,63}\.[a-z_]{1,64}|[a-z]{1,24}(?:_[a-z]{1,24}){1,5})[;,)]?$/;
const CLAUSE = /(?:\b(?:WHERE|AND|OR|ON|SET)|\bSET\b[^;]{1,64},)\s{1,8}[\w.]{1,64}\s{0,4}[=<>]{1,2}\s{0,4}$/;

function isColumn(text: string, start: number, value: string): boolean {
  return COLUMN.test(value) && !looksSecret(value) && CLAUSE.test(text.slice(Math.max(0, start - 96), start));
}
