import { describe, expect, test } from '@jest/globals';
import { type HttpAnswer, loadLines, type SdkLine } from '@spanseal/test-kit';
import { connect, start } from './deliveries.js';
import { exportOnce, faultsOf, newSpans, type Protocol, type ReceiverOptions } from './receivers.js';

interface Point {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly value: unknown;
}

/** A meter provider of a line, with all that it was told: units and points by the name of the instrument. */
function meterOf(line: SdkLine) {
  class Reader extends line.metrics.MetricReader {
    async onForceFlush(): Promise<void> {}
    async onShutdown(): Promise<void> {}
  }
  const reader = new Reader();
  const meterProvider = new line.metrics.MeterProvider({ readers: [reader] });
  const collect = async (): Promise<Record<string, { unit: string; points: readonly Point[] }>> => {
    const { resourceMetrics } = await reader.collect();
    const metrics = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics);
    return Object.fromEntries(
      metrics.map(({ descriptor, dataPoints }) => [
        descriptor.name,
        { unit: descriptor.unit, points: dataPoints.map(({ attributes, value }) => ({ attributes, value })) },
      ]),
    );
  };
  return { meterProvider, collect };
}

/** What a meter is told of one export of three spans, with the component's name apart. */
async function toldOf(line: SdkLine, protocol: Protocol, options: ReceiverOptions) {
  const receiver = await start(protocol, options);
  const { meterProvider, collect } = meterOf(line);
  const exporter = connect({
    ...{ url: receiver.url, protocol, timeoutMillis: 2000, checkpoints: false },
    meterProvider: meterProvider as never,
  });
  await exportOnce(exporter, newSpans(3));
  const metrics = await collect();
  await meterProvider.shutdown();
  const server = { 'server.address': 'localhost', 'server.port': receiver.port };
  const names = Object.values(metrics).flatMap(({ points }) =>
    points.map(({ attributes }) => String(attributes['otel.component.name'])),
  );
  const without = ({ attributes: { 'otel.component.name': _, ...attributes }, value }: Point) => ({
    attributes,
    value,
  });
  const pointsOf = (name: string) => (metrics[name]?.points ?? []).map(without);
  const units = Object.fromEntries(Object.entries(metrics).map(([name, { unit }]) => [name, unit]));
  return { names: new Set(names), units, server, pointsOf };
}

const inflight = 'otel.sdk.exporter.span.inflight';
const exported = 'otel.sdk.exporter.span.exported';
const duration = 'otel.sdk.exporter.operation.duration';
const types = {
  grpc: 'otlp_grpc_span_exporter',
  'http/protobuf': 'otlp_http_span_exporter',
  'http/json': 'otlp_http_json_span_exporter',
};
const status = { grpc: 'rpc.response.status_code', 'http/protobuf': 'http.response.status_code' };

describe.each(loadLines())('with the meter provider of the $name line', (line) => {
  test.each(['grpc', 'http/protobuf', 'http/json'] as const)('a success over %s', async (protocol) => {
    const { names, units, server, pointsOf } = await toldOf(line, protocol, {});
    const attributes = { 'otel.component.type': types[protocol], ...server };
    expect(units).toEqual({ [inflight]: '{span}', [exported]: '{span}', [duration]: 's' });
    expect(names.size).toBe(1);
    expect([...names][0]).toMatch(new RegExp(`^${types[protocol]}/spanseal-\\d+$`));
    expect(pointsOf(inflight)).toEqual([{ attributes, value: 0 }]);
    expect(pointsOf(exported)).toEqual([{ attributes, value: 3 }]);
    const [name, code] = protocol === 'grpc' ? [status.grpc, 'OK'] : [status['http/protobuf'], 200];
    expect(pointsOf(duration)).toEqual([
      { attributes: { ...attributes, [name]: code }, value: expect.objectContaining({ count: 1 }) },
    ]);
  });

  const failures: [string, Protocol, ReceiverOptions, string, Record<string, unknown>][] = [
    [
      'HTTP status',
      'http/protobuf',
      { http: () => ({ status: 403 }) },
      '403',
      { [status['http/protobuf']]: 403 },
    ],
    ['gRPC status', 'grpc', { grpc: () => 7 }, 'PERMISSION_DENIED', { [status.grpc]: 'PERMISSION_DENIED' }],
    ['deadline', 'http/json', { http: () => 'hang' as HttpAnswer }, 'ETIMEDOUT', {}],
  ];
  test.each(failures)('a failure by %s', async (_, protocol, options, errorType, ofStatus) => {
    const { server, pointsOf } = await toldOf(line, protocol, options);
    const attributes = { 'otel.component.type': types[protocol], ...server };
    const failed = { ...attributes, 'error.type': errorType };
    expect(pointsOf(inflight)).toEqual([{ attributes, value: 0 }]);
    expect(pointsOf(exported)).toEqual([{ attributes: failed, value: 3 }]);
    expect(pointsOf(duration)).toEqual([
      { attributes: { ...failed, ...ofStatus }, value: expect.objectContaining({ count: 1 }) },
    ]);
  });

  test('a partial success', async () => {
    const body = '{"partialSuccess":{"rejectedSpans":1}}';
    const { server, pointsOf } = await toldOf(line, 'http/json', { http: () => ({ body }) });
    const attributes = { 'otel.component.type': types['http/json'], ...server };
    const rejected = { ...attributes, 'error.type': 'rejected' };
    expect(pointsOf(exported)).toEqual([
      { attributes, value: 2 },
      { attributes: rejected, value: 1 },
    ]);
    expect(pointsOf(duration)).toMatchObject([
      { attributes: { ...rejected, 'http.response.status_code': 200 } },
    ]);
  });
});

test('two exporters have each a name of its own', async () => {
  const [line] = loadLines() as [SdkLine];
  const [one, two] = [await toldOf(line, 'http/json', {}), await toldOf(line, 'http/json', {})];
  expect([...one.names]).not.toEqual([...two.names]);
});

test('a meter provider that throws is an option that cannot be used', () => {
  const getMeter = () => {
    throw new Error('of the app');
  };
  expect(faultsOf({ meterProvider: { getMeter } })).toEqual([
    {
      path: 'options.meterProvider',
      expected: 'a MeterProvider that gives a meter with instruments',
      got: 'one that throws',
    },
  ]);
});

test('a meter that throws takes no span with it', async () => {
  const receiver = await start('http/protobuf', {});
  const instrument = {
    add() {
      throw new Error('of the app');
    },
    record() {
      throw new Error('of the app');
    },
  };
  const create = () => instrument;
  const meter = { createCounter: create, createUpDownCounter: create, createHistogram: create };
  const exporter = connect({ url: receiver.url, meterProvider: { getMeter: () => meter } });
  expect((await exportOnce(exporter)).code).toBe(0);
});
