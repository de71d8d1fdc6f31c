import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type FileKeyRing,
  type FileKeyRingOptions,
  keyRingFromFile,
  parseKeyFile,
} from '../src/file/index.js';
import {
  createAnyIdKeyRing,
  createKeyRing,
  createSpanSealer,
  createVerifier,
  generateSecret,
  isKeyRing,
  type SealError,
} from '../src/index.js';
import { spellings } from './memory-source.js';
import { protobuf, sampleSpan, sealedRequest, startMillis } from './sealed-request.js';
import { thrownBy } from './sealing-error.js';
import { unhandledIn } from './unhandled-rejections.js';

const realm = 'acme/production';
const one = generateSecret();
const two = generateSecret();
const random = new Uint8Array(12).fill(3);

let folder: string;
let path: string;
let open: FileKeyRing[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spanseal-keys-'));
  path = join(folder, 'keys.json');
  open = [];
});

afterEach(() => {
  for (const ring of open) ring.close();
  rmSync(folder, { recursive: true, force: true });
});

function ringText(primary: object, rest: object = {}): string {
  return JSON.stringify({ realm, primary, ...rest });
}

/** A ring of the file, and what it reported. */
function follow(options: FileKeyRingOptions = {}) {
  const [reloads, errors]: [string[][], SealError[]] = [[], []];
  const ring = keyRingFromFile(path, {
    pollMillis: 10,
    onReload: ({ keyIds }) => reloads.push([...keyIds]),
    onError: (error) => errors.push(error),
    ...options,
  });
  open.push(ring);
  return { ring, reloads, errors };
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error('it never came');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function pause(millis: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, millis));
}

describe('a key file', () => {
  test.each<[string, string, FileKeyRingOptions, string, readonly string[]]>([
    ['a key ring as JSON', ringText({ id: 'k-1', secret: one }), {}, realm, ['k-1']],
    ['the lines of keygen', `SPANSEAL_KEY_ID=k-1\nSPANSEAL_SIGNING_KEY=${one}\n`, { realm }, realm, ['k-1']],
    [
      'lines of a shell',
      `# a comment\nexport SPANSEAL_KEY_ID="k-1"\r\nexport SPANSEAL_SIGNING_KEY='${one}'\r\nSPANSEAL_REALM=r\n`,
      {},
      'r',
      ['k-1'],
    ],
    ['a bare secret, with its id beside it', `${one}\n`, { keyId: 'k-1' }, '', ['k-1']],
  ])('can be %s', (_, text, options, expectedRealm, ids) => {
    writeFileSync(path, text);
    const { ring } = follow(options);
    expect(isKeyRing(ring)).toBe(true);
    expect([ring.realm, ring.keyIds]).toEqual([expectedRealm, ids]);
  });

  test.each<[string, string, FileKeyRingOptions, string]>([
    ['an empty file', ' \n', {}, 'file: expected a key, got an empty file'],
    ['half a JSON', ringText({ id: 'k', secret: one }).slice(0, -5), {}, 'file: expected JSON'],
    ['a bare secret without an id', one, {}, 'keyId: expected an id'],
    ['a short secret', 'base64:AAAA', { keyId: 'k' }, 'primary.secret: expected'],
    ['a member of the wrong kind', ringText({ id: 1, secret: one }), {}, 'primary.id: expected'],
    ['a source, which a file cannot hold', ringText({ id: 'k', source: {} }), {}, 'primary.source: expected'],
    ['an unknown member', ringText({ id: 'k', secret: one }, { other: 1 }), {}, 'other: expected'],
    [
      'another realm than the one beside it',
      ringText({ id: 'k', secret: one }),
      { realm: 'x' },
      'realm: expected',
    ],
    [
      'another id beside a ring',
      ringText({ id: 'k', secret: one }),
      { keyId: 'k-2' },
      'keyId: expected what the file says',
    ],
    ['a huge file', 'x'.repeat(70_000), {}, 'file: expected at most'],
  ])('is refused with its code when it is %s', (_, text, options, message) => {
    writeFileSync(path, text);
    const error = thrownBy(() => follow(options));
    expect(error.code).toBe('ERR_SPANSEAL_KEY_FILE');
    expect(error.message).toContain(message);
    expect(inspect(error, { depth: 9 })).not.toContain(one.slice(7, 23));
  });

  test('is refused without a word of it when it is no JSON: a parser quotes what it stumbles over', () => {
    writeFileSync(path, `{"primary":{"id":"k","secret":${one.slice(7)}}}`);
    expect(thrownBy(() => follow()).message).toBe(
      'file: expected JSON of a key ring, got a text that is no JSON',
    );
  });

  test('is refused with its code when it is not there, or a folder', () => {
    expect(thrownBy(() => follow())).toMatchObject({
      code: 'ERR_SPANSEAL_KEY_FILE',
      faults: [{ got: 'ENOENT' }],
    });
    path = folder;
    expect(thrownBy(() => follow())).toMatchObject({
      code: 'ERR_SPANSEAL_KEY_FILE',
      faults: [{ got: 'EISDIR' }],
    });
  });

  test('is refused with every fault of the options at once', () => {
    const options = { pollMillis: 0, onError: 1, poll: 2 } as never;
    const error = thrownBy(() => keyRingFromFile('', options));
    expect(error.faults.map(({ path: at }) => at).sort()).toEqual(['onError', 'path', 'poll', 'pollMillis']);
  });

  test('never makes the reader throw, nor a ring of what is none, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.string({ unit: 'binary' })), (text) => {
        const file = parseKeyFile(text);
        expect(Object.keys(file).length).toBeGreaterThan(0);
        writeFileSync(path, text);
        expect(thrownBy(() => follow()).code).toBe('ERR_SPANSEAL_KEY_FILE');
      }),
    );
  });

  test('shows no secret when it is cut anywhere, or a letter in it is another', () => {
    const text = ringText({ id: 'k', secret: one }, { verifyOnly: [{ id: 'l', secret: two }] });
    const edits = fc.record({
      at: fc.nat({ max: text.length - 1 }),
      put: fc.oneof(fc.constantFrom('"', '\\', '\n'), fc.string({ maxLength: 2 })),
    });
    fc.assert(
      fc.property(edits, fc.boolean(), ({ at, put }, cut) => {
        writeFileSync(path, text.slice(0, at) + put + (cut ? '' : text.slice(at + 1)));
        try {
          follow().ring.close();
        } catch (error) {
          expect((error as SealError).code).toBe('ERR_SPANSEAL_KEY_FILE');
          const shown = inspect(error, { depth: 9, showHidden: true });
          for (const secret of [one, two]) {
            for (let from = 7; from < 35; from += 8)
              expect(shown).not.toContain(secret.slice(from, from + 8));
          }
        }
      }),
    );
  });
});

describe('a ring that follows its file', () => {
  test('takes a rotation, and a stream of before is not current any more', async () => {
    writeFileSync(path, ringText({ id: 'k-1', secret: one }));
    const { ring, reloads } = follow();
    const before = createSpanSealer({ keyRing: ring, startMillis, random });
    const first = sealedRequest([sampleSpan(1)], before);
    expect(before.isCurrent).toBe(true);
    writeFileSync(path, ringText({ id: 'k-2', secret: two }, { verifyOnly: [{ id: 'k-1', secret: one }] }));
    await until(() => reloads.length === 1);
    expect(ring.keyIds).toEqual(['k-2', 'k-1']);
    expect(before.isCurrent).toBe(false);
    const after = createSpanSealer({ keyRing: ring, startMillis, random: random.map((byte) => byte + 1) });
    const verifier = createVerifier({ keyRing: ring });
    // What was under way with the stream of before is finished under its key.
    const requests = [first, sealedRequest([sampleSpan(2)], after), sealedRequest([sampleSpan(3)], before)];
    for (const request of requests) verifier.add(protobuf(request));
    expect(verifier.finish()).toMatchObject({
      result: 'intact',
      streams: [
        { keyId: 'k-1', spans: 2 },
        { keyId: 'k-2', spans: 1 },
      ],
    });
  });

  test('takes a file that was renamed onto it', async () => {
    writeFileSync(path, ringText({ id: 'k-1', secret: one }));
    const { ring, reloads } = follow();
    writeFileSync(`${path}.new`, ringText({ id: 'k-2', secret: two }));
    renameSync(`${path}.new`, path);
    await until(() => reloads.length === 1);
    expect(ring.keyIds).toEqual(['k-2']);
  });

  test('takes a mount that is replaced by a symbolic link, as Kubernetes does', async () => {
    for (const [at, id] of [
      ['..1', 'k-1'],
      ['..2', 'k-2'],
      ['..3', 'k-3'],
    ] as const) {
      mkdirSync(join(folder, at));
      writeFileSync(
        join(folder, at, 'keys.json'),
        ringText({ id, secret: id === 'k-2' ? two : generateSecret() }),
      );
    }
    symlinkSync('..1', join(folder, '..data'));
    symlinkSync('..data/keys.json', path);
    const { ring, reloads } = follow();
    for (const [count, at] of [
      [1, '..2'],
      [2, '..3'],
    ] as const) {
      symlinkSync(at, join(folder, '..data_tmp'));
      renameSync(join(folder, '..data_tmp'), join(folder, '..data'));
      rmSync(join(folder, `..${count}`), { recursive: true });
      await until(() => reloads.length === count);
    }
    expect(ring.keyIds).toEqual(['k-3']);
  });

  test('keeps its keys when the new file is faulty, says so once, and takes the next good one', async () => {
    writeFileSync(path, ringText({ id: 'k-1', secret: one }));
    const { ring, reloads, errors } = follow();
    writeFileSync(path, ringText({ id: 'k-2', secret: `${two}!` }));
    await until(() => errors.length === 1);
    await pause(150);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ code: 'ERR_SPANSEAL_KEY_FILE', faults: [{ path: 'primary.secret' }] });
    expect(inspect(errors, { depth: 9 })).not.toContain(two.slice(7, 23));
    expect(ring.keyIds).toEqual(['k-1']);
    expect(createSpanSealer({ keyRing: ring, startMillis, random }).isCurrent).toBe(true);
    writeFileSync(path, ringText({ id: 'k-2', secret: two }));
    await until(() => reloads.length === 1);
    expect(ring.keyIds).toEqual(['k-2']);
  });

  test('keeps its keys when the file is gone, says so once, and takes it when it is back', async () => {
    writeFileSync(path, ringText({ id: 'k-1', secret: one }));
    const { ring, reloads, errors } = follow();
    rmSync(path);
    await until(() => errors.length === 1);
    await pause(150);
    expect(errors).toMatchObject([{ code: 'ERR_SPANSEAL_KEY_FILE', faults: [{ got: 'ENOENT' }] }]);
    expect(ring.keyIds).toEqual(['k-1']);
    writeFileSync(path, ringText({ id: 'k-2', secret: two }));
    await until(() => reloads.length === 1);
    rmSync(path);
    await until(() => errors.length === 2);
  });

  test.each<[string, string, string]>([
    ['an id with another secret', ringText({ id: 'k-1', secret: two }), 'keys'],
    ['an id with another algorithm', ringText({ id: 'k-1', secret: one, algorithm: 'hs512' }), 'keys'],
    ['another realm', JSON.stringify({ realm: 'other', primary: { id: 'k-2', secret: two } }), 'realm'],
  ])('refuses a new file that has %s', async (_, text, at) => {
    writeFileSync(path, ringText({ id: 'k-1', secret: one }));
    const { ring, errors } = follow();
    writeFileSync(path, text);
    await until(() => errors.length === 1);
    expect(errors[0]).toMatchObject({ code: 'ERR_SPANSEAL_KEY_FILE', faults: [{ path: at }] });
    expect([ring.realm, ring.keyIds]).toEqual([realm, ['k-1']]);
  });

  test('does not take a file that is being written, though its first part is a key by itself', async () => {
    const long = `hex:${'ab'.repeat(64)}`;
    writeFileSync(path, `SPANSEAL_KEY_ID=k-1\nSPANSEAL_SIGNING_KEY=${one}`);
    const { ring, reloads, errors } = follow();
    const text = `SPANSEAL_KEY_ID=k-2\nSPANSEAL_SIGNING_KEY=${long}`;
    const shortest = text.length - 64;
    // Never empty, as a file is that is written anew: on a busy machine both looks can meet it so, and say so.
    writeFileSync(`${path}.part`, text.slice(0, shortest));
    renameSync(`${path}.part`, path);
    for (let end = shortest; end < text.length; end += 2) {
      await pause(8);
      appendFileSync(path, text.slice(end, end + 2));
    }
    await until(() => reloads.length > 0);
    expect([ring.keyIds, reloads, errors]).toEqual([['k-2'], [['k-2']], []]);
  });

  test('does nothing more once it was closed', async () => {
    writeFileSync(path, ringText({ id: 'k-1', secret: one }));
    const { ring, reloads, errors } = follow();
    ring.close();
    writeFileSync(path, ringText({ id: 'k-2', secret: two }));
    await pause(150);
    expect([ring.keyIds, reloads, errors]).toEqual([['k-1'], [], []]);
  });

  test('goes on when the callbacks of the app throw', async () => {
    writeFileSync(path, ringText({ id: 'k-1', secret: one }));
    const throwing = () => {
      throw new Error('of the app');
    };
    const { ring } = follow({ onReload: throwing, onError: throwing });
    writeFileSync(path, '{');
    await pause(150);
    writeFileSync(path, ringText({ id: 'k-2', secret: two }));
    await until(() => ring.keyIds[0] === 'k-2');
    writeFileSync(path, ringText({ id: 'k-3', secret: generateSecret() }));
    await until(() => ring.keyIds[0] === 'k-3');
  });

  test('goes on when the callbacks of the app reject', async () => {
    writeFileSync(path, ringText({ id: 'k-1', secret: one }));
    const called: string[] = [];
    const rejecting = (name: string) => async () => {
      called.push(name);
      throw new Error('of the app');
    };
    const run = async () => {
      const { ring } = follow({ onReload: rejecting('onReload'), onError: rejecting('onError') });
      writeFileSync(path, '{');
      await until(() => called.includes('onError'));
      writeFileSync(path, ringText({ id: 'k-2', secret: two }));
      await until(() => ring.keyIds[0] === 'k-2');
    };
    expect(await unhandledIn(run)).toEqual([]);
    expect(called).toEqual(['onError', 'onReload']);
  });

  test('does not keep the process alive, and warns when nobody listens for errors', () => {
    writeFileSync(path, ringText({ id: 'k-1', secret: one }));
    const program = `
      const { keyRingFromFile } = require(${JSON.stringify(join(__dirname, '../dist/cjs/file/index.js'))});
      const { writeFileSync } = require('node:fs');
      keyRingFromFile(${JSON.stringify(path)}, { pollMillis: 10 });
      if (process.argv[1] === 'spoil') {
        writeFileSync(${JSON.stringify(path)}, '{');
        setTimeout(() => {}, 500);
      }`;
    const run = (...args: string[]) =>
      spawnSync(process.execPath, ['-e', program, ...args], { timeout: 8000, encoding: 'utf8' });
    expect(run()).toMatchObject({ status: 0, stderr: '' });
    const { status, stderr } = run('spoil');
    expect(status).toBe(0);
    expect(stderr).toContain('[ERR_SPANSEAL_KEY_FILE] SpansealWarning');
    expect(stderr.match(/The changed key file/g)).toHaveLength(1);
  });

  test('overwrites the secrets that a new file no longer has', async () => {
    writeFileSync(path, ringText({ id: 'k-1', secret: one }));
    const { ring, reloads } = follow();
    const keysOf = () => {
      const symbol = Object.getOwnPropertySymbols(ring).find(
        ({ description }) => description === 'spanseal.key-ring/v1',
      );
      const held = Reflect.get(ring, symbol as symbol) as () => { primary: { secret: Uint8Array } };
      return held().primary.secret;
    };
    const before = keysOf();
    expect(before.some((byte) => byte !== 0)).toBe(true);
    writeFileSync(path, ringText({ id: 'k-2', secret: two }));
    await until(() => reloads.length === 1);
    expect(before.every((byte) => byte === 0)).toBe(true);
    expect(keysOf().some((byte) => byte !== 0)).toBe(true);
  });

  test('shows no key material', () => {
    writeFileSync(path, ringText({ id: 'k-1', secret: one }));
    const { ring } = follow();
    expect(inspect(ring)).toBe("KeyRing { realm: 'acme/production', keyIds: [ 'k-1' ] }");
    const shown = [inspect(ring, { showHidden: true, depth: 9 }), JSON.stringify(ring), String(ring)].join(
      '\n',
    );
    for (const form of spellings(Buffer.from(one.slice(7), 'base64'))) expect(shown).not.toContain(form);
  });
});

test('a ring for any id is still one for any id', () => {
  const ring = createAnyIdKeyRing({ secret: one, realm });
  const local = createKeyRing({ realm, primary: { id: 'whatever', secret: one } });
  const request = sealedRequest([sampleSpan()], createSpanSealer({ keyRing: local, startMillis, random }));
  const verifier = createVerifier({ keyRing: ring });
  verifier.add(protobuf(request));
  expect(verifier.finish().result).toBe('intact');
});
