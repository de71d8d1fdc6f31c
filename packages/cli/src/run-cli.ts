import { CliError } from './cli-error.js';
import type { CliIo } from './cli-io.js';
import { commandList } from './command-list.js';

/** Exit code for wrong usage, files and keys. */
const usageExitCode = 3;

/** Runs `spanseal` with the arguments after its name, and gives the exit code. Never throws. */
export async function runCli(args: readonly string[], io: CliIo): Promise<number> {
  const [name = '--help', ...rest] = args;
  try {
    if (name === '--help' || name === 'help' || name === '-h') {
      io.stdout.write(overview());
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
    if (rest.includes('--help') || rest.includes('-h')) {
      io.stdout.write(command.usage);
      return 0;
    }
    return await command.run(rest, io);
  } catch (error) {
    io.stderr.write(`${describeError(error, wantsJson(rest))}\n`);
    return usageExitCode;
  }
}

function overview(): string {
  const width = Math.max(...commandList.map(({ name }) => name.length));
  const list = commandList.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`).join('\n');
  return `spanseal: mask what must not leave a process in its traces, and seal what does\n\n${list}\n\nspanseal COMMAND --help says more.\n`;
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
  readonly message: string;
}

function describeError(error: unknown, json: boolean): string {
  const described = describe(error);
  if (!json) return `error ${described.code}: ${described.message}`;
  const { code, option, expected, got } = described;
  return JSON.stringify({ code, option, expected, got });
}

/** Only what our own errors say is printed: another error's message can hold anything. */
function describe(error: unknown): Described {
  if (error instanceof CliError) return { code: error.code, message: error.message, ...error.fault };
  const { code, message, faults } = error instanceof Error ? ownParts(error) : {};
  if (typeof code === 'string' && code.startsWith('ERR_SPANSEAL_') && message !== undefined) {
    const first = faults?.[0];
    const option = first?.path ?? '';
    return { code, message, option, expected: first?.expected ?? '', got: first?.got ?? '' };
  }
  const fault = {
    option: '',
    expected: 'no fault in this program',
    got: error instanceof Error ? error.name : typeof error,
  };
  return { code: 'ERR_SPANSEAL_CLI_INTERNAL', message: `${fault.expected}, got ${fault.got}`, ...fault };
}

function ownParts(error: Error): {
  code?: unknown;
  message?: string;
  faults?: readonly { path: string; expected: string; got: string }[];
} {
  return error;
}
