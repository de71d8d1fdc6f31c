import { once } from 'node:events';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { cleanFolder, nodes, run, runAside } from '../clean-folder.js';
import { framed, type HttpReceiver, startHttpReceiver } from '../http-receiver.js';

const sdk = [
  '@opentelemetry/api@1.9.1',
  '@opentelemetry/resources@2.12.1',
  '@opentelemetry/sdk-trace-base@2.12.1',
  '@opentelemetry/otlp-transformer@0.223.1',
  '@opentelemetry/exporter-trace-otlp-proto@0.223.1',
];
const keys = { realm: 'e2e', primary: { id: 'k-killed', secret: `hex:${'2b'.repeat(32)}` } };
const kills = Number(process.env['SPANSEAL_KILLS'] ?? 30);
/** What a seed draws, the same each time; when the kernel lets a process run, no seed says. */
const firstSeed = Number(process.env['SPANSEAL_KILL_SEED'] ?? 1);
/** Services that run beside each other, each started again after a kill. */
const services = ['orders', 'carts', 'bills'];
/** A process is killed within so many milliseconds after it said that it is up, or, two times in three, that spans have left. */
const longestLife = { up: 300, sent: 1500 };

function chanceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 0x7fffffff;
    return state / 0x7fffffff;
  };
}

interface Report {
  readonly result: string;
  readonly spans: Readonly<Record<string, number>>;
  readonly streams: readonly {
    readonly stream: string;
    readonly verdict: string;
    readonly spans: number;
    readonly missing: readonly unknown[];
    readonly open?: boolean;
  }[];
  readonly findings: readonly { readonly verdict: string }[];
}

describe('a service that is killed at any moment, and started again', () => {
  let folder: string;
  let receiver: HttpReceiver;
  const started: string[] = [];

  beforeAll(async () => {
    folder = cleanFolder(['mask', 'otlp', 'seal', 'otlp-exporter', 'cli'], sdk);
    copyFileSync(join(folder, 'sdk-2.cjs'), join(folder, 'sdk.cjs'));
    const chance = chanceOf(firstSeed);
    // The receiver fails now and then, so that the exporter tries again: what it answers with an error it has kept.
    receiver = await startHttpReceiver(() => {
      const draw = chance();
      if (draw < 0.7) return 200;
      // What is lost may be lost with the process, while what left beside it arrives.
      if (draw < 0.8) return 'lost';
      return draw < 0.92 ? 503 : 'cut';
    });
    try {
      const each = Math.ceil(kills / services.length);
      await Promise.all(
        services.map((service, index) => live(service, { kills: each, seed: firstSeed + index })),
      );
    } finally {
      await receiver.stop();
    }
    writeFileSync(join(folder, 'received.binpb'), framed(receiver.bodies.map(({ bytes }) => bytes)));
    writeFileSync(join(folder, 'keys.json'), JSON.stringify(keys));
  });

  async function live(service: string, life: { kills: number; seed: number }): Promise<void> {
    const chance = chanceOf(life.seed * 7919);
    for (let round = 0; round < life.kills; round++) {
      const settings = { url: `${receiver.url}/v1/traces`, keys, service };
      const node = nodes[round % nodes.length] ?? process.execPath;
      const { child, outcome } = runAside(node, ['killed-app.cjs', JSON.stringify(settings)], {
        cwd: folder,
      });
      if (child.stdout === null) throw new Error('no output');
      // An iterator over the output would stop its flow, and with it the news of its end.
      const [first] = await Promise.race([once(child.stdout, 'data'), outcome.then(() => [''])]);
      const isEarly = chance() < 1 / 3;
      // Both lines can come at once, and the second one is late while the receiver holds requests.
      if (!isEarly && !`${first}`.includes('sent')) {
        await Promise.race([once(child.stdout, 'data'), outcome, delay(3000)]);
      }
      await delay(chance() * longestLife[isEarly ? 'up' : 'sent']);
      child.kill('SIGKILL');
      await outcome;
      expect(child.signalCode).toBe('SIGKILL');
      started.push(`${first}`.split('\n')[0] ?? '');
    }
  }

  function verdictsOf({ findings }: Report): Set<string> {
    return new Set(findings.map(({ verdict }) => verdict));
  }

  test('its streams are truncated, or of a service that was restarted, and nothing is called changed or missing', () => {
    const input = framed(receiver.bodies.map(({ bytes }) => bytes));
    const { stdout, stderr } = run(process.execPath, ['later-report.mjs', JSON.stringify(keys)], {
      cwd: folder,
      input,
    });
    expect(stderr).toBe('');
    const report: Report = JSON.parse(stdout);
    const { valid = 0, duplicate = 0, total } = report.spans;
    expect({ ...report.spans, valid: 0, duplicate: 0, total: 0 }).toEqual({
      ...{ total: 0, valid: 0, invalid: 0, changed: 0, duplicate: 0 },
    });
    expect(valid + duplicate).toBe(total);
    for (const verdict of verdictsOf(report))
      expect(['truncated', 'restart', 'declared-loss']).toContain(verdict);
    for (const { stream, verdict, missing } of report.streams) {
      expect(started).toContain(stream);
      expect(['truncated', 'restart']).toContain(verdict);
      expect(missing).toEqual([]);
    }
    expect(report.result).toBe('incomplete');
    // Of many processes something arrived, and their successors are known as such.
    expect(report.streams.length).toBeGreaterThan(started.length / 3);
    expect(report.streams.filter(({ verdict }) => verdict === 'restart').length).toBeGreaterThan(0);
    expect(duplicate).toBeGreaterThan(0);
    console.info(
      `${started.length} kills, ${report.streams.length} streams, ${total} spans, ${duplicate} twice`,
    );
  });

  test('the command finds the streams open for as long as they may go on', () => {
    const main = join(folder, 'node_modules/@spanseal/cli/dist/esm/main.js');
    const args = [main, 'verify', 'received.binpb', '--key-file', 'keys.json', '--format', 'json'];
    const { code, stdout, stderr } = run(process.execPath, args, { cwd: folder });
    expect([code, stderr]).toEqual([0, '']);
    const report: Report = JSON.parse(stdout);
    expect(report.result).toBe('intact');
    for (const { verdict, open } of report.streams) {
      expect(['complete', 'declared-loss']).toContain(verdict);
      expect(open).toBe(true);
    }
  });
});
