import type { AttributeValue, Policy } from '@spanseal/mask';
import { argumentError, countOfArguments } from '../argument-error.js';
import { readStandardInput } from '../capture.js';
import type { CliIo, Command } from '../cli-io.js';
import { readCommandLine } from '../command-line.js';
import { renderExplanation } from '../explain/explain-table.js';
import { explainValue } from '../explain/value-explanation.js';
import { readPolicyFile } from '../policy-file.js';
import { readReportFormat } from '../report-format.js';
import { textStyle } from '../text-table.js';

export const explain: Command = {
  usage: `spanseal explain KEY VALUE [--json] [--policy P] [--format table|json]

Says which rule decides about an attribute, where the rule comes from, what comes out, and what came close. The value
itself is not shown, only what the policy makes of it.

  KEY          key of the attribute; - or an empty one for free text: a span name, a status message
  VALUE        its value; - reads it from standard input, where nobody else sees it. Behind -- it may begin with a dash
  --json       VALUE is JSON: a number, a list, a map
  --policy P   a policy, JSON or YAML (default: the preset "default")
  --format F   table (default), or json: one object, described in
               https://github.com/spanseal/spanseal/blob/main/docs/scanning.md

Exit codes: 0 explained · 3 usage
`,
  run: async (args, io) => explainArguments(args, io),
};

async function explainArguments(args: readonly string[], io: CliIo): Promise<number> {
  const line = readCommandLine(args, { values: { policy: {}, format: {} }, flags: ['json'] });
  const format = readReportFormat(line);
  const [key, text] = line.operands;
  if (key === undefined || text === undefined || line.operands.length > 2) {
    // A value that lost its quotes comes as several arguments: they are counted, not shown.
    throw argumentError('explain', 'KEY and VALUE', countOfArguments(line.operands));
  }
  const path = line.value('policy');
  const policy: Policy = path === undefined ? {} : readPolicyFile(path);
  const given = text === '-' ? (await readStandardInput(io)).replace(/\r?\n$/, '') : text;
  const value = line.flag('json') ? parseValue(given) : given;
  const report = explainValue(policy, { key: key === '-' || key === '' ? undefined : key, value });
  const style = textStyle(io.stdout, io.env);
  io.stdout.write(
    format === 'json' ? `${JSON.stringify(report, undefined, 2)}\n` : renderExplanation(report, style),
  );
  return 0;
}

function parseValue(text: string): AttributeValue {
  try {
    // All that JSON has, an attribute can have.
    return JSON.parse(text) as AttributeValue;
  } catch {
    // The parser's own message quotes the text.
    throw argumentError('VALUE', 'JSON, because of --json', 'a text that is no JSON');
  }
}
