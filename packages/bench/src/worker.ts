// Runs one benchmark and writes its tables as JSON. In a process of its own: what one table taught the compiler must not
// change the next.
import { benchmarks } from './benchmark-list.js';
import { effortOf } from './effort.js';

const [name, effort] = process.argv.slice(2);
const benchmark = benchmarks.find((candidate) => candidate.name === name);
if (benchmark === undefined) throw new TypeError('no such benchmark');
const tables = await benchmark.run(effortOf(effort === 'short'));
process.stdout.write(`${JSON.stringify(tables)}\n`);
process.exit(0);
