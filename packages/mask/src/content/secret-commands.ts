import { SECRET_COMMAND_TABLE } from './secret-command-table.js';

/** What one command of a program takes. */
interface SecretCommand {
  /** Words that stand behind the program in this order, in lower case; the last one may be a sign of the table. */
  readonly words: readonly string[];
  /** Those that stand for themselves. */
  readonly literal: readonly string[];
  readonly options: ReadonlyMap<string, CommandOption>;
  /** Those of the options that have their value in the same word, perhaps. */
  readonly attached: readonly string[];
}

/** What an option is: its value a secret, none at all, or what only tells where one is. */
export type CommandOption = 'secret' | 'flag' | 'reference' | 'login';

const SECRETS = '$%+=~&';
/** By program, its lines of the table. A line is read when one of its programs is found: a process starts with none of them. */
const LINES: ReadonlyMap<string, readonly string[]> = linesByProgram();
const COMMANDS = new Map<string, readonly SecretCommand[]>();
const NO_COMMANDS: readonly SecretCommand[] = [];

function linesByProgram(): ReadonlyMap<string, readonly string[]> {
  const lines = new Map<string, string[]>();
  for (const line of SECRET_COMMAND_TABLE.trim().split('\n')) {
    const space = line.indexOf(' ');
    const programs = space < 0 ? line : line.slice(0, space);
    const rest = space < 0 ? '' : line.slice(space);
    for (const program of programs.split(',')) {
      const known = lines.get(program);
      if (known === undefined) lines.set(program, [rest]);
      else known.push(rest);
    }
  }
  return lines;
}

function commandsOf(program: string): readonly SecretCommand[] {
  const known = COMMANDS.get(program);
  if (known !== undefined) return known;
  const lines = LINES.get(program);
  if (lines === undefined) return NO_COMMANDS;
  const commands = lines.map(readCommand);
  COMMANDS.set(program, commands);
  return commands;
}

/** @param line what stands behind the programs. */
function readCommand(line: string): SecretCommand {
  const parts = line.split(' ').slice(1);
  const isOption = (part: string): boolean => /^[-/]\w|^--/.test(part);
  const words = parts.filter((part) => !isOption(part)).map((part) => part.replaceAll(/[[\]]/g, ''));
  const literal = words.filter((word) => /^\w[\w.:-]*$/.test(word));
  const options = new Map(parts.filter(isOption).map(readOption));
  const attached = parts.filter((part) => part.endsWith('^')).map((part) => part.slice(0, -1));
  return { words, literal, options, attached };
}

function readOption(part: string): readonly [string, CommandOption] {
  if (part.endsWith('!')) return [part.slice(0, -1), 'flag'];
  if (part.endsWith('?')) return [part.slice(0, -1), 'reference'];
  return [part.endsWith('^') ? part.slice(0, -1) : part, 'secret'];
}

/** Programs that have such commands, in lower case. */
export const SECRET_COMMANDS: readonly string[] = [...LINES.keys()];

/** A sign of the table for a word that is a secret, or an option without a dash. */
const TAKEN = / (?:[$%+=~&](?: |$)|\/\w)/;

/** Those that take a secret without a dash before it. */
export function takingPrograms(): readonly string[] {
  return SECRET_COMMANDS.filter((program) => LINES.get(program)?.some((line) => TAKEN.test(line)) === true);
}

/** What an option is in the command that the words behind the program are, or undefined. */
export function commandOption(
  program: string,
  option: string,
  words: readonly string[],
): CommandOption | undefined {
  for (const command of commandsOf(program)) {
    const kind = command.options.get(option);
    if (kind !== undefined && isCommandOf(command, words)) return kind;
  }
  return undefined;
}

/** The option of the command that has its value in the same word, or undefined: `isql -PSECRET`. */
export function attachedOption(
  program: string,
  argument: string,
  words: readonly string[],
): string | undefined {
  for (const command of commandsOf(program)) {
    const option = command.attached.find((one) => argument.startsWith(one) && argument.length > one.length);
    if (option !== undefined && isCommandOf(command, words)) return option;
  }
  return undefined;
}

/**
 * How much of a word is a secret: all of it, what is behind its '=', the password of a login. With '?', only when it looks like
 * one.
 */
export type SecretPart = 'word' | 'word?' | 'value' | 'value?' | 'login';

/**
 * How much of the word that comes next in a command is a secret, or undefined.
 *
 * @param words that stand between it and the program.
 * @param namesSecret whether a word is the name of a secret.
 */
export function commandSecret(
  program: string,
  words: readonly string[],
  namesSecret: (word: string) => boolean,
): SecretPart | undefined {
  for (const command of commandsOf(program)) {
    const last = command.words[command.words.length - 1] ?? '';
    if (last === '' || !SECRETS.includes(last)) continue;
    const before = command.words.slice(0, -1);
    const latest = words.length - before.length;
    // What begins with any word would begin anywhere.
    if (before[0] === '.' && latest !== 0) continue;
    // Of an open end, the words before it stand anywhere.
    const first = last === '$' || last === '%' ? Math.max(latest, 0) : 0;
    for (let start = first; start <= latest; start += 1) {
      if (matches(before, words.slice(start, start + before.length), namesSecret)) return PARTS[last];
    }
  }
  return undefined;
}

const PARTS: { readonly [last: string]: SecretPart } = {
  $: 'word',
  '%': 'word?',
  '+': 'word',
  '=': 'value',
  '~': 'value?',
  '&': 'login',
};

function matches(
  pattern: readonly string[],
  words: readonly string[],
  namesSecret: (word: string) => boolean,
): boolean {
  return pattern.every((part, index) => {
    const word = words[index] ?? '';
    // Two dashes end what the words before them belong to.
    if (part === '.') return word !== '--';
    if (part === '@') return namesSecret(word);
    return part.endsWith('*')
      ? word.toLowerCase().startsWith(part.slice(0, -1))
      : word.toLowerCase() === part;
  });
}

function isCommandOf({ words }: SecretCommand, given: readonly string[]): boolean {
  const literal = words.filter((word) => !SECRETS.includes(word));
  for (let start = 0; start + literal.length <= given.length; start += 1) {
    if (matches(literal, given.slice(start, start + literal.length), () => true)) return true;
  }
  return false;
}

/** Before the name of a program it makes another word of it. */
const INSIDE = /[\w.@/-]/;

/** What stands behind the name of a program, up to where it stands again, so that no stretch is read for more than one of them. */
export function behindProgram(program: string, behind: string): string {
  // Most stand there as they are: to turn all that is behind each of many into small letters would cost far more.
  const rest = upToAgain(behind, `${program} `);
  return rest.slice(0, upToAgain(rest.toLowerCase(), `${program} `).length);
}

function upToAgain(text: string, again: string): string {
  for (let at = text.indexOf(again); at >= 0; at = text.indexOf(again, at + 1))
    if (!INSIDE.test(text[at - 1] ?? ' ')) return text.slice(0, at);
  return text;
}

/**
 * Whether the words behind the name of such a program are those of one of its commands: many are words of a language.
 *
 * @param rest of `behindProgram()`.
 */
export function opensSecretCommand(program: string, rest: string): boolean {
  const lower = rest.toLowerCase();
  return commandsOf(program).some(({ literal, words, options, attached }) => {
    if (literal.length > 0) return literal.every((word) => hasWord(lower, word));
    if (
      options.size > 0 &&
      [...options.keys()].some((option) => hasWord(option.startsWith('/') ? lower : rest, option))
    )
      return true;
    if (attached.some((option) => rest.includes(` ${option}`))) return true;
    if (words.length === 0) return options.size === 0;
    return (words.includes('@') ? NAMED_WORD : MORE_THAN_WORDS).test(rest);
  });
}

/** What no sentence has behind the name of a program: an option, a word with a digit or the sign of an address. */
const MORE_THAN_WORDS = /\s(?:-{1,2}[A-Za-z]|[^\s\d@-]{0,64}[\d@])/;

/** Of programs that take a secret behind any name of one. */
const NAMED_WORD = /\s(?:config|\w{1,16}_pw)\s|^\s{1,8}(?:\/[A-Za-z]\s{1,4})?[A-Z][A-Z0-9_]{2,64}\s/;

function hasWord(rest: string, word: string): boolean {
  for (let at = rest.indexOf(word); at >= 0; at = rest.indexOf(word, at + 1)) {
    if (/\s/.test(rest[at - 1] ?? '') && /[\s=:]|^$/.test(rest[at + word.length] ?? '')) return true;
  }
  return false;
}
