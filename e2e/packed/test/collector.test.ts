import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { cleanFolder, nodes, run, runAside } from '../clean-folder.js';
import { edits } from '../collector-config.js';
import { CollectorServer } from '../collector-server.js';
import { sdkPackages } from '../sdk-packages.js';

const protocols = ['grpc', 'http/protobuf', 'http/json'] as const;
const keys = { realm: 'e2e', primary: { id: 'k-collector', secret: `hex:${'3c'.repeat(32)}` } };
/** Spans of each app. */
const count = 20;

interface App {
  readonly node: string;
  readonly cwd: string;
  readonly protocol: (typeof protocols)[number];
}

interface Finding {
  readonly verdict: string;
  readonly stream?: string;
  readonly seq?: number;
  readonly spanId?: string;
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
      readonly spans: readonly {
        readonly spanId: string;
        readonly name: string;
        readonly attributes: readonly KeyValue[];
      }[];
    }[];
  }[];
}

const served = process.env['SPANSEAL_COLLECTOR'] ? describe : describe.skip;

served('sealed spans that stock exporters sent through a real Collector', () => {
  let folder: string;
  /** Ids of the streams of all apps. */
  const streams: string[] = [];

  beforeAll(async () => {
    folder = cleanFolder(['mask', 'otlp', 'seal', 'otlp-exporter', 'cli'], sdkPackages[2]);
    copyFileSync(join(folder, 'sdk-2.cjs'), join(folder, 'sdk.cjs'));
    const newer = cleanFolder(['otlp', 'seal', 'otlp-exporter'], sdkPackages[3]);
    copyFileSync(join(newer, 'sdk-3.cjs'), join(newer, 'sdk.cjs'));
    writeFileSync(join(folder, 'keys.json'), JSON.stringify(keys));
    const collector = await CollectorServer.start(folder);
    try {
      // The 3.x line needs Node.js 22.15.
      const apps = [
        ...nodes.map((node) => ({ node, cwd: folder })),
        ...nodes.slice(1).map((node) => ({ node, cwd: newer })),
      ];
      for (const app of apps) {
        streams.push(
          ...(await Promise.all(protocols.map((protocol) => send({ ...app, protocol }, collector)))),
        );
      }
    } finally {
      await collector.stop();
    }
  });

  /** Lets an app send its spans, and gives the id of its stream. */
  async function send(app: App, { urls }: CollectorServer): Promise<string> {
    const { node, cwd, protocol } = app;
    const compression = protocol === 'http/protobuf' ? 'gzip' : 'none';
    const settings = { protocol, url: urls[protocol], keys, count, compression };
    const { outcome } = runAside(node, ['sealing-app.cjs', JSON.stringify(settings)], { cwd });
    const { code, stdout, stderr } = await outcome;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { stream, counters } = JSON.parse(stdout);
    expect(counters).toMatchObject({ sealed: count, refused: 0, failedExports: 0 });
    return stream;
  }

  function verify(file: string): Verified {
    const main = join(folder, 'node_modules/@spanseal/cli/dist/esm/main.js');
    const given = ['--key-file', 'keys.json', '--expect', streams.join(','), '--format', 'json'];
    const { code, stdout, stderr } = run(process.execPath, [main, 'verify', file, ...given], { cwd: folder });
    expect(stderr).toBe('');
    return { code, report: JSON.parse(stdout) };
  }

  /** What was found about spans, by their `order.id`; it must be the same in every stream. */
  function findingsByOrder({ findings }: Verified['report']): Record<number, Partial<Finding>> {
    const orders = new Map(
      spansIn('kept.jsonl').flatMap(({ spanId, name }) => {
        const [, order] = /^order (\d+)$/.exec(name) ?? [];
        return order === undefined ? [] : [[spanId, Number(order)]];
      }),
    );
    const found: Record<number, Partial<Finding>> = {};
    const times: Record<number, number> = {};
    for (const { verdict, seq, section, added, spanId } of findings) {
      const order = orders.get(spanId ?? '');
      if (order === undefined) continue;
      const told = { verdict, ...(section && { section }), ...(added && { added }) };
      expect(found[order] ?? told).toEqual(told);
      expect(seq ?? order).toBe(order);
      found[order] = told;
      times[order] = (times[order] ?? 0) + 1;
    }
    expect(new Set(Object.values(times))).toEqual(new Set([streams.length]));
    return found;
  }

  /** The seqs that are not there, which must be the same in every stream. */
  function missingOf(report: Verified['report']): number[] {
    expect(report.streams.map(({ stream }) => stream).sort()).toEqual([...streams].sort());
    const [first, ...others] = report.streams.map(({ missing }) =>
      missing.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, index) => from + index)),
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
    expect(new Set(orders.map(({ attributes }) => attributes[0]?.key))).toEqual(new Set(['order.total']));
  });

  test('are told apart from those with an attribute that a pipeline inserted, which is named', () => {
    const { code, report } = verify('added.jsonl');
    const addition = { verdict: 'additions', added: ['deployment.ring'] };
    const each = Object.fromEntries(Array.from({ length: count }, (_, order) => [order, addition]));
    expect(findingsByOrder(report)).toEqual(each);
    // They are there all the same: without what was added, their MACs hold.
    expect(missingOf(report)).toEqual([]);
    for (const { checkpoints } of report.streams) expect(checkpoints).toBeGreaterThan(0);
    expect([report.result, code]).toEqual(['tampered', 1]);
  });

  test('are changed in their attributes where a redaction rule hit, and nowhere else', () => {
    const { code, report } = verify('redacted.binpb');
    const changed = { verdict: 'changed', section: 'attributes' };
    expect(findingsByOrder(report)).toEqual({ 6: changed, 8: changed });
    expect(missingOf(report)).toEqual([6, 8]);
    expect([report.result, code]).toEqual(['tampered', 1]);
  });

  test.each(['transformed.jsonl', 'transformed.binpb'])(
    'are named by seq and section when they were edited: %s',
    (file) => {
      const { code, report } = verify(file);
      const found = findingsByOrder(report);
      const told = edits.map(({ statement }, order) => {
        const { verdict = 'valid', section } = found[order] ?? {};
        return { statement, verdict, ...(section && { section }) };
      });
      expect(told).toEqual(edits);
      const isVerified = new Set(['valid', 'valid-core', 'additions']);
      expect(missingOf(report)).toEqual(
        edits.flatMap(({ verdict }, order) => (isVerified.has(verdict) ? [] : [order])),
      );
      expect([report.result, code]).toEqual(['tampered', 1]);
    },
  );

  test('are changed in their events when an event was', () => {
    const changed = { verdict: 'changed', section: 'events' };
    expect(findingsByOrder(verify('events.jsonl').report)).toEqual({ 2: changed, 3: changed });
  });

  test.each(['renamed.jsonl', 'scoped.binpb'])(
    'are changed in their origin when the service or its scope is another version: %s',
    (file) => {
      const { report } = verify(file);
      expect(report).toMatchObject({ result: 'tampered', spans: { changed: total(), valid: 0 } });
      expect(Object.values(findingsByOrder(report))).toEqual(
        Array.from({ length: count }, () => ({ verdict: 'changed', section: 'origin' })),
      );
    },
  );

  test.each(['filtered.jsonl', 'filtered.binpb'])(
    'are missing, by their seq, when the pipeline dropped them: %s',
    (file) => {
      const { code, report } = verify(file);
      expect(missingOf(report)).toEqual([4, 11, 12, count - 1]);
      expect(report.spans).toEqual({
        total: total() - 4 * streams.length,
        valid: total() - 4 * streams.length,
        invalid: 0,
        changed: 0,
      });
      expect(new Set(report.findings.map(({ verdict }) => verdict))).toEqual(new Set(['missing']));
      expect([report.result, code]).toEqual(['incomplete', 2]);
    },
  );
});
