import { parseArgs } from 'node:util';
import { CliError } from './cli-error.js';

/** What a command takes: options with a value, and flags. */
export interface CommandOptions {
  readonly values?: Readonly<Record<string, { short?: string }>>;
  readonly flags?: readonly string[];
}

export interface CommandLine {
  readonly operands: readonly string[];
  /** The value of an option, or undefined. */
  value(name: string): string | undefined;
  flag(name: string): boolean;
}

/**
 * Reads the arguments of a command.
 *
 * @throws CliError `ERR_SPANSEAL_CLI_OPTION` for an option that is unknown, stands twice, or lacks its value.
 */
export function readCommandLine(args: readonly string[], options: CommandOptions): CommandLine {
  const values = options.values ?? {};
  const flags = new Set(options.flags ?? []);
  const { tokens } = parseArgs({
    args: [...args],
    strict: false,
    tokens: true,
    options: {
      ...Object.fromEntries(Object.entries(values).map(([name, { short }]) => [name, stringOption(short)])),
      ...Object.fromEntries([...flags].map((name) => [name, { type: 'boolean' as const }])),
    },
  });
  const operands: string[] = [];
  const found = new Map<string, string>();
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const known = Object.hasOwn(values, token.name);
    const got = optionFault({ known, flag: flags.has(token.name), token, again: found.has(token.name) });
    if (got !== undefined) {
      const names = [...Object.keys(values), ...flags].map((name) => `--${name}`);
      const expected = known ? 'one value' : names.length > 0 ? `only ${names.join(', ')}` : 'no options';
      // An unknown option can be a key that lost its space: only what looks like a name is shown.
      const isShown = known || flags.has(token.name) || /^--?[a-z-]{1,16}$/.test(token.rawName);
      const option = isShown ? token.rawName : 'OPTION';
      throw new CliError('ERR_SPANSEAL_CLI_OPTION', { option, expected, got });
    }
    found.set(token.name, token.value ?? '');
  }
  return { operands, value: (name) => found.get(name), flag: (name) => found.has(name) };
}

function stringOption(short: string | undefined): { type: 'string'; short?: string } {
  return short === undefined ? { type: 'string' } : { type: 'string', short };
}

function optionFault(option: {
  known: boolean;
  flag: boolean;
  again: boolean;
  token: { value?: string | undefined };
}): string | undefined {
  if (!option.known && !option.flag) return 'an unknown option';
  if (option.known && option.token.value === undefined) return 'no value';
  if (option.flag && option.token.value !== undefined) return 'a value';
  return option.again ? 'it twice' : undefined;
}
