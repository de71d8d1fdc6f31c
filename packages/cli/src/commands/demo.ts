import { argumentError, countOfArguments } from '../argument-error.js';
import { CliError } from '../cli-error.js';
import type { CliIo, Command } from '../cli-io.js';
import { readCommandLine } from '../command-line.js';

export const demo: Command = {
  usage: `spanseal demo

Runs an app on the AWS SDK against an embedded endpoint, masks and seals its spans, exports them over TLS to an embedded
receiver, and shows what they were and what left. Nothing leaves this machine. Needs the package @spanseal/demo:

  npx -p @spanseal/cli -p @spanseal/demo spanseal demo
`,
  run: async (args, io) => runDemo(args, io),
};

async function runDemo(args: readonly string[], io: CliIo): Promise<number> {
  const line = readCommandLine(args, {});
  if (line.operands.length > 0) {
    const got = countOfArguments(line.operands);
    throw argumentError('demo', 'no arguments', got);
  }
  const story = await loadDemo();
  return story.runDemo({ stdout: io.stdout, stderr: io.stderr });
}

/** The demo brings an app and the AWS SDK with it, so it is a package of its own: who verifies does not need it. */
async function loadDemo(): Promise<typeof import('@spanseal/demo')> {
  try {
    return await import('@spanseal/demo');
  } catch {
    const expected =
      'the package @spanseal/demo beside this one (npx -p @spanseal/cli -p @spanseal/demo spanseal demo)';
    throw new CliError('ERR_SPANSEAL_CLI_DEMO', { option: 'demo', expected, got: 'none' });
  }
}
