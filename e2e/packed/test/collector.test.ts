import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { cleanFolder, nodes, run, runAside } from '../clean-folder.js';
import { edits } from '../collector-config.js';
import { CollectorServer } from '../collector-server.js';

const exporters = ['grpc', 'proto', 'http'].map((name) => `@opentelemetry/exporter-trace-otlp-${name}`);
const lines = {
  2: [
    '@opentelemetry/api@1.9.1',
    '@opentelemetry/resources@2.12.1',
    '@opentelemetry/sdk-trace-base@2.12.1',
    '@opentelemetry/otlp-transformer@0.223.1',
    ...exporters.map((name) => `${name}@0.223.1`),
  ],
  3: [
    '@opentelemetry/api@1.10.0',
    '@opentelemetry/resources@3.1.1',
    '@opentelemetry/sdk-trace@3.1.1',
    '@opentelemetry/otlp-transformer@0.301.1',
    '@opentelemetry/exporter-trace-otlp-grpc@0.301.0',
    '@opentelemetry/exporter-trace-otlp-http@0.301.0',
    '@opentelemetry/exporter-trace-otlp-proto@0.301.1',
  ],
};
const protocols = ['grpc', 'http/protobuf', 'http/json'] as const;
const keys = { realm: 'e2e', primary: { id: 'k-collector', secret: `hex:${'3c'.repeat(32)}` } };
/** Spans of each app. */
const count = 20;

interface Finding {
  readonly verdict: string;
  readonly stream?: string;
  readonly seq?: number;
  readonly section?: string;
  readonly added?: readonly string[];
}

interface Verified {
  readonly code: number | null;
  readonly report: {
    readonly result: string;
    readonly spans: Readonly<Record<string, number>>;
    readonly streams: readonly {
      readonly stream: string;
      readonly verdict: string;
      readonly spans: number;
      readonly missing: readonly (readonly [number, number])[];
      readonly checkpoints: number;
    }[];
    readonly findings: readonly Finding[];
  };
}

interface KeyValue {
  readonly key: string;
}

interface JsonRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly KeyValue[] };
    readonly scopeSpans: readonly {
      readonly spans: readonly { readonly name: string; readonly attributes: readonly KeyValue[] }[];
    }[];
  }[];
}

const served = process.env['SPANSEAL_COLLECTOR'] ? describe : describe.skip;

served('sealed spans that stock exporters sent through a real Collector', () => {
  let folder: string;
  /** Ids of the streams of all apps. */
  const streams: string[] = [];

  beforeAll(async () => {
    folder = cleanFolder(['mask', 'otlp', 'seal', 'otlp-exporter', 'cli'], lines[2]);
    copyFileSync(join(folder, 'sdk-2.cjs'), join(folder, 'sdk.cjs'));
    const newer = cleanFolder(['otlp', 'seal', 'otlp-exporter'], lines[3]);
    copyFileSync(join(newer, 'sdk-3.cjs'), join(newer, 'sdk.cjs'));
    writeFileSync(join(folder, 'keys.json'), JSON.stringify(keys));
    const collector = await CollectorServer.start(folder);
    try {
      // The 3.x line needs Node.js 22.15.
      const apps = [
        ...nodes.map((node) => ({ node, cwd: folder })),
        ...nodes.slice(1).map((node) => ({ node, cwd: newer })),
      ];
      for (const { node, cwd } of apps) {
        for (const protocol of protocols) {
          const compression = protocol === 'http/protobuf' ? 'gzip' : 'none';
          const settings = { protocol, url: collector.urls[protocol], keys, count, compression };
          const app = runAside(node, ['sealing-app.cjs', JSON.stringify(settings)], { cwd });
          const { code, stdout, stderr } = await app.outcome;
          expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
          const { stream, counters } = JSON.parse(stdout);
          expect(counters).toMatchObject({ sealed: count, refused: 0, failedExports: 0 });
          streams.push(stream);
        }
      }
    } finally {
      await collector.stop();
    }
  });

  function verify(file: string): Verified {
    const main = join(folder, 'node_modules/@spanseal/cli/dist/esm/main.js');
    const given = ['--key-file', 'keys.json', '--expect', streams.join(','), '--format', 'json'];
    const { code, stdout, stderr } = run(process.execPath, [main, 'verify', file, ...given], { cwd: folder });
    expect(stderr).toBe('');
    return { code, report: JSON.parse(stdout) };
  }

  /** The findings about each stream, without what they say in words. All streams must have the same ones. */
  function findingsOfEach({ findings }: Verified['report']): unknown[] {
    const [first, ...others] = streams.map((stream) =>
      findings
        .filter((finding) => finding.stream === stream)
        .map(({ verdict, seq, section, added }) => ({
          verdict,
          ...(seq !== undefined && { seq }),
          ...(section !== undefined && { section }),
          ...(added !== undefined && { added }),
        })),
    );
    for (const other of others) expect(other).toEqual(first);
    return first ?? [];
  }

  function requestsIn(file: string): JsonRequest[] {
    const text = readFileSync(join(folder, file), 'utf8').trim();
    return text.split('\n').map((line) => JSON.parse(line));
  }

  function spansIn(file: string) {
    return requestsIn(file).flatMap(({ resourceSpans }) =>
      resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
    );
  }

  const total = () => streams.length * count;
  const complete = () =>
    streams.map((stream) =>
      expect.objectContaining({ stream, verdict: 'complete', spans: count, missing: [] }),
    );

  test.each([
    'kept.jsonl',
    'kept.binpb',
    'sent-by-grpc.binpb',
    'sent-by-http.binpb',
    'sent-by-http.jsonl',
    'looped.jsonl',
    'looped.binpb',
    'reordered.jsonl',
    'reordered.binpb',
  ])('are valid and complete: %s', (file) => {
    const { code, report } = verify(file);
    expect(report.findings).toEqual([]);
    expect(report).toMatchObject({ result: 'intact', spans: { total: total(), valid: total() } });
    expect(report.streams).toEqual(expect.arrayContaining(complete()));
    expect(report.streams).toHaveLength(streams.length);
    expect(code).toBe(0);
  });

  test('went through batches that were split and merged, resources that were enriched, attributes in another order', () => {
    const kept = requestsIn('kept.jsonl');
    const sizes = kept.map(({ resourceSpans }) =>
      resourceSpans.reduce((sum, { scopeSpans }) => sum + scopeSpans.flatMap(({ spans }) => spans).length, 0),
    );
    expect(Math.max(...sizes)).toBe(5);
    expect(kept.some(({ resourceSpans }) => resourceSpans.length > 1)).toBe(true);
    for (const { resource } of kept.flatMap(({ resourceSpans }) => resourceSpans)) {
      const names = resource.attributes.map(({ key }) => key);
      expect(names).toContain('k8s.pod.name');
      expect(names).not.toContain('process.pid');
    }
    const orders = spansIn('reordered.jsonl').filter(({ name }) => name.startsWith('order '));
    expect(new Set(orders.map(({ attributes }) => attributes.at(-1)?.key))).toEqual(new Set(['order.zone']));
  });

  test('are told apart from those with an attribute that a pipeline inserted, which is named', () => {
    const { code, report } = verify('added.jsonl');
    const added = ['deployment.ring'];
    const each = Array.from({ length: count }, (_, seq) => ({ verdict: 'additions', seq, added }));
    expect(findingsOfEach(report)).toEqual(each);
    expect(report.streams).toEqual(expect.arrayContaining(complete()));
    expect([report.result, code]).toEqual(['tampered', 1]);
  });

  test('are changed in their attributes where a redaction rule hit, and nowhere else', () => {
    const { code, report } = verify('redacted.binpb');
    expect(findingsOfEach(report)).toEqual([
      { verdict: 'changed', seq: 6, section: 'attributes' },
      { verdict: 'changed', seq: 8, section: 'attributes' },
      { verdict: 'missing' },
    ]);
    for (const { missing } of report.streams) {
      expect(missing).toEqual([
        [6, 6],
        [8, 8],
      ]);
    }
    expect([report.spans['valid'], code]).toEqual([total() - 2 * streams.length, 1]);
  });

  test.each(['transformed.jsonl', 'transformed.binpb'])(
    'are named by seq and section when they were edited: %s',
    (file) => {
      const { code, report } = verify(file);
      const bySeq = new Map(
        findingsOfEach(report).map((finding) => [(finding as Finding).seq, finding as Finding]),
      );
      const told = edits.map(({ statement }, seq) => ({ statement, ...bySeq.get(seq), seq: undefined }));
      expect(told).toEqual(edits);
      expect(code).toBe(1);
    },
  );
});
