import { Readable, Writable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { capturePieces } from '../src/input/capture-pieces.js';
import { delimited, framed, json, protobuf, sealedRequests } from './spanseal.js';
import { storeAnswers } from './store-answers.js';

const requests = sealedRequests(3);
const newline = Buffer.from('\n');
const pretty = (text: string | Uint8Array) =>
  JSON.stringify(JSON.parse(Buffer.from(text).toString()), undefined, 2);
const together = { resourceSpans: requests.flatMap(({ resourceSpans }) => resourceSpans) };

/** One capture in each form, with the number of requests that are found in it by themselves. */
const captures: Readonly<Record<string, Uint8Array>> = {
  protobuf: protobuf(together),
  'protobuf behind four bytes': framed(requests.map(protobuf)),
  'protobuf behind a varint': delimited(requests.map(protobuf)),
  'JSON lines': Buffer.concat(requests.flatMap((request) => [json(request), newline])),
  'JSON lines without a last line break': Buffer.concat(
    requests.flatMap((request, at) => (at === 0 ? [json(request)] : [newline, json(request)])),
  ),
  'one JSON document': json(together),
  'one pretty JSON document': Buffer.from(pretty(json(together))),
  'pretty JSON documents': Buffer.from(requests.map((request) => pretty(json(request))).join('\n')),
  Jaeger: Buffer.from(storeAnswers.jaeger(requests)),
  'pretty Jaeger': Buffer.from(pretty(storeAnswers.jaeger(requests))),
  'Jaeger in OTLP': Buffer.from(storeAnswers.jaegerOtlp(requests)),
  Tempo: Buffer.from(storeAnswers.tempo(requests)),
  'Tempo 2': Buffer.from(storeAnswers.tempo2(requests)),
};

interface Found {
  readonly kind: string;
  readonly text?: string;
  readonly place: string;
  readonly code?: string;
}

async function piecesOf(bytes: Uint8Array, chunk = bytes.length): Promise<Found[]> {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += chunk) chunks.push(bytes.subarray(at, at + chunk));
  const sink = new Writable({ write: (_, __, done) => done() });
  const io = { stdin: Readable.from(chunks), stdout: sink, stderr: sink, env: {} };
  const found: Found[] = [];
  for await (const piece of capturePieces('-', io, { read: 0, size: undefined })) {
    // Bytes are good until the next piece only.
    const { kind, place } = piece;
    if (piece.kind === 'fault') found.push({ kind, place, code: piece.code });
    else found.push({ kind, place, text: piece.bytes.toString('latin1') });
  }
  return found;
}

const faults = (found: readonly Found[]) =>
  found.flatMap(({ code, place }) => (code === undefined ? [] : [[code, place]]));
const whole = (found: readonly Found[]) => found.filter(({ kind }) => kind !== 'fault');
const forms = Object.keys(captures);
const captureOf = (form: string) => Buffer.from(captures[form] ?? []);

describe('The requests of a capture', () => {
  test.each(forms)('are found one by one, without a fault: %s', async (form) => {
    const found = await piecesOf(captureOf(form));
    expect(faults(found)).toEqual([]);
    const carriers = found.filter(({ text = '' }) => text.includes('spanseal.seal'));
    expect(carriers).toHaveLength(3);
  });

  test.each(forms)(
    'are the same however the input is cut into chunks, and through gzip: %s',
    async (form) => {
      const bytes = captureOf(form);
      const expected = await piecesOf(bytes);
      for (const chunk of [1, 2, 3, 7, 64, 1000]) expect(await piecesOf(bytes, chunk)).toEqual(expected);
      for (const chunk of [1, 5, 300]) expect(await piecesOf(gzipSync(bytes), chunk)).toEqual(expected);
      const members = [gzipSync(bytes.subarray(0, 40)), gzipSync(bytes.subarray(40))];
      expect(await piecesOf(Buffer.concat(members), 11)).toEqual(expected);
    },
  );

  test.each(forms)('that are whole are found in front of a cut, and the cut is told: %s', async (form) => {
    const bytes = captureOf(form);
    const all = whole(await piecesOf(bytes)).map(({ text }) => text);
    for (let end = 20; end < bytes.length - 2; end += 41) {
      const found = await piecesOf(bytes.subarray(0, end), 97).catch(() => undefined);
      if (found === undefined) continue;
      const cut = found.at(-1);
      const before = found.slice(0, -1).filter(({ kind }) => kind !== 'fault');
      expect(all).toEqual(expect.arrayContaining(before.map(({ text }) => text)));
      // Either there is a fault, or the last piece is one that no reader takes, or the cut lies between two requests.
      if (cut?.kind !== 'fault' && !all.includes(cut?.text)) expect(cut?.kind).toMatch(/json|protobuf/);
    }
  });

  test('lines behind a first line that breaks off are found', async () => {
    const [first = Buffer.from(''), ...others] = requests.map((request) => Buffer.from(json(request)));
    for (const end of [first.length - 1, first.length - 20, first.indexOf('service.name') + 4]) {
      const found = await piecesOf(
        Buffer.concat([first.subarray(0, end), ...others.flatMap((other) => [newline, other])]),
        50,
      );
      const texts = found.map(({ text }) => text);
      for (const other of others) expect(texts).toContain(other.toString('latin1'));
      expect(found.length).toBeGreaterThan(2);
    }
  });

  test('elements that are not there are faults: no reader would see them', async () => {
    for (const list of ['[,{}]', '[{},]', '[{},,{}]']) {
      const found = await piecesOf(Buffer.from(`{"resourceSpans":${list}}`));
      expect(faults(found)).toEqual([
        ['ERR_SPANSEAL_OTLP_JSON', expect.stringMatching(/^resourceSpans\[\d\]$/)],
      ]);
    }
    expect(faults(await piecesOf(Buffer.from('{"resourceSpans":[ ]}')))).toEqual([]);
  });

  test('brackets, quotes and names of lists in texts are no structure', async () => {
    const text = 'a]}{["\\"data\\":[';
    const request = { resourceSpans: [{ scopeSpans: [{ spans: [{ name: text }] }] }, {}] };
    const bytes = Buffer.from(JSON.stringify(request));
    for (const chunk of [1, 3, bytes.length]) {
      const found = await piecesOf(bytes, chunk);
      expect(found.map(({ kind }) => kind)).toEqual(['element', 'element', 'json']);
      expect(JSON.parse(found[0]?.text ?? '').scopeSpans[0].spans[0].name).toBe(text);
      expect(found[2]?.text).toBe('{"resourceSpans":[]}');
    }
  });

  test('are found in any JSON that has lists of traces, with nothing lost between the pieces', async () => {
    const list = fc.constantFrom('resourceSpans', 'batches', 'data');
    const document = fc.dictionary(fc.oneof(list, fc.string()), fc.jsonValue(), { maxKeys: 5 });
    await fc.assert(
      fc.asyncProperty(document, fc.nat(20), async (value, chunk) => {
        const text = JSON.stringify(value);
        const found = await piecesOf(Buffer.from(text), chunk + 1);
        const kept = found.map((piece) => piece.text ?? '').join('');
        const letters = (of: string) => [...of.replace(/[,\s]/g, '')].sort().join('');
        expect(letters(kept)).toBe(letters(Buffer.from(text).toString('latin1')));
      }),
      { seed: 20261128, numRuns: 200 },
    );
  });
});

describe('What is too long', () => {
  const mebibyte = 1024 * 1024;
  const long = Buffer.alloc(65 * mebibyte, 'x');

  test('is a fault, and what stands behind it is found: an element, a line, a request', async () => {
    const [first, second] = requests.map((request) => Buffer.from(json(request)));
    const element = Buffer.concat([Buffer.from('{"data":[{"a":"'), long, Buffer.from('"},{"b":1}]}')]);
    expect(await piecesOf(element, mebibyte)).toMatchObject([
      { kind: 'fault', code: 'ERR_SPANSEAL_OTLP_SIZE', place: 'data[0]' },
      { kind: 'element', text: '{"b":1}', place: 'data[1]' },
      { kind: 'json', text: '{"data":[]}' },
    ]);
    const lines = Buffer.concat([first ?? long, newline, long, newline, second ?? long]);
    const found = await piecesOf(lines, mebibyte);
    expect(faults(found)).toEqual([['ERR_SPANSEAL_OTLP_SIZE', 'line 2']]);
    expect(found.at(-1)).toMatchObject({ text: second?.toString('latin1'), place: 'line 3' });
    const frames = framed([protobuf(together), long, protobuf(together)]);
    expect((await piecesOf(frames, mebibyte)).map(({ kind }) => kind)).toEqual([
      'protobuf',
      'fault',
      'protobuf',
    ]);
  }, 60_000);

  test('is passed over whatever stands at the edges of chunks', async () => {
    const escapes = Buffer.from('\\"'.repeat(mebibyte));
    const rest = Buffer.concat([Buffer.from('{"a":"'), escapes, Buffer.from('","data":[{"b":1}]}\n{}')]);
    for (const chunk of [65_535, 65_536, 65_537]) {
      const found = await piecesOf(rest, chunk);
      expect(faults(found)).toEqual([['ERR_SPANSEAL_OTLP_SIZE', '']]);
      expect(whole(found)).toMatchObject([{ text: '{"b":1}' }, { text: '{}' }]);
    }
  });

  test('is a fault beside the lists of a document as well', async () => {
    const rest = Buffer.concat([
      Buffer.from('{"a":"'),
      long.subarray(0, 2 * mebibyte),
      Buffer.from('","data":[{}]}'),
    ]);
    expect(faults(await piecesOf(rest, 1000))).toEqual([['ERR_SPANSEAL_OTLP_SIZE', '']]);
  });
});

describe('Gzip', () => {
  const lines = captureOf('JSON lines');
  const packed = gzipSync(lines);

  test('may be padded with zeros', async () => {
    const padded = Buffer.concat([packed, Buffer.alloc(100)]);
    for (const chunk of [1, 64, padded.length]) expect(faults(await piecesOf(padded, chunk))).toEqual([]);
  });

  /** The code of the fault, be it behind what was found or in the place of it. */
  const faultOf = async (bytes: Uint8Array, chunk: number): Promise<string> => {
    try {
      return String(faults(await piecesOf(bytes, chunk)).at(-1)?.[0]);
    } catch (error) {
      return String(error);
    }
  };

  test('is not taken with anything else behind it, nor with a member behind zeros: that would be lost', async () => {
    const zeros = Buffer.alloc(500);
    for (const behind of [
      Buffer.from('more'),
      Buffer.concat([zeros, packed]),
      Buffer.concat([zeros, newline]),
    ]) {
      for (const chunk of [1, 64, 100, 10_000]) {
        expect(await faultOf(Buffer.concat([packed, behind]), chunk)).toContain('ERR_SPANSEAL_CLI_GZIP');
      }
    }
  });

  test('that is cut off or damaged is told', async () => {
    const damaged = Buffer.from(packed);
    damaged.writeUInt8((damaged.at(-5) ?? 0) ^ 1, damaged.length - 5);
    for (const bytes of [
      packed.subarray(0, -1),
      packed.subarray(0, -8),
      packed.subarray(0, packed.length >> 1),
      damaged,
    ]) {
      for (const chunk of [1, 50, 10_000])
        expect(await faultOf(bytes, chunk)).toContain('ERR_SPANSEAL_CLI_GZIP');
    }
  });

  test('that is cut off far behind gives what stands before', async () => {
    const found = await piecesOf(packed.subarray(0, -1), 16);
    expect(whole(found)).toEqual(await piecesOf(lines));
    expect(faults(found)).toEqual([['ERR_SPANSEAL_CLI_GZIP', '']]);
  });

  test('that is a bomb ends early', async () => {
    const bomb = gzipSync(Buffer.concat([Buffer.from('{}'), Buffer.alloc(200_000_000, '\n')]));
    expect(bomb.length).toBeLessThan(250_000);
    expect(faults(await piecesOf(bomb, 4096))).toEqual([['ERR_SPANSEAL_CLI_GZIP_EXPANSION', '']]);
  }, 30_000);
});
