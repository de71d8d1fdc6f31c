import { join } from 'node:path';

/** Where a Collector of the tests listens, sends to, and writes. */
export interface CollectorPlaces {
  readonly folder: string;
  readonly grpcPort: number;
  readonly httpPort: number;
  /** Of a second receiver of the same Collector, to which it sends JSON itself. */
  readonly loopPort: number;
  /** Of receivers that are not its own. */
  readonly grpcReceiver: string;
  readonly httpReceiver: string;
}

/** What the pipeline named `transformed` does to the span with an `order.id`, and the verdict and section that it earns. */
export const edits: readonly {
  readonly statement: string;
  readonly verdict: string;
  readonly section?: string;
}[] = [
  { statement: 'set(span.name, "order 00")', verdict: 'changed', section: 'span' },
  { statement: 'set(span.status.code, 2)', verdict: 'changed', section: 'span' },
  {
    statement: 'set(span.end_time_unix_nano, span.end_time_unix_nano + 1)',
    verdict: 'changed',
    section: 'span',
  },
  { statement: 'set(span.kind, 5)', verdict: 'changed', section: 'span' },
  { statement: 'set(span.trace_state, "a=b")', verdict: 'changed', section: 'span' },
  { statement: 'set(span.attributes["order.note"], "No note")', verdict: 'changed', section: 'attributes' },
  { statement: 'set(span.attributes["order.id"], "6")', verdict: 'changed', section: 'attributes' },
  { statement: 'set(span.attributes["order.zero"], 0.5)', verdict: 'changed', section: 'attributes' },
  { statement: 'delete_key(span.attributes, "order.empty")', verdict: 'changed', section: 'attributes' },
  { statement: 'truncate_all(span.attributes, 200)', verdict: 'valid' },
  { statement: 'set(span.attributes["order.new"], true)', verdict: 'additions' },
  { statement: 'set(span.dropped_attributes_count, 3)', verdict: 'valid-core' },
  { statement: 'delete_key(span.attributes, "spanseal.seal")', verdict: 'unsigned' },
  { statement: 'set(span.attributes["spanseal.seal"], "1~core~nobody")', verdict: 'malformed' },
  {
    statement: 'set(span.attributes["spanseal.seal"], Concat([span.attributes["spanseal.seal"], "x"], ""))',
    verdict: 'malformed',
  },
];

const editStatements = edits.map(
  ({ statement }, id) => `${statement} where span.attributes["order.id"] == ${id}`,
);

/** The pipelines: each gets every span, and writes `NAME.jsonl` and `NAME.binpb` in the folder. */
const pipelines: Readonly<Record<string, readonly string[]>> = {
  kept: ['attributes/absent', 'redaction/unhit', 'resource/enriched', 'batch/small'],
  reordered: ['transform/reordered', 'batch/large'],
  added: ['attributes/added'],
  redacted: ['redaction/hit', 'batch/small'],
  transformed: ['transform/edited'],
  events: ['transform/events'],
  renamed: ['resource/renamed'],
  scoped: ['transform/scope'],
  filtered: ['filter/some', 'batch/small'],
};

/** Names and values that pipelines commonly block. */
const blocked = {
  allow_all_keys: true,
  blocked_key_patterns: [
    ...['(?i).*pass.*', '(?i).*key.*', '(?i).*secret.*', '(?i).*credential.*', '(?i).*passphrase.*'],
    ...['(?i)sessiontoken', '(?i)x-amz-security-token', '(?i)signature', '(?i)authorization'],
  ],
  blocked_values: [
    ...['4[0-9]{12}(?:[0-9]{3})?', '5[1-5][0-9]{14}', 'AKIA[0-9A-Z]{16}', '\\d{3}-\\d{2}-\\d{4}'],
    ...['[\\w.+-]+@[\\w-]+\\.[\\w.]+', 'eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+'],
  ],
  summary: 'silent',
};

const processors = {
  'batch/small': { timeout: '200ms', send_batch_size: 5, send_batch_max_size: 5 },
  'batch/large': { timeout: '2s', send_batch_size: 64 },
  'attributes/absent': { actions: [{ key: 'not.there', action: 'delete' }] },
  'attributes/added': { actions: [{ key: 'deployment.ring', value: 'blue', action: 'insert' }] },
  'redaction/unhit': { allow_all_keys: true, blocked_values: ['AKIA[0-9A-Z]{16}'], summary: 'silent' },
  'redaction/hit': blocked,
  'resource/enriched': {
    attributes: [
      { key: 'k8s.pod.name', value: 'shop-7', action: 'insert' },
      { key: 'process.pid', action: 'delete' },
    ],
  },
  'resource/renamed': { attributes: [{ key: 'service.version', value: '1.2.4', action: 'update' }] },
  'transform/reordered': {
    trace_statements: [
      // The last attribute takes the place of one that is deleted.
      'set(span.attributes["zone"], span.attributes["order.zone"])',
      'delete_key(span.attributes, "order.zone")',
      'set(span.attributes["total"], span.attributes["order.total"])',
      'delete_key(span.attributes, "order.total")',
      'set(span.attributes["order.zone"], span.attributes["zone"])',
      'set(span.attributes["order.total"], span.attributes["total"])',
      'delete_key(span.attributes, "zone")',
      'delete_key(span.attributes, "total")',
    ].map((statement) => `${statement} where span.attributes["order.id"] != nil`),
  },
  'transform/edited': { trace_statements: editStatements },
  'transform/events': {
    trace_statements: [
      'set(spanevent.name, "unpacked") where spanevent.name == "packed" and span.attributes["order.id"] == 2',
      'set(spanevent.attributes["event.weight"], 1.5) where spanevent.name == "packed" and span.attributes["order.id"] == 3',
    ],
  },
  'transform/scope': { trace_statements: ['set(scope.version, "4.5.7") where scope.name == "orders"'] },
  'filter/some': {
    error_mode: 'propagate',
    trace_conditions: [4, 11, 12, 19].map((id) => `span.attributes["order.id"] == ${id}`),
  },
};

const overLoop = { tls: { insecure: true }, compression: 'gzip' };

/** The configuration, as JSON, which is YAML. */
export function collectorConfig(places: CollectorPlaces): string {
  const { folder, grpcPort, httpPort, loopPort, grpcReceiver, httpReceiver } = places;
  const files = [...Object.keys(pipelines), 'looped'].flatMap((name) => [
    [`file/${name}-json`, { path: join(folder, `${name}.jsonl`) }] as const,
    [`file/${name}-proto`, { path: join(folder, `${name}.binpb`), format: 'proto' }] as const,
  ]);
  const filesOf = (name: string) => [`file/${name}-json`, `file/${name}-proto`];
  const onward = ['otlp', 'otlphttp/proto', 'otlphttp/json', 'otlphttp/loop'];
  return JSON.stringify({
    receivers: {
      otlp: {
        protocols: {
          grpc: { endpoint: `127.0.0.1:${grpcPort}` },
          http: { endpoint: `127.0.0.1:${httpPort}` },
        },
      },
      'otlp/loop': { protocols: { http: { endpoint: `127.0.0.1:${loopPort}` } } },
    },
    processors,
    exporters: {
      ...Object.fromEntries(files),
      otlp: { endpoint: grpcReceiver, ...overLoop },
      'otlphttp/proto': { endpoint: httpReceiver, ...overLoop },
      'otlphttp/json': { endpoint: httpReceiver, encoding: 'json', ...overLoop },
      'otlphttp/loop': { endpoint: `http://127.0.0.1:${loopPort}`, encoding: 'json', ...overLoop },
    },
    service: {
      telemetry: { metrics: { level: 'none' }, logs: { level: 'warn' } },
      pipelines: {
        ...Object.fromEntries(
          Object.entries(pipelines).map(([name, names]) => [
            `traces/${name}`,
            {
              receivers: ['otlp'],
              processors: names,
              exporters: name === 'kept' ? [...filesOf(name), ...onward] : filesOf(name),
            },
          ]),
        ),
        'traces/looped': { receivers: ['otlp/loop'], processors: [], exporters: filesOf('looped') },
      },
    },
  });
}
