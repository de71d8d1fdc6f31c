// Seals random spans with the packed packages, changes most of them, and writes them down beside what the packed verifier says.
import { writeFileSync } from 'node:fs';
import { decodeTraceRequest, encodeTraceRequest, parseTraceRequest } from '@spanseal/otlp';
import {
  checkpointScopeName,
  checkpointSpanName,
  createKeyRing,
  createSpanSealer,
  createVerifier,
} from '@spanseal/seal';
import { changed, damaged } from './random-change.mjs';
import { randomSpan, randomSurroundings } from './random-span.mjs';
import { SeededChoice } from './seeded-choice.mjs';

const [seed, count] = process.argv.slice(2).map(Number);
const choice = new SeededChoice(seed);
const startMillis = Date.UTC(2026, 10, 21, 9);
const realm = 'acme/production';
const keys = [
  { id: 'k-1', algorithm: 'hs256', secret: '5a'.repeat(32) },
  { id: 'K_512', algorithm: 'hs512', secret: 'a5'.repeat(32) },
];
const options = keys.map(({ secret, ...key }) => ({ ...key, secret: `hex:${secret}` }));
const keyRing = createKeyRing({ realm, primary: options[0], verifyOnly: options.slice(1) });
const sealers = options.flatMap((primary, place) =>
  [false, true].map((checkpoints) =>
    createSpanSealer({
      keyRing: createKeyRing({ realm, primary }),
      startMillis,
      random: new Uint8Array(12).fill(2 * place + Number(checkpoints)),
      checkpoints,
    }),
  ),
);

function sealedRequest() {
  const sealer = choice.pick(sealers);
  const nowMillis = startMillis + 1_000 * choice.below(1_000_000);
  const item = { span: randomSpan(choice, nowMillis), ...randomSurroundings(choice) };
  const seal = sealer.seal(item, nowMillis);
  if (sealer.unanchored > 0 && choice.happens(15)) return checkpointRequest(sealer, nowMillis);
  const attributes = [...item.span.attributes, { key: 'spanseal.seal', value: { stringValue: seal } }];
  return requestOf({ ...item, span: { ...item.span, attributes } });
}

function checkpointRequest(sealer, nowMillis) {
  const losses = choice.some(2, (place) => ({
    reason: choice.pick(['export-failed', 'dropped']),
    first: 10 * place,
    count: 3,
  }));
  const made = sealer.checkpoint({ nowMillis, losses, unsealed: choice.below(3) });
  const value = { stringValue: choice.pick(made).text };
  const span = {
    traceId: choice.hex(32),
    spanId: choice.hex(16),
    name: checkpointSpanName,
    kind: choice.pick([0, 1]),
    attributes: [{ key: 'spanseal.checkpoint', value }],
  };
  return requestOf({ span, scope: { name: checkpointScopeName, version: '1' } });
}

function requestOf({ span, scope, scopeSchemaUrl, resource, resourceSchemaUrl }) {
  return {
    resourceSpans: [
      {
        resource,
        schemaUrl: resourceSchemaUrl,
        scopeSpans: [{ scope, schemaUrl: scopeSchemaUrl, spans: [span] }],
      },
    ],
  };
}

/** The report on a request as the vectors have it; on one that cannot be read, or has not one span, none. */
function reportOf(read) {
  const item = onlySpan(read);
  if (item === undefined) return { unreadable: true };
  const verifier = createVerifier({ keyRing });
  verifier.add(item.request);
  const { spans, findings, streams } = verifier.finish();
  const found = findings.filter(({ spanId, traceId }) => spanId !== undefined || traceId !== undefined);
  return {
    spans: item.isCheckpoint ? [] : [verdictOf(spans, found[0])],
    checkpoints: item.isCheckpoint ? [{ findings: found.map(({ verdict }) => verdict) }] : [],
    streams: streams.map(({ stream, verdict, missing }) => ({ stream, verdict, missing })),
  };
}

function onlySpan(read) {
  try {
    const request = read({ duplicateKeys: 'keep' });
    const spans = request.resourceSpans.flatMap(({ scopeSpans }) =>
      scopeSpans.flatMap((scope) => scope.spans),
    );
    if (spans.length !== 1) return undefined;
    const isCheckpoint = (spans[0].attributes ?? []).some(({ key }) => key === 'spanseal.checkpoint');
    return { request, isCheckpoint };
  } catch {
    return undefined;
  }
}

function verdictOf(spans, finding) {
  const [verdict] = Object.entries(spans).find(([name, times]) => name !== 'total' && times > 0);
  const { section, added } = finding ?? {};
  return {
    verdict,
    ...(section && { sections: section.split(/, */) }),
    ...(added && { added: [...added].sort() }),
  };
}

/** A request that the writer takes, and what it writes: a change can leave half of a character. */
function encodable() {
  for (;;) {
    const sealed = sealedRequest();
    const request = choice.happens(20) ? sealed : changed(sealed, choice);
    try {
      return {
        bytes: encodeTraceRequest(request, { format: 'protobuf' }),
        json: Buffer.from(encodeTraceRequest(request, { format: 'json' })).toString(),
      };
    } catch (error) {
      if (error.code !== 'ERR_SPANSEAL_OTLP_VALUE' && error.code !== 'ERR_SPANSEAL_OTLP_UTF8') throw error;
    }
  }
}

const records = { bin: [], jsonl: [], ours: [] };
for (let place = 0; place < count; place += 1) {
  const { bytes: whole, json } = encodable();
  const bytes = choice.happens(15) ? damaged(whole, choice) : whole;
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  records.bin.push(length, bytes);
  records.jsonl.push(json);
  const protobuf = reportOf((limits) => decodeTraceRequest(bytes, limits));
  records.ours.push(
    JSON.stringify({ protobuf, json: reportOf((limits) => parseTraceRequest(json, limits)) }),
  );
}
writeFileSync('requests.bin', Buffer.concat(records.bin));
writeFileSync('requests.jsonl', `${records.jsonl.join('\n')}\n`);
writeFileSync('ours.jsonl', `${records.ours.join('\n')}\n`);
writeFileSync('key-ring.json', JSON.stringify({ realm, keys }));
