import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { anchoredFile } from './anchored-file.js';
import {
  delimited,
  folder,
  framed,
  json,
  main,
  plainSpan,
  protobuf,
  realm,
  sealedRequests,
  secret,
  spanseal,
  spansealHere,
} from './spanseal.js';

const requests = sealedRequests();
const [first, second] = requests;
const all = requests.map(protobuf);
const lines = Buffer.concat(requests.flatMap((request) => [json(request), Buffer.from('\n')]));
const pretty = (request: unknown) => JSON.stringify(request, undefined, 2);
const files = {
  'one.pb': protobuf({ resourceSpans: requests.flatMap(({ resourceSpans }) => resourceSpans) }),
  'framed.pb': framed(all),
  'delimited.pb': delimited(all),
  'one.json': pretty({ resourceSpans: requests.flatMap(({ resourceSpans }) => resourceSpans) }),
  'lines.jsonl': lines,
  'lines.jsonl.gz': gzipSync(lines),
  'members.gz': Buffer.concat([gzipSync(lines.subarray(0, 10)), gzipSync(lines.subarray(10))]),
  'framed.pb.gz': gzipSync(framed(all)),
};
const home = folder(files);
const key = ['--key', secret, '--realm', realm];

describe('spanseal verify', () => {
  test.each(Object.keys(files))('finds %s intact', (name) => {
    const { code, stdout, stderr } = spanseal(['verify', join(home, name), ...key]);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^INTACT/);
    expect(stdout).toContain('spans    4 · 4 valid');
    expect(code).toBe(0);
  });

  test('reads standard input, and several files as one', () => {
    expect(spanseal(['verify', '-', ...key], { input: framed(all) }).code).toBe(0);
    const apart = folder({ a: all[0] ?? '', b: all[1] ?? '' });
    expect(spanseal(['verify', join(apart, 'b'), join(apart, 'a'), ...key]).code).toBe(0);
    const half = spanseal(['verify', join(apart, 'b'), ...key]);
    expect(half.code).toBe(2);
    expect(half.stdout).toContain('2 spans are missing, or did not verify: seq 0–1');
  });

  test('takes the key from a file, a ring, or the environment', () => {
    const ring = JSON.stringify({ realm, primary: { id: 'k-cli', secret } });
    const keys = folder({
      bare: `${secret}\n`,
      env: `SPANSEAL_KEY_ID=k-cli\nexport SPANSEAL_SIGNING_KEY=${secret}\n`,
      ring,
    });
    const file = join(home, 'one.pb');
    const service = folder({
      env: `SPANSEAL_REALM='${realm}'\nSPANSEAL_SIGNING_KEY="${secret}"\n`,
      empty: '',
    });
    expect(spanseal(['verify', file, '--key-file', join(service, 'env')]).code).toBe(0);
    expect(spanseal(['verify', file, '--key-file', join(service, 'empty')]).stderr).toContain(
      'got an empty file',
    );
    for (const name of ['bare', 'env']) {
      expect(spanseal(['verify', file, '--key-file', join(keys, name), '--realm', realm]).code).toBe(0);
    }
    expect(spanseal(['verify', file, '--key-file', join(keys, 'ring')]).code).toBe(0);
    const env = { SPANSEAL_SIGNING_KEY: secret, SPANSEAL_REALM: realm };
    expect(spanseal(['verify', file], { env }).code).toBe(0);
    const fromFile = { SPANSEAL_SIGNING_KEY_FILE: join(keys, 'env'), SPANSEAL_REALM: realm };
    expect(spanseal(['verify', file], { env: fromFile }).code).toBe(0);
    expect(spanseal(['verify', file, ...key, '--key-id', 'k-other']).code).toBe(2);
  });

  test('prints one JSON object', () => {
    const { code, stdout } = spanseal(['verify', join(home, 'lines.jsonl'), ...key, '--format', 'json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      result: 'intact',
      spans: { total: 4, valid: 4, invalid: 0, changed: 0 },
      streams: [{ keyId: 'k-cli', verdict: 'complete', spans: 4, missing: [] }],
      findings: [],
    });
  });

  test('exits with 1 when a byte was changed, and says where', () => {
    const bytes = Buffer.from(files['framed.pb']);
    const at = bytes.indexOf('/orders/2') + 8;
    bytes[at] = '7'.charCodeAt(0);
    const { code, stdout } = spanseal(['verify', '-', ...key], { input: bytes });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^TAMPERED/);
    expect(stdout).toMatch(
      /changed +changed after sealing \(trace 0af7651916cd43dd8448eb211c80319c, span 0000000000000003, seq 2, section span\)/,
    );
  });

  test('exits with 2 for a span that is missing, unsigned, of another key, or nothing at all', () => {
    const unsigned = protobuf({ resourceSpans: [{ scopeSpans: [{ spans: [plainSpan(0)] }] }] });
    const gap = structuredClone(first);
    gap?.resourceSpans[0]?.scopeSpans[0]?.spans.shift();
    for (const input of [unsigned, gap === undefined ? unsigned : protobuf(gap), new Uint8Array()]) {
      expect(spanseal(['verify', '-', ...key], { input }).code).toBe(2);
    }
    expect(second).toBeDefined();
  });

  test('says that there was nothing, where there was nothing', () => {
    expect(spanseal(['verify', '-', ...key]).stdout).toBe(
      'INCOMPLETE: there was nothing to verify\n\nspans    0\n',
    );
  });

  test('counts one span and one checkpoint as one', async () => {
    const { stdout } = await spansealHere(['verify', anchoredFile({ leaves: [0] }), ...key]);
    expect(stdout).toContain('· 1 span · 1 checkpoint · ');
  });

  test('misses a stream that was deleted as a whole when it is told that it must occur, and not else', () => {
    const other = sealedRequests(1);
    const [here, gone] = [requests, other].map(([request]) => {
      const [span] = request?.resourceSpans[0]?.scopeSpans[0]?.spans ?? [];
      return span?.attributes
        ?.find((each) => each.key === 'spanseal.seal')
        ?.value?.stringValue?.split('~')[3];
    });
    const verify = (...args: string[]) => spanseal(['verify', join(home, 'one.pb'), ...key, ...args]);
    expect([verify().code, verify('--expect', `${here}`).code]).toEqual([0, 0]);
    const missed = verify('--expect', `${here},${gone}`);
    expect(missed.code).toBe(2);
    expect(missed.stdout).toContain('an expected stream never occurred');
    expect(missed.stdout).toContain(gone);
    const both = Buffer.concat([...requests, ...other].flatMap((each) => [json(each), Buffer.from('\n')]));
    expect(spanseal(['verify', '-', ...key, '--expect', `${here},${gone}`], { input: both }).code).toBe(0);
  });

  test.each([
    ['nothing', ''],
    ['a comma', ','],
    ['white space', ' , '],
    ['what is no id', 'b'.repeat(25)],
    ['an id among others that is none', `${'b'.repeat(26)},my-stream`],
    ['a key id that is none', `-~${'b'.repeat(26)}`],
  ])('refuses %s as the streams that must occur', (_, expected) => {
    const { code, stdout, stderr } = spanseal(['verify', join(home, 'one.pb'), ...key, '--expect', expected]);
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(/^error ERR_SPANSEAL_CLI_ARGUMENT: --expect: expected ids of streams/);
    expect(stderr).not.toContain('my-stream');
  });

  test('takes white space around the streams that must occur, and a key before them', () => {
    const gone = 'b'.repeat(26);
    const { code, stdout } = spanseal(['verify', join(home, 'one.pb'), ...key, '--expect', ` k-1~${gone} ,`]);
    expect(code).toBe(2);
    expect(stdout).toContain(gone);
  });

  test.each(['verify', 'prove', 'scan', 'explain'])(
    'the help of %s points to guides that a reader of it has',
    (command) => {
      const { code, stdout } = spanseal([command, '--help']);
      expect(code).toBe(0);
      const guides = stdout.match(/\S*docs\/\w+\.md/g) ?? [];
      expect(guides.length).toBeGreaterThan(0);
      for (const guide of guides)
        expect(guide).toMatch(/^https:\/\/github\.com\/spanseal\/spanseal\/blob\/main\/docs\//);
    },
  );

  test('exits with 1 for another secret or realm', () => {
    const other = `hex:${'11'.repeat(32)}`;
    expect(spanseal(['verify', join(home, 'one.pb'), '--key', other, '--realm', realm]).code).toBe(1);
    expect(spanseal(['verify', join(home, 'one.pb'), '--key', secret]).code).toBe(1);
  });

  test('keeps its verdict when the reader of its report has seen enough', () => {
    const input = Buffer.from(String(files['one.json']).replace('/orders/2', '/orders/7'));
    const piped = folder({ 'bad.json': input });
    const script = `"${process.execPath}" "${main}" verify bad.json --key "${secret}" --realm ${realm} --format json | true; echo "\${PIPESTATUS[0]}"`;
    expect(spawnSync('bash', ['-c', script], { cwd: piped }).stdout.toString().trim()).toBe('1');
  });

  test('takes a file named -h for a file', () => {
    const odd = folder({ '-h': String(files['one.json']).replace('/orders/2', '/orders/7') });
    const { status } = spawnSync(process.execPath, [main, 'verify', ...key, '--', '-h'], { cwd: odd });
    expect(status).toBe(1);
  });

  test('verifies the lines around a damaged one, and the frames before it', () => {
    const text = lines.toString();
    for (const damaged of [text.slice(1), text.replace('}\n{', '}\nx{'), text.slice(0, -20)]) {
      const { code, stdout } = spanseal(['verify', '-', ...key], { input: Buffer.from(damaged) });
      expect({ code, stdout }).toMatchObject({
        code: 2,
        stdout: expect.stringMatching(/spans {4}2 · 2 valid/),
      });
    }
    const cut = spanseal(['verify', '-', ...key], { input: files['delimited.pb'].subarray(0, -3) });
    expect(cut).toMatchObject({ code: 2, stdout: expect.stringMatching(/spans {4}2 · 2 valid/) });
  });

  test('finds bytes that are no UTF-8, where a lenient reader sees U+FFFD', () => {
    const spoiled = Buffer.concat([
      Buffer.from(lines.subarray(0, 50)),
      Buffer.from([0xff]),
      lines.subarray(51),
    ]);
    expect(spanseal(['verify', '-', ...key], { input: spoiled }).code).toBe(2);
  });

  test('shows no direction marks of the keys that somebody added', () => {
    const request = structuredClone(first);
    const value = { stringValue: 'x' };
    request?.resourceSpans[0]?.scopeSpans[0]?.spans[0]?.attributes?.unshift({ key: 'a\u202eb\u2066', value });
    const input = json(request ?? { resourceSpans: [] });
    const { code, stdout } = spanseal(['verify', '-', ...key], { input });
    expect(code).toBe(1);
    expect(stdout).toContain('added a\\u202eb\\u2066');
    expect(stdout).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  });

  test('takes a byte order mark', () => {
    expect(
      spanseal(['verify', '-', ...key], { input: Buffer.concat([Buffer.from('efbbbf', 'hex'), lines]) }).code,
    ).toBe(0);
  });

  test('is not blinded by texts that look like seals, nor by escapes', () => {
    const [group] = structuredClone(first)?.resourceSpans ?? [];
    for (let index = 0; index < 100; index++) {
      const stringValue = `1~z${index}~bbbb~${'b'.repeat(26)}~b`;
      group?.resource?.attributes?.push({ key: `k${index}`, value: { stringValue } });
    }
    const flood = json({ resourceSpans: [...(group ? [group] : []), ...(second?.resourceSpans ?? [])] });
    expect(spanseal(['verify', '-', ...key], { input: flood }).code).toBe(0);
    const escaped = Buffer.from(Buffer.from(flood).toString().replaceAll('~', '\\u007e'));
    expect(spanseal(['verify', '-', ...key], { input: escaped }).code).toBe(0);
  });

  test('lets what is typed, and what a key ring says, come before the environment', () => {
    const ringFile = join(
      folder({ ring: JSON.stringify({ realm, primary: { id: 'k-cli', secret } }) }),
      'ring',
    );
    const env = { SPANSEAL_REALM: 'other', SPANSEAL_KEY_ID: 'k-none' };
    expect(spanseal(['verify', join(home, 'one.pb'), '--key-file', ringFile], { env }).code).toBe(0);
    expect(spanseal(['verify', join(home, 'one.pb'), ...key], { env }).code).toBe(0);
    for (const contradiction of [
      ['--realm', 'other'],
      ['--key-id', 'k-other'],
    ]) {
      const outcome = spanseal(['verify', join(home, 'one.pb'), '--key-file', ringFile, ...contradiction]);
      expect(outcome).toMatchObject({ code: 3, stderr: expect.stringContaining('ERR_SPANSEAL_CLI_KEY') });
    }
  });

  test('does not take a file of zeros for a million requests', () => {
    const started = Date.now();
    expect(spanseal(['verify', '-', ...key], { input: gzipSync(Buffer.alloc(50_000_000)) }).code).toBe(3);
    expect(Date.now() - started).toBeLessThan(5000);
  });

  test('does not pass a capture that is cut off, at whatever byte', () => {
    const bytes = files['framed.pb'];
    for (const length of [1, 3, 4, 5, 20, (bytes.length >> 1) + 1, bytes.length - 1]) {
      expect([1, 2, 3]).toContain(
        spanseal(['verify', '-', ...key], { input: bytes.subarray(0, length) }).code,
      );
    }
  });
});

describe('wrong usage of spanseal verify ends with 3 and one error', () => {
  const file = join(home, 'one.pb');
  test.each<[string, string[], string]>([
    ['no file', ['verify', ...key], 'ERR_SPANSEAL_CLI_ARGUMENT'],
    ['no key', ['verify', file], 'ERR_SPANSEAL_CLI_KEY'],
    ['two keys', ['verify', file, '--key', secret, '--key-file', file], 'ERR_SPANSEAL_CLI_KEY'],
    ['a key file that is not there', ['verify', file, '--key-file', '/nowhere'], 'ERR_SPANSEAL_CLI_KEY'],
    ['a short key', ['verify', file, '--key', 'base64:c2VjcmV0'], 'ERR_SPANSEAL_KEY_RING'],
    [
      'a key without an encoding',
      ['verify', file, '--key', 'hunter2hunter2hunter2hunter2hunter2'],
      'ERR_SPANSEAL_KEY_RING',
    ],
    ['an unknown option', ['verify', file, ...key, '--keys', 'x'], 'ERR_SPANSEAL_CLI_OPTION'],
    ['an option twice', ['verify', file, ...key, '--realm', 'x'], 'ERR_SPANSEAL_CLI_OPTION'],
    ['an option without a value', ['verify', file, '--key'], 'ERR_SPANSEAL_CLI_OPTION'],
    ['an unknown format', ['verify', file, ...key, '--format', 'xml'], 'ERR_SPANSEAL_CLI_OPTION'],
    ['a file that is not there', ['verify', '/nowhere', ...key], 'ERR_SPANSEAL_CLI_INPUT'],
    ['a folder', ['verify', home, ...key], 'ERR_SPANSEAL_CLI_INPUT'],
    ['a file that is no OTLP', ['verify', __filename, ...key], 'ERR_SPANSEAL_CLI_INPUT'],
    ['an unknown command', ['verifi', file], 'ERR_SPANSEAL_CLI_COMMAND'],
  ])('%s', (_, args, code) => {
    const outcome = spanseal(args);
    expect(outcome).toMatchObject({ code: 3, stdout: '' });
    expect(outcome.stderr).toMatch(new RegExp(`^error ${code}: .+\n$`));
    expect(outcome.stderr).not.toMatch(/hunter2|c2VjcmV0| at .*:\d+/);
    expect(outcome.stderr).not.toContain(secret.slice(7));
  });

  test('names all that it can read when a file is none of it', () => {
    expect(spanseal(['verify', __filename, ...key]).stderr).toMatch(
      /expected OTLP protobuf .+, OTLP JSON .+, what the query APIs of Jaeger and Tempo answer, or gzip of these, got bytes that are none of them\n$/,
    );
  });

  test.each([
    ['an option that swallowed the key', ['verify', file, `--key${secret}`]],
    ['the key in place of a file', ['verify', secret, '--key', secret]],
    ['an option that is the key', ['verify', file, `--${secret}`, '--key', secret]],
    [
      'a key ring with the key as a name',
      [
        'verify',
        file,
        '--key-file',
        join(folder({ r: JSON.stringify({ primary: { id: 'k', [secret]: 1 } }) }), 'r'),
      ],
    ],
    ['a line break in a name', ['verify', 'no\nsuch\u001b[31mfile', ...key]],
  ])('%s: the error shows no key, and is one line', (_, args) => {
    const { code, stderr } = spanseal(args);
    expect(code).toBe(3);
    expect(stderr).not.toContain(secret.slice(8, 30));
    expect(stderr).toMatch(/^error [^\n\u001b]+\n$/);
  });

  test('an output that cannot be written is an error', () => {
    const script = `"${process.execPath}" "${main}" verify "${file}" --key "${secret}" --realm ${realm} > /dev/full`;
    const { status, stderr } = spawnSync('bash', ['-c', script]);
    expect({ status, stderr: stderr.toString() }).toEqual({
      status: 3,
      stderr: 'error ERR_SPANSEAL_CLI_OUTPUT: standard output cannot be written (ENOSPC)\n',
    });
  });

  test('as an object with --format json', () => {
    const { stderr } = spanseal(['verify', '/nowhere', ...key, '--format', 'json']);
    expect(JSON.parse(stderr)).toEqual({
      code: 'ERR_SPANSEAL_CLI_INPUT',
      option: '/nowhere',
      expected: expect.any(String),
      got: 'a file that cannot be read (ENOENT)',
    });
  });

  test('a broken gzip and a decompressed nonsense are input errors', () => {
    const broken = gzipSync('x').subarray(0, 12);
    for (const input of [broken, gzipSync('hello'), Buffer.from('hello')]) {
      expect(spanseal(['verify', '-', ...key], { input })).toMatchObject({ code: 3, stdout: '' });
    }
  });
});
