// Writes captures in which a verifier finds something of every kind: troubled.jsonl, and intact.jsonl in which it finds nothing.
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createKeyRing, createSpanSealer } from '@spanseal/seal';

const minute = 60_000;
const now = Date.now();
const [secret, other] = [process.argv[2], `hex:${'5a'.repeat(32)}`];
const ringOf = (id, of = secret) => createKeyRing({ realm: 'e2e', primary: { id, secret: of } });
const keyRing = ringOf('k-2026-11');
const scope = { name: 'app' };
const text = (key, stringValue) => ({ key, value: { stringValue } });
const hash = (name, length) => createHash('sha256').update(name).digest('hex').slice(0, length);

/** A stream from `ago` minutes ago, in steps of five minutes; every third span begins a trace. */
function streamOf(name, { ago, steps, each = 4, service = name, ring = keyRing, history = '', ...how }) {
  const startMillis = now - ago * minute;
  const { end = true, checkpoints = true, losses = () => [], random = hash(name, 24) } = how;
  const sealer = createSpanSealer({
    keyRing: ring,
    startMillis,
    random: Buffer.from(random, 'hex'),
    checkpoints,
  });
  const resource = { attributes: [text('service.name', service)] };
  const spans = [];
  const carriers = [];
  for (let step = 0; step < steps; step += 1) {
    const at = startMillis + (step * 5 + 4) * minute;
    for (let index = 0; index < each; index += 1) {
      const seq = step * each + index;
      const span = {
        traceId: hash(`${name}${history}${Math.floor(seq / 3)}`, 32),
        spanId: hash(`${name}${history}${seq}-span`, 16),
        name: `GET /orders/${seq}`,
        endTimeUnixNano: `${at}000000`,
      };
      const attributes = [
        text('http.route', '/orders'),
        text(
          'spanseal.seal',
          sealer.seal(
            { span: { ...span, attributes: [text('http.route', '/orders')] }, scope, resource },
            at,
          ),
        ),
      ];
      spans.push({ ...span, attributes });
    }
    if (!checkpoints) continue;
    const last = end && step === steps - 1;
    for (const { text: value } of sealer.checkpoint({
      nowMillis: at + 30_000,
      losses: losses(step),
      end: last,
    })) {
      const ids = { traceId: hash(`${name}-c`, 32), spanId: hash(`${name}${history}${step}-c`, 16) };
      carriers.push({
        ...ids,
        name: 'spanseal.checkpoint',
        attributes: [text('spanseal.checkpoint', value)],
      });
    }
  }
  return { resource, spans, carriers };
}

const requestOf = ({ resource, spans, carriers }) => ({
  resourceSpans: [
    {
      resource,
      scopeSpans: [
        { scope, spans },
        { scope: { name: '@spanseal/otlp-exporter' }, spans: carriers },
      ],
    },
  ],
});
const without = (stream, spans = () => false, carriers = () => false) => ({
  ...stream,
  spans: stream.spans.filter((_, seq) => !spans(seq)),
  carriers: stream.carriers.filter((_, number) => !carriers(number)),
});

const complete = streamOf('storefront', { ago: 120, steps: 20 });
const missing = without(
  streamOf('checkout', { ago: 118, steps: 18 }),
  (seq) => seq === 9 || (seq > 40 && seq < 54),
);
const lossy = without(
  streamOf('inventory', {
    ago: 110,
    steps: 16,
    losses: (step) => (step === 8 ? [{ reason: 'export-failed', first: 30, count: 4 }] : []),
  }),
  (seq) => seq > 29 && seq < 34,
);
const running = streamOf('search', { ago: 60, steps: 12, end: false });
const killed = streamOf('payments-1', { ago: 115, steps: 7, end: false, service: 'payments' });
const next = streamOf('payments-2', { ago: 70, steps: 10, service: 'payments' });
const truncated = streamOf('mailer', { ago: 90, steps: 9, end: false });
const gapped = without(
  streamOf('reports', { ago: 100, steps: 14 }),
  undefined,
  (number) => number === 5 || number === 6,
);
const plain = streamOf('legacy', { ago: 50, steps: 4, checkpoints: false });
const fork = { ago: 80, steps: 10, random: hash('twin', 24) };
const forks = [streamOf('twin', { ...fork, history: 'one' }), streamOf('twin', { ...fork, history: 'two' })];
const unknown = streamOf('partner', { ago: 40, steps: 1, each: 3, ring: ringOf('k-partner', other) });
const healthy = Array.from({ length: 40 }, (_, at) =>
  streamOf(`job-${at}`, { ago: 118 - at * 2, steps: 1 + ((at * 7) % 5), each: 2, service: 'jobs' }),
);

/** What somebody did to spans on their way. */
const hostileKey = '<img src=x onerror=alert(1)>\u202egnp.exe';
complete.spans[5].name = 'GET /orders/none';
complete.spans[6].attributes.unshift(text(hostileKey, 'x'));
complete.spans[7].attributes.unshift(text('a', '1'), text('b'.repeat(200), '2'));
complete.spans[12].events = [{ name: 'added' }];
missing.spans[3].attributes.push(text('</code><script>alert(2)</script>', 'x'));
const unsigned = Array.from({ length: 5 }, (_, at) => ({
  traceId: hash('unsigned', 32),
  spanId: hash(`unsigned${at}`, 16),
  name: 'no seal',
}));

const streams = [
  complete,
  missing,
  lossy,
  running,
  killed,
  next,
  truncated,
  gapped,
  plain,
  ...forks,
  unknown,
  ...healthy,
];
const lines = [...streams.map(requestOf), { resourceSpans: [{ scopeSpans: [{ spans: unsigned }] }] }].map(
  (request) => JSON.stringify(request),
);
lines.push('{"resourceSpans": "hunter2"}', '{"resourceSpans": [');
writeFileSync('troubled.jsonl', `${lines.join('\n')}\n`);
const calm = [running, next, ...healthy.slice(0, 4)];
writeFileSync('intact.jsonl', `${calm.map((stream) => JSON.stringify(requestOf(stream))).join('\n')}\n`);
