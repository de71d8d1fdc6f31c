import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { type DemoFault, runDemo } from '../src/index.js';
import { plantSecrets } from '../src/planted.js';

interface Outcome {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

async function demo(options: { fault?: DemoFault; signal?: AbortSignal } = {}): Promise<Outcome> {
  const out: string[] = [];
  const err: string[] = [];
  const exitCode = await runDemo({
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    color: false,
    ...options,
  });
  return { exitCode, out: out.join(''), err: err.join('') };
}

/** What is still open of processes and servers; what was just closed gets a moment to go. */
async function leftovers(): Promise<string[]> {
  const open = (): string[] =>
    process.getActiveResourcesInfo().filter((name) => name === 'ProcessWrap' || name === 'TCPServerWrap');
  for (let attempt = 0; attempt < 50 && open().length > 0; attempt += 1) await setTimeout(20);
  return open();
}

const secondsAllowed = 30;

describe('the demo', () => {
  test(
    'holds: every secret was on the spans, none left, everything verifies, and both edits are caught',
    async () => {
      const { exitCode, out, err } = await demo();
      const planted = Object.keys(plantSecrets()).length;
      expect(err).toBe('');
      expect(out).toContain(`${planted} of ${planted} planted secrets were on the spans before.`);
      expect(out).toMatch(/0 of them are in the [\d,]+ bytes that left\./);
      expect(out).toMatch(/ (\d+) of \1 received spans verify with the key\./);
      expect(out).toContain('1 of 1 streams complete: the verdict is intact.');
      expect(out).toMatch(/The verdict is tampered: span [0-9a-f]{16}/);
      expect(out).toMatch(/number (\d+) of its stream\) was deleted\.\n.*missing number \1\./);
      expect(out).toContain('The verdict is intact again.');
      expect(out).toContain('over TLSv1.3');
      expect(exitCode).toBe(0);
      expect(await leftovers()).toEqual([]);
    },
    secondsAllowed * 1000,
  );

  test(
    'fails when nothing is masked, and names what leaked',
    async () => {
      const { exitCode, out, err } = await demo({ fault: 'no-masking' });
      expect(exitCode).toBe(1);
      expect(out).toMatch(/13 of them are in the [\d,]+ bytes that left \(login password, /);
      expect(err).toMatch(/^error ERR_SPANSEAL_DEMO: \d+ statements did not hold; the first: 0 of 4 calls/);
    },
    secondsAllowed * 1000,
  );

  test(
    'fails when nothing is sealed',
    async () => {
      const { exitCode, out, err } = await demo({ fault: 'no-sealing' });
      expect(exitCode).toBe(1);
      expect(out).toMatch(/ 0 of \d+ received spans verify with the key\./);
      expect(err).toContain('error ERR_SPANSEAL_DEMO: ');
    },
    secondsAllowed * 1000,
  );

  test('ends at once when its signal says so', async () => {
    expect(await demo({ signal: AbortSignal.abort() })).toMatchObject({
      exitCode: 1,
      err: 'error ERR_SPANSEAL_DEMO: the demo failed: it was interrupted\n',
    });
    const { exitCode, err } = await demo({ signal: AbortSignal.timeout(300) });
    expect(exitCode).toBe(1);
    expect(err).toContain('it was interrupted');
    expect(await leftovers()).toEqual([]);
  });
});
