import { access, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { argumentError, countOfArguments } from '../argument-error.js';
import { errorCode } from '../capture.js';
import { CliError } from '../cli-error.js';
import type { CliIo, Command } from '../cli-io.js';
import { readCommandLine } from '../command-line.js';

/** The file that is written where none is named. */
const defaultPath = 'spanseal.yaml';

export const init: Command = {
  usage: `spanseal init [FILE]

Writes a policy with everything in it explained, to start from: it masks what the preset "default" masks, and nothing else
until you take out a comment sign. Never overwrites a file. Editors with YAML support (VS Code: the extension "YAML" of Red Hat)
complete it and say what is wrong in it, by the schema in its first line.

  FILE   where to (default: ${defaultPath})

Exit codes: 0 written · 3 usage, or a file that is there already
`,
  run: async (args, io) => writePolicy(args, io),
};

async function writePolicy(args: readonly string[], io: CliIo): Promise<number> {
  const { operands } = readCommandLine(args, {});
  if (operands.length > 1) throw argumentError('init', 'one FILE at most', countOfArguments(operands));
  const path = operands[0] ?? defaultPath;
  try {
    await using file = await open(path, 'wx');
    await file.writeFile(`# yaml-language-server: $schema=${await schemaFor(path)}\n${policyText(path)}`);
  } catch (error) {
    const expected = 'a path where a new file can be written';
    throw new CliError('ERR_SPANSEAL_CLI_OUTPUT', {
      option: 'FILE',
      expected,
      got: obstacle(errorCode(error)),
    });
  }
  // The shell's quotes are the reader's business: a path that needs them is rare.
  io.stdout.write(
    [
      `${path} is written.`,
      '',
      `  npx @spanseal/cli policy check ${path}`,
      `  SPANSEAL_POLICY_FILE=${path} node --require @spanseal/node/register app.js`,
      '',
    ].join('\n'),
  );
  return 0;
}

/** What is in the way, by the code of the system. */
function obstacle(code: string): string {
  if (code === 'EEXIST') return 'one where a file is already, which stays as it is';
  return code === 'ENOENT' ? 'one in a folder that does not exist' : code;
}

/** The one that is installed, or else the published one. */
async function schemaFor(path: string): Promise<string> {
  const installed = 'node_modules/@spanseal/mask/policy.schema.json';
  try {
    await access(join(dirname(path), installed));
    return `./${installed}`;
  } catch {
    return 'https://unpkg.com/@spanseal/mask/policy.schema.json';
  }
}

const policyText = (
  path: string,
): string => `# What Spanseal masks in traces. Check it with: npx @spanseal/cli policy check ${path}

# Where to start from: default, aws, gcp, azure, vault, payments, pii, genai, lumigo, strict. Several are merged.
extends: [default]

# Names of your own, for the lists below: $ours.
# define:
#   ours: [tenant_ref, order_note]

# Rules on names: of attributes, headers, JSON members, query parameters. The first that matches wins, before those of the presets.
# A text is a regular expression: unanchored, and case does not matter.
# keys:
#   - $ours                                      # needs define
#   - { glob: app.debug.*, action: drop }
#   - { pattern: customer_id, action: hash }     # the same token for the same value; needs hashKey
#   - { pattern: card, action: partial }         # keeps the last four characters
#   - { glob: http.route, action: keep }

# Rules on text, wherever it stands: detectors by name, or expressions of your own.
# values:
#   - email
#   - { name: order, pattern: 'ORD-[0-9]{8}' }

# Services whose spans are masked whole.
# services:
#   - vault
#   - { name: billing, host: '*.billing.internal' }

# What stays, though a rule hits it.
# allow:
#   keys: ['^public_key_id$']
#   values: ['support@example\\.com']

# What stands in the place of a masked value.
# mask: '****'

# The key of the action hash: at least 32 bytes. Whoever has it can test guesses: keep it as you keep secrets.
# hashKey: base64:…
`;
