import { chmodSync, existsSync, linkSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { decodeTraceRequest, parseTraceRequest, type Span, type TraceRequest } from '@spanseal/otlp';
import { createCanaries, findCanaries, loadStockDecoder } from '@spanseal/test-kit';
import {
  delimited,
  folder,
  framed,
  json,
  plainSpan,
  protobuf,
  realm,
  sealedRequests,
  secret,
  spanseal,
} from './spanseal.js';

const canaries = createCanaries();
const texts = Object.values(canaries).map(({ text }) => text);

/** A request with a canary in every field that can hold text. */
function leakyRequest(): TraceRequest {
  const next = (() => {
    let at = 0;
    return () => ({ stringValue: texts[at++ % texts.length] ?? '' });
  })();
  const text = () => next().stringValue;
  const attributes = () => [
    { key: 'note', value: next() },
    { key: `note.${text()}`, value: { intValue: '9007199254740993' } },
    { key: 'list', value: { arrayValue: { values: [next(), { intValue: '1' }, { doubleValue: 1 }] } } },
    { key: 'map', value: { kvlistValue: { values: [{ key: 'inner', value: next() }] } } },
    { key: 'bytes', value: { bytesValue: Buffer.from(text()).toString('base64') } },
  ];
  const span: Span = {
    ...plainSpan(0),
    name: text(),
    traceState: `v=${text()}`,
    attributes: attributes(),
    events: [{ name: text(), timeUnixNano: '1', attributes: attributes() }],
    links: [
      {
        traceId: '0af7651916cd43dd8448eb211c80319c',
        spanId: 'b7ad6b7169203331',
        traceState: `v=${text()}`,
        attributes: attributes(),
      },
    ],
    status: { code: 2, message: text() },
  };
  const scope = { name: text(), version: text(), attributes: attributes() };
  return {
    resourceSpans: [{ resource: { attributes: attributes() }, scopeSpans: [{ scope, spans: [span] }] }],
  };
}

const leaky = leakyRequest();
const inputs: Record<string, Uint8Array> = {
  'one.pb': protobuf(leaky),
  'framed.pb': framed([protobuf(leaky), protobuf(leaky)]),
  'delimited.pb': delimited([protobuf(leaky), protobuf(leaky)]),
  'one.json': json(leaky),
  'lines.jsonl': Buffer.concat([json(leaky), Buffer.from('\n'), json(leaky), Buffer.from('\n')]),
  'one.json.gz': gzipSync(json(leaky)),
};

describe('spanseal mask', () => {
  const home = folder(inputs);
  test.each(Object.keys(inputs))('writes %s in its own format, with no secret in it', (name) => {
    expect(findCanaries(gunzipped(inputs[name]), canaries).length).toBeGreaterThan(0);
    const { code, bytes, stderr } = spanseal(['mask', join(home, name)]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(findCanaries(gunzipped(bytes), canaries)).toEqual([]);
    const again = folder({ [name]: bytes });
    expect(spanseal(['verify', join(again, name), '--key', secret]).code).toBe(2);
    expect(spanseal(['mask', join(again, name)]).bytes.equals(bytes)).toBe(true);
  });

  test('writes what stock decoders take, with everything else as it was', () => {
    const { bytes } = spanseal(['mask', join(home, 'one.pb')]);
    expect(loadStockDecoder()(bytes)).toMatchObject({
      resourceSpans: [{ scopeSpans: [{ spans: [{ kind: 2 }] }] }],
    });
    const masked = decodeTraceRequest(bytes);
    expect(parseTraceRequest(spanseal(['mask', join(home, 'one.json')]).stdout)).toEqual(masked);
    const span = masked.resourceSpans[0]?.scopeSpans[0]?.spans[0];
    expect(span).toMatchObject({ traceId: '0af7651916cd43dd8448eb211c80319c', kind: 2, status: { code: 2 } });
    expect(span?.attributes?.[1]?.value).toEqual({ intValue: '9007199254740993' });
    expect(span?.attributes?.[2]?.value?.arrayValue?.values?.slice(1)).toEqual([
      { intValue: '1' },
      { doubleValue: 1 },
    ]);
  });

  test('ends the line of a document: files of lines can be joined, also where one has a single line', () => {
    const [one, lines] = ['one.json', 'lines.jsonl'].map(
      (name) => spanseal(['mask', join(home, name)]).stdout,
    );
    expect(one).toMatch(/^\{.*\}\n$/);
    expect(lines).toBe(`${one}${one}`);
  });

  test('leaves seals alone: spans without a secret still verify, the others show that they were changed', () => {
    const [clean] = sealedRequests();
    const dirty = sealedRequests()[1];
    for (const span of dirty?.resourceSpans[0]?.scopeSpans[0]?.spans.slice(0, 1) ?? [])
      span.name = 'mail to alice@example.com';
    const key = ['--key', secret, '--realm', realm];
    const verdict = (request: TraceRequest | undefined) => {
      const { bytes } = spanseal(['mask', '-'], {
        input: request === undefined ? new Uint8Array() : protobuf(request),
      });
      return spanseal(['verify', '-', ...key], { input: bytes }).code;
    };
    expect(verdict(clean)).toBe(0);
    expect(verdict(dirty)).toBe(1);
  });

  test('masks a span of a sensitive service, and its children in the capture, down to their structure', () => {
    const parent: Span = {
      ...plainSpan(0),
      name: 'SecretsManager.GetSecretValue',
      attributes: [
        { key: 'rpc.system', value: { stringValue: 'aws-api' } },
        { key: 'rpc.service', value: { stringValue: 'SecretsManager' } },
        { key: 'rpc.method', value: { stringValue: 'GetSecretValue' } },
        {
          key: 'aws.secretsmanager.secret.arn',
          value: { stringValue: 'arn:aws:secretsmanager:eu-west-1:1:secret:prod' },
        },
      ],
      status: { code: 2, message: 'no such secret: prod' },
    };
    const child: Span = {
      ...plainSpan(1),
      name: 'POST',
      parentSpanId: parent.spanId ?? '',
      attributes: [{ key: 'url.full', value: { stringValue: 'http://127.0.0.1:4566/prod' } }],
    };
    const input = protobuf({ resourceSpans: [{ scopeSpans: [{ spans: [child, parent] }] }] });
    const { bytes } = spanseal(['mask', '-'], { input });
    expect(bytes.includes('prod')).toBe(false);
    const [, masked] = decodeTraceRequest(bytes).resourceSpans[0]?.scopeSpans[0]?.spans ?? [];
    expect(masked).toMatchObject({
      name: 'SecretsManager.GetSecretValue',
      status: { code: 2 },
      droppedAttributesCount: 1,
    });
    expect(masked?.attributes?.map(({ key }) => key)).toEqual(['rpc.system', 'rpc.service', 'rpc.method']);
  });

  test('masks attribute keys as the processor does', () => {
    const attributes = [{ key: 'a password=swordfishQ', value: { stringValue: 'x' } }];
    const input = protobuf({
      resourceSpans: [{ scopeSpans: [{ spans: [{ ...plainSpan(0), attributes }] }] }],
    });
    expect(spanseal(['mask', '-'], { input }).bytes.includes('swordfishQ')).toBe(false);
  });

  test('does not loop on spans that are each other’s parents', () => {
    const spans = [0, 1].map((index) => ({
      ...plainSpan(index),
      parentSpanId: plainSpan(1 - index).spanId ?? '',
    }));
    expect(
      spanseal(['mask', '-'], { input: protobuf({ resourceSpans: [{ scopeSpans: [{ spans }] }] }) }).code,
    ).toBe(0);
  });

  test('takes a policy as JSON or YAML', () => {
    const span = { ...plainSpan(0), attributes: [{ key: 'tenant.name', value: { stringValue: 'acme' } }] };
    const files = folder({
      'in.pb': protobuf({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }),
      'p.json': '{ "extends": [], "keys": ["tenant"] }',
      'p.yaml': 'extends: []\nkeys:\n  - tenant\nmask: "[gone]"\n',
    });
    const masked = (policy: string) =>
      spanseal(['mask', join(files, 'in.pb'), '--policy', join(files, policy)]).bytes;
    expect(masked('p.json').includes('****')).toBe(true);
    expect(masked('p.yaml').includes('[gone]')).toBe(true);
    expect(masked('p.yaml').includes('acme')).toBe(false);
  });

  test('writes several files into a folder', () => {
    const out = folder();
    expect(spanseal(['mask', join(home, 'one.pb'), join(home, 'one.json'), '-o', out]).code).toBe(0);
    expect(readdirSync(out).sort()).toEqual(['one.json', 'one.pb']);
  });
});

describe('the output of spanseal mask', () => {
  const input = inputs['one.pb'] ?? new Uint8Array();

  test('is never the input, by whatever path', () => {
    const home = folder({ 'in.pb': input });
    symlinkSync(home, join(home, 'again'));
    symlinkSync(join(home, 'in.pb'), join(home, 'link.pb'));
    linkSync(join(home, 'in.pb'), join(home, 'hard.pb'));
    const tries = [
      ['in.pb', 'again/in.pb'],
      ['link.pb', 'in.pb'],
      ['in.pb', 'link.pb'],
      ['in.pb', 'hard.pb'],
      ['in.pb', './in.pb'],
    ];
    for (const [from = '', to = ''] of tries) {
      expect(spanseal(['mask', join(home, from), '-o', join(home, to)]).code).toBe(3);
      expect(readFileSync(join(home, 'in.pb')).equals(Buffer.from(input))).toBe(true);
    }
  });

  test('keeps the mode of a file that it replaces, and writes to what is no file', () => {
    const home = folder({ 'in.pb': input, 'out.pb': 'old' });
    chmodSync(join(home, 'out.pb'), 0o600);
    expect(spanseal(['mask', join(home, 'in.pb'), '-o', join(home, 'out.pb')]).code).toBe(0);
    expect(statSync(join(home, 'out.pb')).mode & 0o777).toBe(0o600);
    expect(spanseal(['mask', join(home, 'in.pb'), '-o', '/dev/null']).code).toBe(0);
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
    expect(readdirSync(home).sort()).toEqual(['in.pb', 'out.pb']);
  });
});

describe('wrong usage of spanseal mask ends with 3, one error, and nothing written', () => {
  const out = folder();
  const broken = Buffer.from(inputs['one.pb'] ?? []);
  broken[broken.length - 3] = 0xff;
  const home = folder({
    ...inputs,
    broken,
    'p.yaml': 'keys: [")("]\nmask: 7\nunknown: hunter2\n',
    'p.txt': '{"a": hunter2: ]',
  });
  const input = join(home, 'one.pb');
  test.each<[string, string[], string]>([
    ['no file', ['mask'], 'ERR_SPANSEAL_CLI_ARGUMENT'],
    ['two files and no folder', ['mask', input, input], 'ERR_SPANSEAL_CLI_ARGUMENT'],
    ['one name twice', ['mask', input, input, '-o', out], 'ERR_SPANSEAL_CLI_ARGUMENT'],
    ['the input as output', ['mask', input, '-o', input], 'ERR_SPANSEAL_CLI_ARGUMENT'],
    [
      'an output that cannot be written',
      ['mask', input, '-o', join(out, 'no/such/folder')],
      'ERR_SPANSEAL_CLI_OUTPUT',
    ],
    [
      'a policy with faults',
      ['mask', input, '--policy', join(home, 'p.yaml'), '-o', join(out, 'x')],
      'ERR_SPANSEAL_POLICY',
    ],
    [
      'a policy that is no YAML',
      ['mask', input, '--policy', join(home, 'p.txt'), '-o', join(out, 'x')],
      'ERR_SPANSEAL_CLI_POLICY',
    ],
    [
      'a policy that is not there',
      ['mask', input, '--policy', '/nowhere', '-o', join(out, 'x')],
      'ERR_SPANSEAL_CLI_POLICY',
    ],
    ['a broken request', ['mask', join(home, 'broken'), '-o', join(out, 'x')], 'ERR_SPANSEAL_OTLP_'],
    ['a second file that is broken', ['mask', input, join(home, 'broken'), '-o', out], 'ERR_SPANSEAL_OTLP_'],
  ])('%s', (_, args, code) => {
    const outcome = spanseal(args);
    expect(outcome).toMatchObject({ code: 3, stdout: '' });
    expect(outcome.stderr).toMatch(new RegExp(`^error ${code}`));
    expect(outcome.stderr.match(/^error /gm)).toHaveLength(1);
    expect(outcome.stderr).not.toContain('hunter2');
    expect(readdirSync(out)).toEqual([]);
    expect(existsSync(input) && readFileSync(input).equals(Buffer.from(inputs['one.pb'] ?? []))).toBe(true);
  });
});

function gunzipped(bytes: Uint8Array | undefined): Uint8Array {
  const raw = Buffer.from(bytes ?? []);
  return raw[0] === 0x1f ? gunzipSync(raw) : raw;
}
