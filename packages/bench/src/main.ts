import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { benchmarks } from './benchmark-list.js';
import { reportMachine } from './machine.js';
import { pageText } from './page-text.js';
import { runPinned } from './pinned-run.js';
import { tableText } from './table-text.js';

const names = benchmarks.map(({ name }) => name);
const usage = `usage: npm run bench -- NAME… [--short] [--json] [--markdown FILE]
NAME: ${names.join(', ')}, or all
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    short: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    markdown: { type: 'string' },
  },
});
const wanted = positionals.includes('all') ? names : positionals;
const unknown = wanted.filter((name) => !names.includes(name));
if (wanted.length === 0 || unknown.length > 0) {
  process.stderr.write(unknown.length > 0 ? `no benchmark ${unknown.join(', ')}\n${usage}` : usage);
  process.exit(2);
}

const results = benchmarks
  .filter(({ name }) => wanted.includes(name))
  .map(({ name, setUp }) => {
    setUp?.();
    const tables = runPinned(name, values.short);
    if (!values.json) process.stdout.write(`\n${tables.map(tableText).join('\n')}`);
    return { name, tables };
  });
if (values.short && !values.json)
  process.stdout.write('\nTrial run: it shows that everything works; its figures mean nothing.\n');
const machine = reportMachine();
if (values.json) process.stdout.write(`${JSON.stringify({ machine, results }, undefined, 2)}\n`);
if (values.markdown !== undefined) writeFileSync(values.markdown, pageText(results, machine));
