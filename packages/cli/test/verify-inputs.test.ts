import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { decodeTraceRequest, type Span, type TraceRequest } from '@spanseal/otlp';
import { createKeyRing, createSpanSealer, type Report } from '@spanseal/seal';
import type { SourceNote } from '../src/source-notes.js';
import { anchoredFile } from './anchored-file.js';
import {
  folder,
  framed,
  json,
  plainSpan,
  protobuf,
  realm,
  sealedRequests,
  secret,
  spanseal,
  spansealHere,
} from './spanseal.js';
import { storeAnswers } from './store-answers.js';

const requests = sealedRequests(3);
const key = ['--key', secret, '--realm', realm, '--key-id', 'k-cli'];

type Shown = Report & { sources?: SourceNote[] };

async function verify(input: Uint8Array | string): Promise<{ code: number | null; report: Shown }> {
  const file = join(folder({ input }), 'input');
  const { code, stdout } = await spansealHere(['verify', file, ...key, '--format', 'json']);
  return { code, report: JSON.parse(stdout) };
}

/** A request of one sealed span. */
function sealed(change: Span): TraceRequest {
  const keyRing = createKeyRing({ realm, primary: { id: 'k-cli', secret } });
  const sealer = createSpanSealer({ keyRing, startMillis: Date.now(), random: randomBytes(12) });
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'checkout' } }] };
  const scope = { name: 'app' };
  const span = { ...plainSpan(0), ...change };
  const stringValue = sealer.seal({ span, scope, resource }, Date.now());
  const attributes = [...(span.attributes ?? []), { key: 'spanseal.seal', value: { stringValue } }];
  return { resourceSpans: [{ resource, scopeSpans: [{ scope, spans: [{ ...span, attributes }] }] }] };
}

const nanos = (BigInt(Date.now()) * 1_000_000n + 1234n).toString();

describe('spanseal verify takes what stores answer', () => {
  test.each(Object.entries(storeAnswers))(
    '%s: intact, and through gzip, in lines, and laid out',
    async (_, answer) => {
      const text = answer(requests);
      const each = requests.map((request) => answer([request])).join('\n');
      for (const input of [text, gzipSync(text), each, JSON.stringify(JSON.parse(text), undefined, 2)]) {
        const { code, report } = await verify(input);
        expect(report).toMatchObject({ result: 'intact', spans: { total: 6, valid: 6 }, findings: [] });
        expect(code).toBe(0);
      }
    },
  );

  test.each(Object.entries(storeAnswers))(
    '%s: with the checkpoints of a stream, up to its end',
    async (_, answer) => {
      const answered = (path: string) => answer([decodeTraceRequest(readFileSync(path))]);
      expect((await verify(answered(anchoredFile()))).report).toMatchObject({
        result: 'intact',
        streams: [{ verdict: 'complete', spans: 5, checkpoints: 1 }],
      });
      const { report } = await verify(answered(anchoredFile({ leaves: [0, 1, 3, 4] })));
      expect(report.streams).toMatchObject([{ verdict: 'missing', missing: [[2, 2]] }]);
    },
  );

  test.each(Object.entries(storeAnswers))(
    '%s: a value that was changed is tampering, and is named',
    async (_, answer) => {
      const { code, report } = await verify(answer(requests).replace('"GET"', '"PUT"'));
      expect(report.findings[0]).toMatchObject({ verdict: 'changed', section: 'attributes', seq: 0 });
      expect(report).toMatchObject({ result: 'tampered' });
      expect(code).toBe(1);
    },
  );

  test('what Jaeger’s own JSON loses of the tail is valid-core', async () => {
    const request = sealed({ flags: 257, droppedAttributesCount: 1 });
    const { code, report } = await verify(storeAnswers.jaeger([request]));
    expect(report).toMatchObject({ result: 'intact', spans: { valid: 0, 'valid-core': 1 } });
    expect(code).toBe(0);
    expect((await verify(storeAnswers.jaegerOtlp([request]))).report.spans).toMatchObject({ valid: 1 });
  });

  test('nanoseconds that Jaeger’s own JSON lost: it is said plainly, and proves nothing', async () => {
    const request = sealed({ startTimeUnixNano: nanos, endTimeUnixNano: nanos });
    const { code, report } = await verify(storeAnswers.jaeger([request]));
    expect(code).toBe(2);
    expect(report).toMatchObject({ result: 'incomplete', spans: { total: 1, valid: 0, changed: 1 } });
    expect(report.findings[0]).toMatchObject({ verdict: 'changed', section: 'span', cut: true });
    expect(report.findings[0]?.message).toContain('cannot be verified');
    expect(report.sources).toEqual([
      expect.objectContaining({
        code: 'STORE_MICROSECONDS',
        path: 'data[0].spans[0].startTime',
        count: 1,
        message: expect.stringContaining('microseconds'),
      }),
    ]);
    const table = spanseal(['verify', '-', ...key], { input: Buffer.from(storeAnswers.jaeger([request])) });
    expect(table.stdout).toMatch(/^INCOMPLETE/);
    expect(table.stdout).toMatch(/STORE_MICROSECONDS: this source stores microseconds/);
    // Through the other API nothing is lost.
    expect((await verify(storeAnswers.jaegerOtlp([request]))).code).toBe(0);
  });

  test('the same with a value changed is tampering all the same: lost times do not explain it', async () => {
    const request = sealed({ startTimeUnixNano: nanos, endTimeUnixNano: nanos });
    const { code, report } = await verify(storeAnswers.jaeger([request]).replace('"GET"', '"PUT"'));
    expect(report.findings[0]).toMatchObject({ verdict: 'changed', section: 'span, attributes' });
    expect(report.findings[0]).not.toHaveProperty('cut');
    expect(code).toBe(1);
  });

  test('a list that Jaeger flattened is cut; another section is not', async () => {
    const values = [{ stringValue: 'a' }];
    const request = sealed({ attributes: [{ key: 'k', value: { arrayValue: { values } } }] });
    const flat = structuredClone(request);
    const [attribute] = flat.resourceSpans[0]?.scopeSpans[0]?.spans[0]?.attributes ?? [];
    if (attribute) attribute.value = { stringValue: '["a"]' };
    expect((await verify(storeAnswers.jaeger([flat]))).report).toMatchObject({
      result: 'incomplete',
      findings: [{ verdict: 'changed', section: 'attributes', cut: true }],
    });
    expect((await verify(protobuf(flat))).report).toMatchObject({ result: 'tampered' });
  });

  test('an answer that is partial, or an error, is not intact', async () => {
    for (const [text, code] of [
      [
        storeAnswers.tempo2(requests).replace('"metrics":{}', '"status":"PARTIAL"'),
        'STORE_PARTIAL at status',
      ],
      [
        storeAnswers.jaeger(requests).replace('"errors":null', '"errors":[{"code":500}]'),
        'STORE_ERRORS at errors',
      ],
    ] as const) {
      const { code: exit, report } = await verify(text);
      expect(exit).toBe(2);
      expect(report.spans).toMatchObject({ valid: 6 });
      expect(report.findings).toEqual([
        expect.objectContaining({ verdict: 'malformed', message: expect.stringContaining(code) }),
      ]);
    }
  });

  test('what cannot be read is named with code, place and path, and the other traces are verified', async () => {
    const text = storeAnswers.jaeger(requests);
    const at = text.indexOf('"processID":"p1"', text.length / 2);
    const { code, report } = await verify(
      `${text.slice(0, at)}${text.slice(at).replace('"p1"', '"hunter2"')}`,
    );
    expect(code).toBe(2);
    expect(report.spans.valid).toBe(4);
    const { message, source } = report.findings[0] ?? {};
    expect(message).toMatch(/ERR_SPANSEAL_OTLP_VALUE at data\[1\]\.spans\[\d\]\.processID$/);
    expect(source).toMatch(/input, data\[1\]$/);
    expect(JSON.stringify(report)).not.toContain('hunter2');
  });
});

describe('spanseal verify does not pass what is cut off', () => {
  const forms: Readonly<Record<string, Uint8Array | string>> = {
    'protobuf behind four bytes': framed(requests.map(protobuf)),
    'JSON lines': Buffer.concat(requests.flatMap((request) => [json(request), Buffer.from('\n')])),
    'JSON lines, gzip': gzipSync(
      Buffer.concat(requests.flatMap((request) => [json(request), Buffer.from('\n')])),
    ),
    ...Object.fromEntries(Object.entries(storeAnswers).map(([name, answer]) => [name, answer(requests)])),
  };

  test.each(Object.entries(forms))('%s, at whatever byte', async (_, form) => {
    const bytes = Buffer.from(form);
    for (let end = 1; end < bytes.length - 1; end += Math.ceil(bytes.length / 40)) {
      const file = join(folder({ input: bytes.subarray(0, end) }), 'input');
      const { code } = await spansealHere(['verify', file, ...key]);
      expect([1, 2, 3]).toContain(code);
    }
  });

  test('and tells a truncated record from one that is all there', async () => {
    const { code, report } = await verify(
      Buffer.from(forms['protobuf behind four bytes'] ?? '').subarray(0, -3),
    );
    expect(code).toBe(2);
    expect(report.spans.valid).toBe(4);
    expect(report.findings[0]).toMatchObject({
      message: 'a request cannot be decoded: ERR_SPANSEAL_OTLP_TRUNCATED',
      source: expect.stringMatching(/input, request 3$/),
    });
  });
});

describe('spanseal verify says how far it is', () => {
  let input = '';
  beforeAll(() => {
    input = join(folder({ input: framed(requests.map(protobuf)) }), 'input');
  });

  test('with --progress, on standard error only', () => {
    const { code, stdout, stderr } = spanseal(['verify', input, ...key, '--progress', '--format', 'json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ result: 'intact' });
    expect(stderr).toMatch(/^read \d+\.\d MiB of \d+\.\d MiB, \d+ %\n/);
  });

  test('and not where nobody looks', () => {
    expect(spanseal(['verify', input, ...key]).stderr).toBe('');
  });
});
