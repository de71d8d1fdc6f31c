/** Before the name of an option. */
const SIGN = /--$|(?:^|[\s"'])-$/;
/** Says of what is set that it is a secret, and has no value of its own. */
const FLAG = /\bconfig set --$/;
const SETTER = /^(?:setenv|env|arg)$/i;
const VARIABLE = /^[A-Z][A-Z0-9_]+$/;

/** A name, [start, end) in its text. */
interface Name {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Whether a name is one of a command's options, or a variable that a shell, a container or a server is given
 * (`ENV DB_PASSWORD x`): then the word behind it is its value.
 */
export function isOption(text: string, name: Name, previous: Name): boolean {
  if (FLAG.test(text.slice(Math.max(0, name.start - 16), name.start))) return false;
  if (SIGN.test(text.slice(Math.max(0, name.start - 3), name.start))) return true;
  return previous.end === name.start - 1 && SETTER.test(previous.text) && VARIABLE.test(name.text);
}

/** What a usage line writes where a value goes: `[--token TOKEN]`, `--password TEXT`. */
export function isMetavariable(name: string, word: string): boolean {
  const variable = word.replace(/[\])]{1,4}$/, '');
  if (!/^[A-Z][A-Z_]{2,32}$/.test(variable)) return false;
  if (/^(?:TEXT|STRING|STR|VALUE|FILE|PATH|INTEGER)$/.test(variable)) return true;
  return name.toUpperCase().replaceAll(/[-_]/g, '').endsWith(variable.replaceAll('_', ''));
}

const PROPERTY = /(?:^|[\s"'])-D(?=[A-Za-z_])/;

/** Whether a property of a virtual machine is set from here, whose name begins behind the letter: `-Dsort.key=price`. */
export function isProperty(text: string, at: number): boolean {
  return text[at] === 'D' && PROPERTY.test(text.slice(Math.max(0, at - 2), at + 2));
}
