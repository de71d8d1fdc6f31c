import { CliError } from './cli-error.js';
import type { CliIo } from './cli-io.js';
import { commandList } from './command-list.js';
import { version } from './generated/version.js';
import { ownErrorOf } from './own-error.js';

/** Exit code for wrong usage, files and keys. */
const usageExitCode = 3;

/** Runs `spanseal` with the arguments after its name, and gives the exit code. Never throws. */
export async function runCli(args: readonly string[], io: CliIo): Promise<number> {
  const [name = '--help', ...rest] = args;
  try {
    const helped = name === 'help' ? commandList.find((candidate) => candidate.name === rest[0]) : undefined;
    if (helped !== undefined) {
      io.stdout.write((await helped.load()).usage);
      return 0;
    }
    if (name === '--help' || name === 'help' || name === '-h') {
      io.stdout.write(overview());
      return 0;
    }
    if (name === '--version') {
      io.stdout.write(`${version}\n`);
      return 0;
    }
    const listed = commandList.find((candidate) => candidate.name === name);
    if (listed === undefined) {
      const expected = commandList.map((candidate) => candidate.name).join(', ');
      throw new CliError('ERR_SPANSEAL_CLI_COMMAND', {
        option: 'COMMAND',
        expected,
        got: 'an unknown command',
      });
    }
    const command = await listed.load();
    if (asksForHelp(rest)) {
      io.stdout.write(command.usage);
      return 0;
    }
    return await command.run(rest, io);
  } catch (error) {
    io.stderr.write(`${describeError(error, wantsJson(rest))}\n`);
    return usageExitCode;
  }
}

/** What stands behind `--` is a file, whatever it is called. */
function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  const options = end < 0 ? args : args.slice(0, end);
  return options.some((arg) => arg === '--help' || arg === '-h');
}

function overview(): string {
  const width = Math.max(...commandList.map(({ name }) => name.length));
  const list = commandList.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`).join('\n');
  return `spanseal: mask what must not leave a process in its traces, and seal what does\n\n${list}\n\nspanseal COMMAND --help says more; spanseal --version says which one this is.\n`;
}

function wantsJson(args: readonly string[]): boolean {
  return args.some(
    (arg, index) => arg === '--format=json' || (arg === '--format' && args[index + 1] === 'json'),
  );
}

interface Described {
  readonly code: string;
  readonly option: string;
  readonly expected: string;
  readonly got: string;
}

function describeError(error: unknown, json: boolean): string {
  const { code, faults } = describe(error);
  if (json) {
    const [first, ...others] = faults;
    return JSON.stringify({ code, ...first, ...(others.length > 0 && { others }) });
  }
  const texts = faults.map(
    ({ option, expected, got }) => `${option ? `${option}: ` : ''}expected ${expected}, got ${got}`,
  );
  return printable(`error ${code}: ${texts.join('; ')}`);
}

type Fault = Omit<Described, 'code'>;

/** Only what our own errors say is printed: another error's message can hold anything. */
function describe(error: unknown): { code: string; faults: readonly Fault[] } {
  if (error instanceof CliError) return { code: error.code, faults: [error.fault] };
  const own = ownErrorOf(error);
  if (own !== undefined)
    return {
      code: own.code,
      faults: own.faults.map((fault) => ({ option: fault.path, expected: fault.expected, got: fault.got })),
    };
  const kind = error instanceof Error ? error.name : typeof error;
  return {
    code: 'ERR_SPANSEAL_CLI_INTERNAL',
    faults: [{ option: '', expected: 'no fault in this program', got: kind }],
  };
}

/** One line, whatever names a path or option has. */
function printable(text: string): string {
  const escaped = (letter: string) => `\\x${letter.charCodeAt(0).toString(16).padStart(2, '0')}`;
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, escaped);
}
