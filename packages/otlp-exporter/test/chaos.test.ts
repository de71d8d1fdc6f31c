import { expect, test } from '@jest/globals';
import { createKeyRing, createVerifier, generateSecret, type Report } from '@spanseal/seal';
import { type LineReadableSpan, loadLines, type SdkLine } from '@spanseal/test-kit';
import { SigningSpanExporter } from '../src/index.js';
import { ChaoticNetwork, seededChance } from './chaotic-network.js';
import { spansOf } from './spans-of.js';

const keyRing = createKeyRing({ primary: { id: 'k', secret: generateSecret() } });
/** Each with a seed of its own. `npm run e2e` makes a thousand. */
const runs = Number(process.env['SPANSEAL_CHAOS_RUNS'] ?? 15);
/** A run takes a tenth or two of a second; on a machine that does other things as well, longer. */
const patienceMillis = 30_000 + runs * 2000;
const lines = loadLines();
const spans = new Map(lines.map((line) => [line, spansOf(line, {}, 100)]));

/** What is true of a run, as the network and the exporter counted it. */
interface Truth {
  readonly network: ChaoticNetwork;
  readonly stream: string;
  readonly sealed: number;
  readonly copies: number;
  readonly distinct: number;
  /** Spans that arrived between the first and a later copy of one, at most. */
  readonly longestReturn: number;
}

async function run(line: SdkLine, chance: () => number, isCalmAtTheEnd: boolean): Promise<Truth> {
  const network = new ChaoticNetwork(line, chance);
  const exporter = new SigningSpanExporter<LineReadableSpan>(network, {
    keyRing,
    checkpoints: { everySpans: 1 + Math.floor(chance() * 25), repeat: Math.floor(chance() * 4) },
  });
  const stream = exporter.stream ?? '';
  const given = [...(spans.get(line) ?? [])];
  while (given.length > 0) {
    exporter.export(given.splice(0, 1 + Math.floor(chance() * 4)), () => undefined);
    // Bursts, so that the exports that run pile up to as many as a stock exporter lets run.
    if (chance() < 0.4) network.pass(chance() * 6);
  }
  network.isCalm = isCalmAtTheEnd;
  const closing = { isOver: false };
  const closed = exporter.shutdown().then(() => {
    closing.isOver = true;
  });
  while (!closing.isOver) {
    network.pass(1);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await closed;
  network.pass();
  return { network, stream, sealed: exporter.counters().sealed, ...arrivalsOf(network) };
}

function arrivalsOf({ arrived }: ChaoticNetwork): Pick<Truth, 'copies' | 'distinct' | 'longestReturn'> {
  const first = new Map<string, number>();
  let [copies, longestReturn] = [0, 0];
  for (const id of arrived.flatMap(({ spanIds }) => spanIds)) {
    const at = first.get(id) ?? copies;
    first.set(id, at);
    longestReturn = Math.max(longestReturn, copies - at);
    copies += 1;
  }
  return { copies, distinct: first.size, longestReturn };
}

function verify(requests: readonly Uint8Array[], replayWindow = Number.POSITIVE_INFINITY): Report {
  const verifier = createVerifier({ keyRing, replayWindow });
  for (const request of requests) verifier.add(request);
  return verifier.finish();
}

function shuffled<Item>(items: readonly Item[], chance: () => number): Item[] {
  return items
    .map((item) => ({ item, order: chance() }))
    .sort((one, other) => one.order - other.order)
    .map(({ item }) => item);
}

function countOf(ranges: readonly (readonly [number, number])[] = []): number {
  return ranges.reduce((sum, [from, to]) => sum + to - from + 1, 0);
}

/** The counts of a report. Spans of a line that writes no flags are `valid-core`, each copy. */
function intactSpans({ copies, distinct }: Truth, { name }: SdkLine): object {
  const none = { total: copies, valid: 0, invalid: 0, changed: 0 };
  if (name === '2.0') return { ...none, 'valid-core': copies };
  return { ...none, valid: distinct, ...(copies > distinct && { duplicate: copies - distinct }) };
}

test(
  'whatever is lost, late, doubled or tried again: what is not there was declared, and nothing else is found',
  async () => {
    let mostAtOnce = 0;
    for (let seed = 1; seed <= runs; seed += 1) {
      const chance = seededChance(seed);
      const line = lines[seed % lines.length] as SdkLine;
      const truth = await run(line, chance, true);
      const { network, stream, sealed, distinct, longestReturn } = truth;
      mostAtOnce = Math.max(mostAtOnce, network.mostAtOnce);
      const requests = network.arrived.map(({ bytes }) => bytes);
      const reports = [verify(requests, longestReturn), verify(shuffled(requests, chance))];
      for (const { result, spans: counts, streams, findings } of reports) {
        expect([seed, result, findings.map(({ verdict }) => verdict).filter(isAttack)]).toEqual([
          seed,
          'intact',
          [],
        ]);
        expect([seed, counts]).toEqual([seed, intactSpans(truth, line)]);
        expect(streams).toHaveLength(1);
        expect(streams[0]).toMatchObject({ stream, spans: distinct, missing: [] });
        expect(streams[0]?.verdict).toBe(distinct < sealed ? 'declared-loss' : 'complete');
        expect(countOf(streams[0]?.declared)).toBe(sealed - distinct);
      }
      // The window is exact: one less, and a copy is too late.
      if (longestReturn > 0 && seed % 10 === 1)
        expect(verify(requests, longestReturn - 1).result).toBe('tampered');
    }
    expect(mostAtOnce).toBe(30);
  },
  patienceMillis,
);

function isAttack(verdict: string): boolean {
  return verdict !== 'declared-loss' && verdict !== 'duplicate' && verdict !== 'valid-core';
}

test(
  'where the end is lost as well, only what did not arrive is missing, and nothing is called an attack',
  async () => {
    for (let seed = 1; seed <= Math.ceil(runs / 4); seed += 1) {
      const chance = seededChance(1_000_000 + seed);
      const line = lines[seed % lines.length] as SdkLine;
      const { network, sealed, distinct } = await run(line, chance, false);
      const requests = network.arrived.map(({ bytes }) => bytes);
      const { result, streams, findings } = verify(shuffled(requests, chance));
      const lacks = ['missing', 'truncated'];
      const others = findings.map(({ verdict }) => verdict).filter((verdict) => !lacks.includes(verdict));
      expect([seed, others.filter(isAttack), result === 'tampered']).toEqual([seed, [], false]);
      expect(streams).toMatchObject([{ spans: distinct }]);
      const told = countOf(streams[0]?.missing) + countOf(streams[0]?.declared);
      expect(told).toBeLessThanOrEqual(sealed - distinct);
    }
  },
  patienceMillis,
);
