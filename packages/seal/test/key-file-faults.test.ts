import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type FileKeyRing, keyRingFromFile, parseKeyFile } from '../src/file/index.js';
import { generateSecret, type SealError } from '../src/index.js';
import { thrownBy } from './sealing-error.js';

// What a key file says, and what is said of one that cannot be used, word for word: users look for these texts.

const secret = generateSecret();
const other = generateSecret();
let folder: string;
let path: string;
let rings: FileKeyRing[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spanseal-key-file-'));
  path = join(folder, 'key');
  rings = [];
});

afterEach(() => {
  for (const ring of rings) ring.close();
  rmSync(folder, { recursive: true, force: true });
});

function ringOf(text: string, options: object = {}): FileKeyRing {
  writeFileSync(path, text);
  const ring = keyRingFromFile(path, options);
  rings.push(ring);
  return ring;
}

function faultsOf(create: () => unknown): SealError['faults'] {
  const { code, name, faults } = thrownBy(create);
  expect({ code, name }).toEqual({ code: 'ERR_SPANSEAL_KEY_FILE', name: 'SealError' });
  return faults;
}

describe('lines of a key file', () => {
  test.each<[string, ReturnType<typeof parseKeyFile>]>([
    ['', { expected: 'a key', got: 'an empty file' }],
    [' \n ', { expected: 'a key', got: 'an empty file' }],
    ['{"a"', { expected: 'JSON of a key ring', got: 'a text that is no JSON' }],
    ['abc', { secret: 'abc', id: undefined, realm: undefined }],
    ['abc=', { secret: 'abc=', id: undefined, realm: undefined }],
    ['SPANSEAL_SIGNING_KEY=s', { secret: 's', id: undefined, realm: undefined }],
    ['SPANSEAL_SIGNING_KEY = a=b ', { secret: 'a=b', id: undefined, realm: undefined }],
    [
      'export SPANSEAL_SIGNING_KEY="s"\r\nexport\tSPANSEAL_KEY_ID=\'k\'',
      { secret: 's', id: 'k', realm: undefined },
    ],
    ['# one\nSPANSEAL_REALM=r\n\nSPANSEAL_SIGNING_KEY=s', { secret: 's', id: undefined, realm: 'r' }],
    ['SPANSEAL_SIGNING_KEY="s', { secret: '"s', id: undefined, realm: undefined }],
    ['SPANSEAL_SIGNING_KEY="s\'', { secret: '"s\'', id: undefined, realm: undefined }],
    ['SPANSEAL_SIGNING_KEY=x"s"', { secret: 'x"s"', id: undefined, realm: undefined }],
    ['SPANSEAL_SIGNING_KEY="s"x', { secret: '"s"x', id: undefined, realm: undefined }],
    ['SPANSEAL_SIGNING_KEY=""', { secret: '', id: undefined, realm: undefined }],
    [
      'exportSPANSEAL_SIGNING_KEY=s',
      { secret: 'exportSPANSEAL_SIGNING_KEY=s', id: undefined, realm: undefined },
    ],
    [
      'my export SPANSEAL_SIGNING_KEY=s',
      { secret: 'my export SPANSEAL_SIGNING_KEY=s', id: undefined, realm: undefined },
    ],
    ['SPANSEAL_SIGNING_KEY', { secret: '', id: undefined, realm: undefined }],
  ])('%j', (text, expected) => {
    expect(parseKeyFile(text)).toEqual(expected);
  });
});

describe('a file and what is given beside it', () => {
  const lines = `SPANSEAL_SIGNING_KEY=${secret}\nSPANSEAL_KEY_ID=k-1\nSPANSEAL_REALM=r`;
  const ringText = JSON.stringify({ realm: 'r', primary: { id: 'k-1', secret } });

  test.each<[string, string, object, string, string]>([
    ['the lines of a key', lines, {}, 'k-1', 'r'],
    ['the same beside it', lines, { keyId: 'k-1', realm: 'r' }, 'k-1', 'r'],
    ['a bare secret', secret, { keyId: 'k-2' }, 'k-2', ''],
    ['a bare secret and a realm', secret, { keyId: 'k-2', realm: 'q' }, 'k-2', 'q'],
    ['a ring', ringText, {}, 'k-1', 'r'],
    ['a ring and its own realm', ringText, { realm: 'r' }, 'k-1', 'r'],
    ['a ring without a realm', JSON.stringify({ primary: { id: 'k-1', secret } }), {}, 'k-1', ''],
    ['a ring and a realm', JSON.stringify({ primary: { id: 'k-1', secret } }), { realm: 'q' }, 'k-1', 'q'],
  ])('make a ring: %s', (_, text, options, id, realm) => {
    const ring = ringOf(text, options);
    expect({ ids: ring.keyIds, realm: ring.realm }).toEqual({ ids: [id], realm });
  });

  test.each<[string, string, object, object]>([
    [
      'another id',
      lines,
      { keyId: 'k-2' },
      { path: 'keyId', expected: 'what the file says', got: 'another one' },
    ],
    [
      'another realm',
      lines,
      { realm: 'q' },
      { path: 'realm', expected: 'what the file says', got: 'another one' },
    ],
    [
      'another realm than the ring’s',
      ringText,
      { realm: 'q' },
      { path: 'realm', expected: 'what the file says', got: 'another one' },
    ],
    [
      'another id than that of the ring’s primary key',
      ringText,
      { keyId: 'k-other' },
      { path: 'keyId', expected: 'what the file says', got: 'another one' },
    ],
    ['no id', secret, {}, { path: 'keyId', expected: 'an id, in the file or beside it', got: 'none' }],
    ['nothing', '', { keyId: 'k' }, { path: 'file', expected: 'a key', got: 'an empty file' }],
    [
      'a source, as files of the command have it',
      JSON.stringify({ primary: { id: 'k-1', source: { type: 'vault', key: 'trace-seal' } } }),
      {},
      {
        path: 'primary.source',
        expected: 'a secret: only spanseal verify and spanseal prove take sources from a key file',
        got: 'a source',
      },
    ],
    ['half a JSON', '{', {}, { path: 'file', expected: 'JSON of a key ring', got: 'a text that is no JSON' }],
  ])('are refused: %s', (_, text, options, fault) => {
    expect(faultsOf(() => ringOf(text, options))).toEqual([fault]);
  });

  test('take the id of a ring’s primary key again', () => {
    const { id } = JSON.parse(ringText).primary;
    expect(ringOf(ringText, { keyId: id }).keyIds).toContain(id);
  });

  test('are refused with every fault of the ring at once', () => {
    const text = JSON.stringify({ primary: { id: '', secret: 'short' } });
    expect(faultsOf(() => ringOf(text)).map(({ path }) => path)).toEqual(['primary.id', 'primary.secret']);
  });

  test('may have 65,536 bytes', () => {
    expect(ringOf(secret.padEnd(65_536), { keyId: 'k' }).keyIds).toEqual(['k']);
    expect(faultsOf(() => ringOf(secret.padEnd(65_537), { keyId: 'k' }))).toEqual([
      { path: 'file', expected: 'at most 65536 bytes', got: 'more' },
    ]);
  });

  test('are refused by the code of the system where there is none', () => {
    const fault = { path: 'file', expected: 'a file that can be read', got: 'ENOENT' };
    expect(faultsOf(() => keyRingFromFile(join(folder, 'none')))).toEqual([fault]);
  });
});

describe('options', () => {
  test('are told with what was expected and what came', () => {
    const options = { keyid: 'k', pollMillis: '10', onReload: 1, onError: null };
    expect(faultsOf(() => keyRingFromFile('', options as never))).toEqual([
      { path: 'path', expected: 'the path of a file', got: 'an empty text' },
      {
        path: 'keyid',
        expected: 'only keyId, realm, pollMillis, onReload, onError',
        got: 'an unknown option',
      },
      { path: 'pollMillis', expected: 'milliseconds, 10 to 2147483647', got: 'a text of 2 characters' },
      { path: 'onReload', expected: 'a function', got: 'a number' },
      { path: 'onError', expected: 'a function', got: 'null' },
    ]);
    expect(faultsOf(() => keyRingFromFile(7 as never))).toEqual([
      { path: 'path', expected: 'the path of a file', got: 'a number' },
    ]);
  });

  test('are an object, or left out', () => {
    expect(faultsOf(() => ringOf(secret, null as never))).toEqual([
      { path: 'options', expected: 'an object', got: 'null' },
    ]);
  });

  test.each([9, 2 ** 31, Number.NaN])('take no %d milliseconds', (pollMillis) => {
    expect(faultsOf(() => ringOf(secret, { keyId: 'k', pollMillis })).map(({ path: at }) => at)).toEqual([
      'pollMillis',
    ]);
  });

  test.each([10, 2 ** 31 - 1])('take %d milliseconds', (pollMillis) => {
    expect(ringOf(secret, { keyId: 'k', pollMillis }).keyIds).toEqual(['k']);
  });
});

describe('a changed file', () => {
  const first = JSON.stringify({ realm: 'r', primary: { id: 'k-1', secret } });

  /** What is said of it. */
  async function told(text: string): Promise<SealError['faults'] | readonly string[]> {
    let settle: (said: SealError['faults'] | readonly string[]) => void = () => undefined;
    const said = new Promise<SealError['faults'] | readonly string[]>((resolve) => {
      settle = resolve;
    });
    ringOf(first, {
      pollMillis: 10,
      onReload: ({ keyIds }: FileKeyRing) => settle(keyIds),
      onError: ({ faults }: SealError) => settle(faults),
    });
    writeFileSync(path, text);
    return said;
  }

  test.each<[string, object, object[]]>([
    [
      'another realm',
      { realm: 'q', primary: { id: 'k-1', secret } },
      [{ path: 'realm', expected: 'the realm of before: another one needs a restart', got: 'another one' }],
    ],
    [
      'another secret',
      { realm: 'r', primary: { id: 'k-1', secret: other } },
      [{ path: 'keys', expected: 'a new id beside a new secret or algorithm', got: 'the id k-1 again' }],
    ],
    [
      'another algorithm',
      { realm: 'r', primary: { id: 'k-1', secret, algorithm: 'hs512' } },
      [{ path: 'keys', expected: 'a new id beside a new secret or algorithm', got: 'the id k-1 again' }],
    ],
  ])('with %s is not taken', async (_, options, faults) => {
    expect(await told(JSON.stringify(options))).toEqual(faults);
  });

  test('with another key is', async () => {
    const next = { realm: 'r', primary: { id: 'k-2', secret: other }, verifyOnly: [{ id: 'k-1', secret }] };
    expect(await told(JSON.stringify(next))).toEqual(['k-2', 'k-1']);
  });
});
