import type { Table } from './benchmark.js';
import type { Machine } from './machine.js';
import { tableText } from './table-text.js';

/** The tables of one benchmark. */
export interface Result {
  readonly name: string;
  readonly tables: readonly Table[];
}

const start = `# Performance

What masking and sealing cost, beside what they are compared with. Made by \`npm run bench -- all --markdown docs/performance.md\`; every figure can
be obtained on any machine with the same command (one benchmark: \`npm run bench -- masker\`).
A *target* is what this project set itself as its goal before there was anything to measure; *behind* marks what it has not reached.
`;

const method = `## How it is measured

- All rows of a table are measured in one process that stays on one core (\`taskset\`, where there is one), by turns: each round has
  one sample of each, and the order rotates. Times are medians over the rounds, with the 10th and 90th percentile. A ratio is taken
  round by round, and its median is given; so what else the machine does changes times more than ratios.
- Time is CPU time of the whole process: garbage collection and compilation count, other processes do not.
- Every contender works for 1.5 seconds before it is measured.
- *Lean* spans have 12 HTTP attributes. *Heavy* ones have two header objects as JSON text and JSON bodies of 1 kB and 2 kB
  besides. There are 2,048 of each, and no two have a URL, host, path, address or user agent in common: a cache of values does not help.
  One lean span in ten has a secret in its URL; each heavy one has a dozen.
- *Naive* is masking as one writes it oneself: ten key regexes on each key, twelve detector regexes on each value, \`JSON.parse\`, a walk
  and \`JSON.stringify\` for JSON, \`new URL\` for URLs. A test holds that it changes the same attributes of these spans as the masker.
- *Overhead* is what masking adds to a span's whole way through the SDK: create it, set its attributes one by one, end it, batch it,
  serialize it with the SDK's own protobuf serializer. Nothing is sent.
- *Hostile* texts repeat beginnings of what the readers look for, about a hundred of them, in nine kinds of attribute. The slowest is named.
- Against the Collector, its redaction processor runs in a Go process of its own on the same core (\`GOMAXPROCS=1\`), through
  \`ConsumeTraces\`, on the same spans; both sides work on copies that were made before the clock started. It has nine key and six value
  patterns; the masker has its default policy, with all its detectors, URL, SQL, JSON and free-text readers.
- A *whole seal* is all of it: canonical form, MAC, section tags, the seal's text, and the checkpoints about the spans, on spans as the SDK has them. *Canonical form and
  MAC alone* is what no seal can do without: of the same spans, the form, and an HMAC-SHA-256 of it by node:crypto. Beside them the SDK's serializer makes the bytes of the same
  spans. *Verifying* begins with the bytes of eight requests of one stream, and ends with its checkpoints.
- The *start of a process* is its CPU time from its very start to its end, the processes by turns; the figure is what is added to \`node app.js\`, round by round. An
  empty file in the preload's place shows how much of that is Node.js itself, which has to start its loader of ES modules for \`--import\`: an
  app that consists of ES modules has paid for that already.
- *Complete* spans have a parent, two events (one with a stack trace), a link, a list and a text beyond ASCII besides; the encoder begins with the SDK's own spans.
- An *export* is all of a span's way: create, batch, encode, send to a server in a process on another core, which throws it away; the time is that of the client alone.
- The MAC of a request is compared with \`openssl speed -hmac sha256\` over as many bytes, in that program's own CPU time.
- *Sustained*: the receiver is a verifier in a process of its own; one request in 1,499 is refused for good, one in 997 put off. It fails unless the verifier finds every span that was
  not declared lost. Memory is what the heap and its buffers hold after garbage collection, from a tenth of the way on.
`;

/** The page of the documentation: every table, the method and the machine. */
export function pageText(results: readonly Result[], machine: Machine): string {
  const tables = results.flatMap((result) => result.tables.map(tableText));
  return [start, machineText(machine), ...tables, method].join('\n');
}

function machineText({ node, processor, cores, memoryGigabytes, system }: Machine): string {
  return `Measured on Node.js ${node.slice(1)}, ${system}, ${processor}, ${cores} cores, ${memoryGigabytes} GB.\n`;
}
