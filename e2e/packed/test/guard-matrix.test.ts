import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type Canaries, createCanaries, findCanaries } from '@spanseal/test-kit';
import { cleanFolder, nodes, type Outcome, run } from '../clean-folder.js';

const ours = ['mask', 'otlp', 'seal', 'span-processor', 'otlp-exporter', 'node'];
const lines = {
  '1.30': {
    adapter: '1',
    packages: [
      '@opentelemetry/api@1.9.0',
      '@opentelemetry/sdk-trace-base@1.30.1',
      '@opentelemetry/resources@1.30.1',
      '@opentelemetry/otlp-transformer@0.57.2',
    ],
  },
  '2.0': {
    adapter: '2',
    packages: [
      '@opentelemetry/api@1.9.0',
      '@opentelemetry/sdk-trace-base@2.0.0',
      '@opentelemetry/resources@2.0.0',
      '@opentelemetry/otlp-transformer@0.200.0',
    ],
  },
  '2.12': {
    adapter: '2',
    packages: [
      '@opentelemetry/api@1.9.1',
      '@opentelemetry/sdk-trace-base@2.12.1',
      '@opentelemetry/resources@2.12.1',
      '@opentelemetry/otlp-transformer@0.223.1',
    ],
  },
  '3.1': {
    adapter: '3',
    packages: [
      '@opentelemetry/api@1.10.0',
      '@opentelemetry/sdk-trace@3.1.1',
      '@opentelemetry/resources@3.1.1',
      '@opentelemetry/otlp-transformer@0.301.1',
    ],
  },
} as const;

const secret = `base64:${Buffer.alloc(32, 7).toString('base64')}`;
const key = { SPANSEAL_SIGNING_KEY: secret, SPANSEAL_KEY_ID: 'k-guard' };
const newest = nodes.at(-1) ?? process.execPath;
const register = '@spanseal/node/register';

const forms = ['plain', 'bundled', 'minified', 'mangled'] as const;
const formats = { cjs: ['--require', 'cjs'], esm: ['--import', 'mjs'] } as const;
const orders = ['first', 'last'] as const;
type Order = (typeof orders)[number] | 'absent';

interface Variant {
  readonly form: (typeof forms)[number];
  readonly format: keyof typeof formats;
  readonly order: Order;
  readonly node?: string;
}

const variants = forms.flatMap((form) =>
  (Object.keys(formats) as (keyof typeof formats)[]).flatMap((format) =>
    orders.map((order): Variant => ({ form, format, order })),
  ),
);

describe.each(Object.keys(lines) as (keyof typeof lines)[])('the preload and SDK %s', (line) => {
  let folder: string;
  let canaries: Canaries;
  let count = 0;
  const outputs: string[] = [];

  beforeAll(() => {
    const { adapter, packages } = lines[line];
    folder = cleanFolder(ours, [...packages, 'esbuild@0.28.2']);
    const built = run(newest, ['guard-build.mjs', adapter], { cwd: folder });
    expect(built).toMatchObject({ code: 0, stderr: '' });
    mkdirSync(join(folder, 'out'));
    canaries = createCanaries();
  });

  /** Runs the app, and gives how it ended, and the files with what left. */
  function start({ form, format, order, node = newest }: Variant, env: Record<string, string> = {}) {
    count += 1;
    const output = join(folder, 'out', String(count));
    const [flag, extension] = formats[format];
    const script = (name: string) => `./forms/${form}/guard-${name}.${extension}`;
    const args = {
      absent: [script('main')],
      first: [flag, register, script('main')],
      last: [flag, script('setup'), flag, register, script('spans')],
    }[order];
    const texts = Object.fromEntries(Object.entries(canaries).map(([place, { text }]) => [place, text]));
    const given = { OUTPUT: output, CANARIES: JSON.stringify(texts), QUEUED: order === 'last' ? '1' : '' };
    const outcome: Outcome = run(node, args, { cwd: folder, env: { ...given, ...env } });
    const kept = ['batch', 'simple']
      .map((name) => `${output}.${name}`)
      .filter((name) => existsSync(`${name}.bin`));
    return { outcome, kept };
  }

  function leaksOf(kept: readonly string[]) {
    const bytes = kept.flatMap((name) => [readFileSync(`${name}.bin`), readFileSync(`${name}.jsonl`)]);
    return findCanaries(Buffer.concat(bytes), canaries);
  }

  function spansIn(name: string): number {
    return (
      readFileSync(`${name}.jsonl`, 'utf8').match(
        /"spanId":"[0-9a-f]{16}","(?:parentSpanId|traceState|name)/g,
      )?.length ?? 0
    );
  }

  test.each(variants)('lets no secret out ($form, $format, preloaded $order)', (variant) => {
    const { outcome, kept } = start(variant, key);
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    expect(kept).toHaveLength(variant.order === 'last' ? 1 : 2);
    for (const name of kept) expect(spansIn(name)).toBeGreaterThanOrEqual(7);
    expect(leaksOf(kept)).toEqual([]);
    outputs.push(...kept.map((name) => `${name}.jsonl`));
  });

  test('has sealed all of it', () => {
    const { code, stdout } = run(newest, ['guard-verify.mjs', ...outputs], { cwd: folder, env: key });
    expect(code).toBe(0);
    const reports = JSON.parse(stdout) as {
      result: string;
      spans: Record<string, number>;
      streams: { verdict: string }[];
    }[];
    expect(outputs).toHaveLength(24);
    for (const { result, spans, streams } of reports) {
      expect({ result, verdicts: streams.map(({ verdict }) => verdict) }).toEqual({
        result: 'intact',
        verdicts: ['complete'],
      });
      expect((spans['valid'] ?? 0) + (spans['valid-core'] ?? 0)).toBe(spans['total']);
    }
  });

  test.each(forms)('is what holds them back (%s)', (form) => {
    const { outcome, kept } = start({ form, format: 'esm', order: 'absent' });
    expect(outcome.code).toBe(0);
    const places = new Set(leaksOf(kept).map(({ place }) => place));
    const carried = line === '3.1' ? 19 : 16;
    expect(places.size).toBe(carried);
  });

  // The 3.x line needs Node.js 22.15.
  test.each(line === '3.1' ? nodes.slice(1) : nodes)('works on %s', (node) => {
    for (const order of orders) {
      const { outcome, kept } = start({ form: 'plain', format: 'cjs', order, node });
      expect(outcome).toMatchObject({ code: 0, stderr: '' });
      expect(kept.length).toBeGreaterThan(0);
      expect(leaksOf(kept)).toEqual([]);
    }
  });

  test('is switched on by NODE_OPTIONS and off by SPANSEAL_DISABLED', () => {
    const form = { form: 'plain', format: 'esm', order: 'absent' } as const;
    const on = start(form, { NODE_OPTIONS: `--import ${register}` });
    expect(on.outcome).toMatchObject({ code: 0, stderr: '' });
    expect(leaksOf(on.kept)).toEqual([]);
    const off = start(form, { NODE_OPTIONS: `--import ${register}`, SPANSEAL_DISABLED: 'true' });
    expect(leaksOf(off.kept)).not.toEqual([]);
  });
});
