import { looksSecret } from '../detectors/secret-shape.js';

/** A type, a constructor or a cast that stands before a literal: what languages print, or write, around a value. */
const WRAPPERS: readonly string[] = [
  // Go: []string{"x"}, map[string]string{"x"}, &main.Secret{"x"}.
  '(?:\\[\\d{0,6}\\]|\\*|&){1,4}[A-Za-z_][\\w.]{0,64}(?: \\{\\})?[{(]',
  // A cast, as dumps write types: (string) (len=14) "x".
  '\\([*[\\]]{0,4}[A-Za-z_][\\w. *]{0,64}\\)',
  '\\((?:len|cap)=\\d{1,9}(?: cap=\\d{1,9})?\\)',
  // PHP: string(13) "x".
  'string\\(\\d{1,9}\\)',
  // What holds a value that may be none, or only one.
  '(?:Some|Just|Ok|Right|Optional|Box|Secret|SecretString|Cow|Owned|Borrowed|String::from|Buffer\\.from)\\(',
  'Just (?=")',
  'new (?:(?:Secure|Secret|Protected)String|Password|Secret|SecretKeySpec)\\(',
  '(?:Secret|SecretString|Password|Redacted) \\{ (?:inner|value|secret|data|0): ',
  '(?:Set|Array)\\(\\d{1,4}\\) [[{]',
  // A type, of Rust: String = String::from("x").
  '[A-Z][A-Za-z]{2,32} ?=',
  // Node: what a getter gives.
  '\\[Getter(?:/Setter)?: ',
  // Erlang: <<"x">>.
  '<<',
];
/** White space, also where a reader wrote it out. */
const BLANKS = '(?:[ \\t\\r\\n]|\\\\[nrt]){0,64}';
const WRAPPED = new RegExp(`(?:(?:${WRAPPERS.join('|')})${BLANKS}){1,4}[[{(]?${BLANKS}(?=["'\`])`, 'y');
/** Of PHP: `["password":"App\User":private]=>`, `[password:protected] =>`. */
const VISIBILITY = /"?(?::"?[A-Za-z_][\w\\]{0,127}"?)?:(?:private|protected)\](?=\s?=>)/y;

/** A word that an option holds, as Scala and Java print it. */
const HELD = /(?:Some|Optional|Right|Success)[([]([^\s()[\]"'`]{4,256})[)\]]/y;

/** Where the literal starts that types, constructors or casts at `at` stand before; `at` when there are none. */
export function wrappedValue(text: string, at: number): number {
  WRAPPED.lastIndex = at;
  if (WRAPPED.test(text)) return WRAPPED.lastIndex;
  HELD.lastIndex = at;
  const word = HELD.exec(text)?.[1] ?? '';
  return looksSecret(word) ? HELD.lastIndex - word.length - 1 : at;
}

/** The end of what tells at `at` who may read a member of that name; `at` when nothing does. */
export function visibilityEnd(text: string, at: number): number {
  VISIBILITY.lastIndex = at;
  return VISIBILITY.test(text) ? VISIBILITY.lastIndex : at;
}

const VISIBILITY_BEHIND = /(?:"[A-Za-z_][\w\\]{0,127}":)?(?:private|protected)\]/y;

/** Whether what stands behind the colon of a member is no value of JSON but one that a language prints in its own way. */
export function isForeignValue(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  // White space that JSON does not know, and comments.
  if (
    code === 0xa0 ||
    (code >= 0x2000 && code <= 0x200a) ||
    (code === 0x2f && '/*'.includes(text[at + 1] ?? ' '))
  )
    return true;
  // Nearly all values are strings: what stands behind one tells in less time than what it holds.
  if (code === 0x22 && !text.startsWith(':pr', text.indexOf('"', at + 1) + 1)) return false;
  if (wrappedValue(text, at) > at) return true;
  VISIBILITY_BEHIND.lastIndex = at;
  return VISIBILITY_BEHIND.test(text);
}
