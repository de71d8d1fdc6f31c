// Whole streams of the packed packages, of which a pipeline lost, repeated and reordered some, beside what the packed verifier says.
import { writeFileSync } from 'node:fs';
import { encodeTraceRequest } from '@spanseal/otlp';
import {
  checkpointScopeName,
  checkpointSpanName,
  createKeyRing,
  createSpanSealer,
  createVerifier,
} from '@spanseal/seal';
import { SeededChoice } from './seeded-choice.mjs';

const [seed, count] = process.argv.slice(2).map(Number);
const choice = new SeededChoice(seed);
const startMillis = Date.UTC(2026, 10, 21, 9);
const key = { id: 'k-1', algorithm: 'hs256', secret: '5a'.repeat(32) };
const realm = 'acme/production';
const keyRing = createKeyRing({ realm, primary: { ...key, secret: `hex:${key.secret}` } });

function text(name, stringValue) {
  return { key: name, value: { stringValue } };
}

function randomStream() {
  const began = startMillis + 1_000 * choice.pick([0, 60, 7_200]);
  const checkpoints = choice.happens(85);
  const sealer = createSpanSealer({
    keyRing,
    startMillis: began,
    random: new Uint8Array(12).fill(choice.below(2)),
    checkpoints,
  });
  const resource = {
    attributes: [
      text('service.name', choice.pick(['checkout', 'checkout', 'cart'])),
      ...(choice.happens(40) ? [text('service.instance.id', choice.pick(['a', 'b']))] : []),
    ],
  };
  return { id: sealer.stream, items: itemsOf({ sealer, resource, began, checkpoints }) };
}

function itemsOf({ sealer, resource, began, checkpoints }) {
  const items = [];
  let nowMillis = began;
  for (let turn = choice.below(4); turn >= 0; turn -= 1) {
    nowMillis += choice.pick([1_000, 200_000, 400_000]);
    for (let spans = choice.below(5); spans > 0; spans -= 1)
      items.push(sealedItem(sealer, resource, nowMillis));
    if (checkpoints && choice.happens(75)) items.push(...checkpointItems(sealer, nowMillis, turn === 0));
  }
  return items;
}

function sealedItem(sealer, resource, nowMillis) {
  const end = `${BigInt(nowMillis) * 1_000_000n}`;
  const trace = choice.pick(['1', '2', '3', '4', '5', '6']);
  const span = { traceId: trace.repeat(32), spanId: choice.hex(16), name: 'work', endTimeUnixNano: end };
  const seal = sealer.seal({ span, resource }, nowMillis);
  return { span: { ...span, attributes: [text('spanseal.seal', seal)] }, resource };
}

function checkpointItems(sealer, nowMillis, last) {
  const losses = choice.happens(30)
    ? [
        {
          reason: choice.pick(['export-failed', 'dropped']),
          first: choice.below(4),
          count: 1 + choice.below(3),
        },
      ]
    : [];
  const unsealed = choice.happens(15) ? 2 : 0;
  return sealer.checkpoint({ nowMillis, losses, unsealed, end: last && choice.happens(70) }).map((made) => ({
    span: {
      traceId: choice.hex(32),
      spanId: choice.hex(16),
      name: checkpointSpanName,
      attributes: [text('spanseal.checkpoint', made.text)],
    },
    scope: { name: checkpointScopeName },
  }));
}

/** What a pipeline does to spans. */
function carried(items) {
  const lossy = choice.happens(50);
  const kept = items
    .filter(() => !lossy || choice.happens(85))
    .flatMap((item) => (choice.happens(5) ? [item, item] : [item]))
    .map((item) => (choice.happens(5) ? { ...item, span: { ...item.span, flags: 1 } } : item));
  const dropped = choice.happens(20) ? choice.pick(['1', '2', '3']).repeat(32) : '';
  const sampled = kept.filter(({ span }) => span.traceId !== dropped);
  return choice.happens(50)
    ? sampled
    : sampled
        .map((item) => [choice.below(1_000), item])
        .sort(([a], [b]) => a - b)
        .map(([, item]) => item);
}

function requestOf(items) {
  return {
    resourceSpans: items.map(({ span, resource, scope }) => ({
      resource,
      scopeSpans: [{ scope, spans: [span] }],
    })),
  };
}

function toldOf(ids) {
  return {
    whole_traces_dropped: choice.happens(40),
    expected_streams: ids.filter(() => choice.happens(25)),
    ...(choice.happens(60) && { now_millis: startMillis + choice.pick([0, 600_000, 1_500_000, 9_000_000]) }),
  };
}

function reportOf(items, told) {
  const verifier = createVerifier({
    keyRing,
    sampled: told.whole_traces_dropped,
    expectedStreams: told.expected_streams,
    ...(told.now_millis !== undefined && { nowMillis: told.now_millis }),
  });
  const report = { spans: [], checkpoints: [] };
  for (const item of items) {
    const before = verifier.finish();
    verifier.add(requestOf([item]));
    const after = verifier.finish();
    if (item.scope !== undefined) report.checkpoints.push({ findings: [] });
    else
      report.spans.push({
        verdict: Object.keys(after.spans).find(
          (name) => name !== 'total' && after.spans[name] !== (before.spans[name] ?? 0),
        ),
      });
  }
  return { ...report, streams: streamsOf(verifier.finish()) };
}

/** The verdicts on streams. Of one that never occurs there is a finding alone. */
function streamsOf({ streams, findings }) {
  const seen = streams.map(({ stream, verdict, missing }) => ({ stream, verdict, missing }));
  const never = findings
    .filter(({ stream, spanId }) => stream && !spanId && !seen.some((one) => one.stream === stream))
    .map(({ stream, verdict }) => ({ stream, verdict, missing: [] }));
  const place = ({ stream }) => stream;
  return [...seen, ...never].sort((left, right) =>
    place(left) === place(right) ? 0 : place(left) < place(right) ? -1 : 1,
  );
}

const records = { inputs: [], ours: [] };
for (let place = 0; place < count; place += 1) {
  const streams = Array.from({ length: 1 + choice.below(3) }, randomStream);
  const items = carried(streams.flatMap((stream) => stream.items));
  const told = toldOf([...new Set(streams.map(({ id }) => id))]);
  const protobuf = Buffer.from(encodeTraceRequest(requestOf(items), { format: 'protobuf' })).toString('hex');
  records.inputs.push(JSON.stringify({ key_ring: { realm, keys: [key] }, request: { protobuf }, told }));
  records.ours.push(JSON.stringify(reportOf(items, told)));
}
writeFileSync('inputs.jsonl', `${records.inputs.join('\n')}\n`);
writeFileSync('ours.jsonl', `${records.ours.join('\n')}\n`);
