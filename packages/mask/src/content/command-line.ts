import type { ContentRules } from '../content-rules.js';
import { looksSecret } from '../detectors/secret-shape.js';
import { gluedOption, knownClient, type OptionValue, optionValue } from './command-options.js';
import { maskHeaderText } from './header-text.js';
import { isMaskedValue } from './masked-value.js';
import { maskNestedText } from './nested-text.js';
import { isExample, isExampleCredentials, isPlaceholder } from './placeholder.js';
import { isPositionalSecret } from './positional-secret.js';
import { commandSecret } from './secret-commands.js';
import { isKeyFile, isReference, isSecretsName } from './secret-reference.js';
import { isOpaque, lastName, maskCertificate, maskLogin, maskSecretPart } from './secret-word.js';
import { splitShellWords } from './shell-words.js';
import { TextRewrite } from './text-rewrite.js';

/** `--password=x`, `-Dpassword=x`, `/p:Password=x`, `PASSWORD=x`. */
const ASSIGNMENT = /^(--?D?|\/(?:p:)?)?([A-Za-z_][\w.:-]{0,127})([=])/;
/** `/password:x` of Windows, `--password:x`. */
const COLON_OPTION = /^(?:\/|--?)([A-Za-z][\w-]{0,63}):/;
/** What stands between commands, and sends what they read and write elsewhere. */
const SHELL_SIGN = /^(?:\|\|?|&&?|;|\d?>{1,2}|<{1,3}|<\([a-z]{1,16})$/;
const LONG_OPTION = /^--?([A-Za-z][\w.-]{1,127})$/;
/** The option names where a secret is, or asks for one. */
const NO_SECRET = /[-_](?:file|path|stdin|prompt|type|env|url|length|name|dir)$|^with-token$/i;
const MOST_FLAGS = 32;
const MOST_WORDS = 16;
/** Words of one command that are read; what stands behind them is masked. */
const MOST_ARGUMENTS = 4096;
/** The same in UTF-16 units: more than a kernel starts a process with, in one word. */
const LONGEST_COMMAND = 262_144;
/** The name of what is stored stands behind it. */
const STORE_VERB = /^(?:secrets?|generic|create|set|put|add|get|describe|inspect|delete|rm)$/;
const SHELL_OPTION = /^-[a-z]{0,3}c$/;

/**
 * Masks the arguments of a process: values of options and variables by their names, credentials of known clients
 * (`mysql -p…`, `curl -u …`), URLs and whatever the value rules find.
 *
 * @returns the same array when nothing changed.
 */
export function maskCommandArguments(args: readonly string[], rules: ContentRules): readonly string[] {
  const reader = new ArgumentReader(rules);
  const masked = args.map((argument, index) =>
    index < MOST_ARGUMENTS || argument === '' ? reader.next(argument) : rules.mask,
  );
  return masked.some((argument, index) => argument !== args[index]) ? masked : args;
}

/**
 * As `maskCommandArguments`, on one text. Quotes around a word stay.
 *
 * @param text attacker-controlled.
 */
export function maskCommandLine(text: string, rules: ContentRules): string {
  const args = argumentsOf(text);
  if (args !== undefined) {
    const masked = maskCommandArguments(args, rules);
    return masked === args ? text : JSON.stringify(masked);
  }
  const reader = new ArgumentReader(rules);
  const rewrite = new TextRewrite(text);
  const read = text.slice(0, LONGEST_COMMAND);
  let words = 0;
  for (const { start, end, value, quote } of splitShellWords(read, MOST_ARGUMENTS + 1)) {
    words += 1;
    if (words > MOST_ARGUMENTS || (end === read.length && end < text.length)) {
      rewrite.replace(start, text.length, rules.mask);
      break;
    }
    const masked = reader.next(value);
    if (masked !== value) rewrite.replace(start, end, `${quote}${masked}${quote}`);
  }
  return rewrite.toString();
}

interface Expectation {
  readonly kind: OptionValue | 'name';
  readonly name: string;
}

class ArgumentReader {
  readonly #rules: ContentRules;
  #client: string | undefined;
  #subcommands: string[] = [];
  /** Letters of the short options so far. */
  #flags = '';
  #expected: Expectation | undefined;
  #shellScript = false;

  constructor(rules: ContentRules) {
    this.#rules = rules;
  }

  next(argument: string): string {
    const expected = this.#expected;
    this.#expected = undefined;
    if (isMaskedValue(argument, this.#rules)) {
      this.#noteClient(argument);
      return argument;
    }
    if (SHELL_SIGN.test(argument)) return this.#endCommand(argument);
    const whole = expected === undefined ? undefined : this.#expectedValue(expected, argument);
    if (whole !== undefined) return whole;
    const placed = expected === undefined ? this.#placed(argument) : undefined;
    this.#noteClient(placed ?? argument);
    if (placed !== undefined) return placed;
    return (
      this.#glued(argument) ??
      this.#colonOption(argument) ??
      this.#assignment(argument) ??
      this.#option(argument) ??
      this.#plain(argument)
    );
  }

  /** What stands for a word that is a secret by its place. */
  #placed(argument: string): string | undefined {
    if (argument.startsWith('-') || isPlaceholder(argument)) return undefined;
    const client = this.#client;
    const words = this.#subcommands;
    if (client === undefined) return undefined;
    if (isPositionalSecret(client, argument, { words, flags: this.#flags })) return this.#rules.mask;
    const part = commandSecret(client, words, (word) => this.#namesSecret(word));
    return part === undefined ? undefined : maskSecretPart(part, argument, this.#rules);
  }

  /** `DB_PASSWORD`, `//registry.example/:_authToken`, `password=`. */
  #namesSecret(word: string): boolean {
    if (word.startsWith('-')) return false;
    return this.#rules.maskForName(lastName(word), 'argument', this.#rules.mask) !== undefined;
  }

  #endCommand(sign: string): string {
    if (/[|;&]/.test(sign)) this.#client = undefined;
    return sign;
  }

  /** Whether the next word is what a secret is called, perhaps as a program is: `kubectl create secret generic mysql`. */
  #namesStored(): boolean {
    const words = this.#subcommands;
    if (this.#client === undefined || !words.slice(-3).some((word) => /^secrets?$/.test(word))) return false;
    return STORE_VERB.test(words[words.length - 1] ?? '');
  }

  #noteClient(argument: string): void {
    const client = knownClient(argument);
    if (client !== undefined && !this.#namesStored()) {
      this.#client = client;
      this.#subcommands = [];
      this.#flags = '';
    } else if (/^-[A-Za-z]{1,8}$/.test(argument)) {
      if (this.#flags.length < MOST_FLAGS) this.#flags += argument.slice(1);
    } else if (!argument.startsWith('-') && this.#subcommands.length < MOST_WORDS) {
      this.#subcommands.push(argument);
    }
  }

  #expectedValue(expected: Expectation, argument: string): string | undefined {
    if (isPlaceholder(argument)) return argument;
    if (expected.kind === 'secret') {
      const isExampleOne = isExampleCredentials(argument) || isUserAlone(expected.name, argument);
      // `-passin env:KEY_PASS`, `-passin stdin`.
      const isElsewhere =
        isReference(argument) || (argument === 'stdin' && /pass(?:in|out)$/.test(expected.name));
      return isExampleOne || isElsewhere ? argument : this.#rules.mask;
    }
    if (expected.kind === 'header') return this.#header(argument);
    // `curl -b cookies.txt`: without a '=', it is a file.
    if (expected.kind === 'cookie')
      return argument.includes('=') ? maskHeaderText('cookie', argument, this.#rules) : undefined;
    if (expected.kind === 'certificate') return maskCertificate(argument, this.#rules);
    if (expected.kind === 'reference') return argument;
    if (expected.kind === 'login') return maskLogin(argument, this.#rules);
    if (expected.kind === 'assignment') return undefined;
    if (argument.startsWith('-') && LONG_OPTION.test(argument)) return undefined;
    // A pass of several, a command of PowerShell.
    if (/^(?:\d|\([A-Z][A-Za-z]{1,32}-[A-Z]\w{1,64})$/.test(argument)) return undefined;
    const isElsewhere =
      isReference(argument) || isKeyFile(argument) || isSecretsName(expected.name, argument);
    if (isElsewhere) return argument;
    if (this.#isOpaqueKey(expected.name, argument)) return this.#rules.mask;
    return this.#rules.maskForName(expected.name, 'argument', argument);
  }

  /** `--key 7d2fd994-0ccb-481a-9549-733be0c86670`. What is stored in S3 lies under a key that can look so. */
  #isOpaqueKey(name: string, value: string): boolean {
    return name === 'key' && this.#client !== 'aws' && isOpaque(value);
  }

  #header(argument: string): string {
    const colon = argument.indexOf(':');
    if (colon < 0) return maskNestedText(argument, this.#rules);
    const start = colon + (argument[colon + 1] === ' ' ? 2 : 1);
    if (isExample(argument.slice(start))) return argument;
    return (
      argument.slice(0, start) + maskHeaderText(argument.slice(0, colon), argument.slice(start), this.#rules)
    );
  }

  #glued(argument: string): string | undefined {
    const option =
      this.#client === undefined ? undefined : gluedOption(this.#client, argument, this.#subcommands);
    if (option === undefined || argument === option + this.#rules.mask) return undefined;
    return isPlaceholder(argument.slice(option.length)) ? argument : option + this.#rules.mask;
  }

  /** `winrs -p:x`, `sqlpackage /TP:x`: the options of a client that has them so. */
  #colonOption(argument: string): string | undefined {
    const option = COLON_OPTION.exec(argument)?.[0];
    const value = argument.slice(option?.length);
    if (option === undefined || isMaskedValue(value, this.#rules) || isPlaceholder(value)) return undefined;
    const name = option.slice(0, -1);
    const known = this.#known(name.startsWith('/') ? name.toLowerCase() : name);
    return known === 'secret' ? option + this.#rules.mask : undefined;
  }

  /** What an option is of the program that was last. */
  #known(option: string): OptionValue | undefined {
    return this.#client === undefined ? undefined : optionValue(this.#client, option, this.#subcommands);
  }

  #assignment(argument: string): string | undefined {
    const match = ASSIGNMENT.exec(argument) ?? COLON_OPTION.exec(argument);
    if (match === null) return undefined;
    const [whole, prefix = '', long] = match;
    const name = long ?? prefix;
    const value = argument.slice(whole.length);
    if (isMaskedValue(value, this.#rules) || isPlaceholder(value)) return argument;
    const [first = ''] = value.split(',', 1);
    if (isReference(first) || isKeyFile(first) || isSecretsName(name, value))
      return first === value ? argument : undefined;
    const known = this.#known((prefix === '-' && long !== undefined ? '-' : '--') + name);
    if (known === 'secret') return whole + this.#rules.mask;
    if (known === 'header') return whole + this.#header(value);
    if (known === 'certificate') return whole + maskCertificate(value, this.#rules);
    if (known === 'login') return whole + (maskLogin(value, this.#rules) ?? value);
    if (known === 'reference') return argument;
    if (this.#isOpaqueKey(name, value) && prefix === '--') return whole + this.#rules.mask;
    const hit = NO_SECRET.test(name) ? undefined : this.#rules.maskForName(name, 'argument', value);
    return hit === undefined ? undefined : whole + hit;
  }

  /** An option of its own: notes what the next argument is. */
  #option(argument: string): string | undefined {
    const isDashed = argument.startsWith('-');
    if (!isDashed && !argument.startsWith('/')) return undefined;
    if (isDashed) this.#shellScript = SHELL_OPTION.test(argument);
    const known = this.#known(argument);
    if (known === 'flag') {
      if (this.#subcommands.length < MOST_WORDS) this.#subcommands.push(argument);
      return argument;
    }
    if (known !== undefined) {
      this.#expected = { kind: known, name: argument };
      return argument;
    }
    const name = LONG_OPTION.exec(argument)?.[1];
    if (name === undefined) return this.#shellScript ? argument : undefined;
    if (!NO_SECRET.test(name)) this.#expected = { kind: 'name', name };
    return argument;
  }

  #plain(argument: string): string {
    const isScript = this.#shellScript && /\s/.test(argument);
    this.#shellScript = false;
    return isScript ? maskCommandLine(argument, this.#rules) : maskNestedText(argument, this.#rules);
  }
}

/** `-u bob`: the client asks for the password. A token may stand there as well. */
function isUserAlone(option: string, argument: string): boolean {
  return (
    /^(?:-[uU]|--(?:proxy-)?user)$/.test(option) && /^[^:%,]{0,64}$/.test(argument) && !looksSecret(argument)
  );
}

/** The arguments that a list in JSON holds, as an attribute has them that takes no lists; undefined when it is none. */
function argumentsOf(text: string): readonly string[] | undefined {
  if (!text.startsWith('["')) return undefined;
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.every((one) => typeof one === 'string') ? list : undefined;
  } catch {
    return undefined;
  }
}
