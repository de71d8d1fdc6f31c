import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { checkpointRequest, createKeyRing, createSpanSealer } from '@spanseal/seal';
import { folder, json, realm, requestsOf, secret, spansealHere } from './spanseal.js';

const key = ['--key', secret, '--realm', realm];

/** A stream of four spans in two requests, and the texts of its checkpoints. */
function stream(): { requests: string[]; texts: string[]; notes: string[] } {
  const keyRing = createKeyRing({ realm, primary: { id: 'k-cli', secret } });
  const options = { keyRing, startMillis: Date.now(), random: randomBytes(12), checkpoints: true };
  const sealer = createSpanSealer(options);
  const requests = requestsOf(sealer, 2);
  const checkpoints = sealer.checkpoint({ nowMillis: Date.now(), end: true });
  return {
    requests: requests.map((request) => Buffer.from(json(request)).toString()),
    texts: checkpoints.map(({ text }) => text),
    notes: checkpoints.map(({ note }) => note),
  };
}

describe('Checkpoints that a witness kept', () => {
  const one = stream();
  const other = stream();
  const home = folder({
    witness: `${one.texts.join('\r\n')}\n\n`,
    marked: `\ufeff${one.texts.join('\n')}`,
    notes: one.notes.join(''),
    empty: '\n',
    both: `${[...one.texts, ...other.texts].join('\n')}\n`,
    edited: `${one.texts.map((text) => text.replace(/.$/, (last) => (last === 'b' ? 'g' : 'b'))).join('\n')}\n\n${'x'.repeat(300_000)}\n`,
  });
  const verify = (input: string, name: string) =>
    spansealHere(['verify', '-', ...key, '--format', 'json', '--checkpoints', join(home, name)], input);

  test('stand for those that did not come through the pipeline', async () => {
    for (const name of ['witness', 'marked']) {
      const { code, stdout, stderr } = await verify(one.requests.join('\n'), name);
      expect([code, stderr]).toEqual([0, '']);
      expect(JSON.parse(stdout)).toMatchObject({
        spans: { total: 4, valid: 4 },
        streams: [{ verdict: 'complete', checkpoints: 1, ended: true }],
      });
    }
  });

  test('beside those that came are the same ones', async () => {
    const carried = one.texts.map((text) => JSON.stringify(checkpointRequest(text)));
    const { code, stdout } = await verify([...one.requests, ...carried].join('\n'), 'witness');
    expect([code, JSON.parse(stdout).streams[0].checkpoints]).toEqual([0, 1]);
  });

  test('show spans that were deleted with their checkpoints, and a stream that was deleted as a whole', async () => {
    const { code, stdout } = await verify(one.requests[0] ?? '', 'both');
    expect(code).toBe(2);
    expect(JSON.parse(stdout).streams).toMatchObject([
      { verdict: 'missing', spans: 2, missing: [[2, 3]] },
      { verdict: 'missing', spans: 0, missing: [[0, 3]] },
    ]);
  });

  test('that were edited, or are none, are findings with their lines', async () => {
    const { code, stdout } = await verify(one.requests.join('\n'), 'edited');
    expect(code).toBe(1);
    const findings: { verdict: string; source?: string }[] = JSON.parse(stdout).findings;
    const checkpoints = findings.filter(({ verdict }) => verdict === 'malformed' || verdict === 'invalid');
    expect(checkpoints.map(({ source }) => source?.replace(/^.*, /, ''))).toEqual(['line 1', 'line 3']);
  });

  test('are not looked for in a file of something else, as of their notes', async () => {
    const { code, stdout, stderr } = await verify(one.requests.join('\n'), 'notes');
    expect([code, stdout]).toEqual([3, '']);
    expect(JSON.parse(stderr)).toMatchObject({
      code: 'ERR_SPANSEAL_CLI_INPUT',
      option: '--checkpoints',
      expected: 'a file with the text of a checkpoint on each line',
      got: 'none of them: of `onCheckpoint`, it takes `text`',
    });
  });

  test('are there: an empty file would switch off what was asked for', async () => {
    const { code, stderr } = await verify(one.requests.join('\n'), 'empty');
    expect([code, JSON.parse(stderr).got]).toEqual([3, 'an empty file']);
  });

  test('need a file that can be read', async () => {
    const { code, stdout, stderr } = await verify(one.requests.join('\n'), 'nowhere');
    expect([code, stdout]).toEqual([3, '']);
    expect(JSON.parse(stderr)).toMatchObject({
      code: 'ERR_SPANSEAL_CLI_INPUT',
      option: '--checkpoints',
      got: 'a file that cannot be read (ENOENT)',
    });
  });
});
