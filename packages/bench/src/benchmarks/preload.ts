import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Benchmark, Row, Table } from '../benchmark.js';
import { type Effort, runContest, type Timings } from '../contest.js';
import { lineForNode } from '../line-for-node.js';
import { timeOf } from '../ratio.js';
import { spreadOf } from '../spread.js';

/** Milliseconds that the preload adds to the start of a process, at most. */
const target = 5;

const require = createRequire(import.meta.url);
const preloads = {
  require: require.resolve('@spanseal/node/register'),
  import: fileURLToPath(import.meta.resolve('@spanseal/node/register')),
};

/** A process with the preload, beside the same one without it, and with an empty file in its place. */
export const preloadBenchmark: Benchmark = {
  name: 'preload',
  run: async (effort) => {
    const folder = mkdtempSync(join(tmpdir(), 'spanseal-bench-'));
    try {
      for (const name of ['empty.cjs', 'empty.mjs']) writeFileSync(join(folder, name), '');
      writeFileSync(join(folder, 'app.cjs'), `const { writeSync } = require('node:fs');${tellTime}`);
      writeFileSync(join(folder, 'app.mjs'), `import { writeSync } from 'node:fs';${tellTime}`);
      writeFileSync(join(folder, 'traced.cjs'), tracedApp());
      const empty = { require: join(folder, 'empty.cjs'), import: join(folder, 'empty.mjs') };
      return [
        await compare({ title: 'start of a process', app: join(folder, 'app.cjs'), empty, target }, effort),
        // Whoever has an app in ES modules pays for Node's loader of them without us.
        await compare(
          { title: 'start of a process, ES modules', app: join(folder, 'app.mjs'), empty, target },
          effort,
        ),
        await compare({ title: 'start with an SDK, and one span', app: join(folder, 'traced.cjs') }, effort),
      ];
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

interface Comparison {
  readonly title: string;
  readonly app: string;
  /** What an empty file costs in the preload's place: that much is Node.js itself. */
  readonly empty?: typeof preloads;
  readonly target?: number;
}

async function compare({ title, app, empty, target }: Comparison, effort: Effort): Promise<Table> {
  const contenders: { readonly name: string; readonly flags: readonly string[]; readonly target?: number }[] =
    [{ name: 'node app.js', flags: [] }];
  for (const flag of ['require', 'import'] as const) {
    const goal = target === undefined ? {} : { target };
    if (empty !== undefined)
      contenders.push({ name: `--${flag} of an empty file`, flags: [`--${flag}`, empty[flag]] });
    contenders.push({
      name: `--${flag} @spanseal/node/register`,
      flags: [`--${flag}`, preloads[flag]],
      ...goal,
    });
  }
  const timings = await runContest(
    contenders.map(({ name, flags }) => ({ name, sample: async () => start([...flags, app]) })),
    effort,
  );
  const rows = contenders.map(({ name, target: goal }, index): Row => {
    const time = timeOf(timings, index);
    if (index === 0) return { name, time };
    const score = { unit: 'ms' as const, spread: addedMillis(timings, index), ...(goal && { target: goal }) };
    return { name, time, score };
  });
  return { title, unit: 'process', rows };
}

/** What a contender needs on top of the first one, round by round. */
function addedMillis(timings: Timings, index: number): ReturnType<typeof spreadOf> {
  const [plain = []] = timings;
  return spreadOf((timings[index] ?? []).map((time, round) => (time - (plain[round] ?? Number.NaN)) / 1e6));
}

/** The CPU time of a process from its very start to its end, in nanoseconds. */
function start(args: readonly string[]): number {
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`a process ended with ${status}`);
  return Number(stdout) * 1000;
}

/** Last of all, an app prints the CPU time of its process in microseconds. */
const tellTime = `
process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  writeSync(1, String(user + system));
});
`;

function tracedApp(): string {
  const kit = createRequire(require.resolve('@spanseal/test-kit'));
  const line = kit.resolve(`@spanseal/line-${lineForNode(process.versions.node)}`);
  return `const { writeSync } = require('node:fs');${tellTime}
const sdk = require(${JSON.stringify(line)});
const exporter = { export: (spans, done) => done({ code: 0 }), shutdown: async () => {} };
const provider = sdk.createProvider({ spanProcessors: [sdk.batchProcessor(exporter)] });
sdk.api.trace.setGlobalTracerProvider(provider);
sdk.api.trace.getTracer('bench').startSpan('GET /').setAttribute('url.full', 'https://shop.example/orders').end();
provider.shutdown();
`;
}
