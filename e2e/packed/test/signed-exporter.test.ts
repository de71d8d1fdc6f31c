import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { cleanFolder, nodes, run, runAside } from '../clean-folder.js';
import { sdkPackages } from '../sdk-packages.js';
import { type Route, startSecureCollector } from '../secure-collector.js';

const keys = { realm: 'e2e', primary: { id: 'k-signed', secret: `hex:${'5a'.repeat(32)}` } };
/** Spans of each exporter. */
const count = 20;

const served = process.env['SPANSEAL_COLLECTOR'] ? describe : describe.skip;

served('spans that SignedOtlpExporter sent to a real Collector, on every way', () => {
  let folder: string;
  let routes: readonly Route[];
  const streams: string[] = [];

  beforeAll(async () => {
    folder = cleanFolder(['mask', 'otlp', 'seal', 'otlp-exporter', 'cli'], sdkPackages[2]);
    copyFileSync(join(folder, 'sdk-2.cjs'), join(folder, 'sdk.cjs'));
    const newer = cleanFolder(['otlp', 'seal', 'otlp-exporter'], sdkPackages[3]);
    copyFileSync(join(newer, 'sdk-3.cjs'), join(newer, 'sdk.cjs'));
    writeFileSync(join(folder, 'keys.json'), JSON.stringify(keys));
    const collector = await startSecureCollector(folder);
    routes = collector.routes;
    try {
      for (const node of nodes) streams.push(...(await send(node, folder)));
      // The 3.x line needs Node.js 22.15.
      for (const node of nodes.slice(1)) streams.push(...(await send(node, newer)));
    } finally {
      await collector.stop();
    }
  });

  /** Lets an app send its spans on every way, and gives the ids of its streams. */
  async function send(node: string, cwd: string): Promise<string[]> {
    const settings = JSON.stringify({ exporters: routes, keys, count });
    const { code, stdout, stderr } = await runAside(node, ['signed-app.cjs', settings], { cwd }).outcome;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const done: { stream: string; counters: object }[] = JSON.parse(stdout);
    expect(done.map(({ counters }) => counters)).toEqual(
      routes.map(() =>
        expect.objectContaining({ sealed: count, failedExports: 0, undelivered: 0, rejectedSpans: 0 }),
      ),
    );
    return done.map(({ stream }) => stream);
  }

  test.each(['signed.jsonl', 'signed.binpb'])('are valid and complete: %s', (file) => {
    const main = join(folder, 'node_modules/@spanseal/cli/dist/esm/main.js');
    const given = ['--key-file', 'keys.json', '--expect', streams.join(','), '--format', 'json'];
    const { code, stdout, stderr } = run(process.execPath, [main, 'verify', file, ...given], { cwd: folder });
    expect(stderr).toBe('');
    const report = JSON.parse(stdout);
    expect(report.findings).toEqual([]);
    const total = streams.length * count;
    expect(report).toMatchObject({ result: 'intact', spans: { total, valid: total } });
    expect(report.streams).toHaveLength(routes.length * (2 * nodes.length - 1));
    for (const stream of report.streams)
      expect(stream).toMatchObject({ verdict: 'complete', spans: count, missing: [] });
    expect(code).toBe(0);
  });

  test('stand in the Collector’s own JSON by every value that was sent', () => {
    const text = readFileSync(join(folder, 'signed.jsonl'), 'utf8');
    expect(text.match(/"name":"order \d+"/g)).toHaveLength(streams.length * count);
  });
});
