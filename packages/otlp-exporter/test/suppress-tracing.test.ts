import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { context, diag } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { CollectingExporter, loadLine, startHttpReceiver } from '@spanseal/test-kit';
import { SigningSpanExporter } from '../src/index.js';
import { connect, keyRing, start } from './deliveries.js';
import { exportOnce, newSpans, protocols } from './receivers.js';

const line = loadLine('2.12');
/** Spans of the app. */
const collected = new CollectingExporter();
/** As the SDK's own exporters set it. */
const suppressed = Symbol.for('OpenTelemetry SDK Context Key SUPPRESS_TRACING');

interface Definition {
  readonly name: string;
  patch(exports: object): object;
  unpatch(exports: object): void;
}

/** Says of modules how they are instrumented; nothing of a jest sandbox is loaded so that it could be told by itself. */
class Instrumentation extends HttpInstrumentation {
  definition(): Definition | undefined {
    return (this.init() as unknown as Definition[]).find(({ name }) => name === 'http');
  }
}

let undo: () => void;
beforeAll(() => {
  expect(context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())).toBe(true);
  const instrumentation = new Instrumentation({ enabled: false });
  const provider = line.createProvider({ spanProcessors: [line.simpleProcessor(collected)] });
  instrumentation.setTracerProvider(provider as never);
  const definition = instrumentation.definition();
  const exports = require('node:http') as object;
  definition?.patch(exports);
  undo = () => definition?.unpatch(exports);
});
afterAll(() => {
  undo();
  context.disable();
  diag.disable();
});
afterEach(() => {
  collected.spans.length = 0;
});

async function askOnce(url: string): Promise<void> {
  await new Promise<void>((resolve) => {
    request(url, { method: 'POST' }, (response) => response.resume().on('end', resolve)).end();
  });
}

/** Waits, for some seconds at most. */
async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 4000;
  while (!holds() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(holds()).toBe(true);
}

/**
 * Client spans of requests to these URLs. There can be others: node:http is one module for all test files of a process, and what one of
 * them left running is not suppressed here.
 */
const clientSpans = (...urls: readonly { readonly url: string }[]) => {
  const ports = urls.map(({ url }) => new URL(url).port);
  const isOne = (text: string) => ports.some((port) => text.includes(port));
  const clients = collected.spans.filter(({ kind }) => kind === 2);
  return clients.filter(({ attributes }) => isOne(JSON.stringify(attributes))).length;
};

test('the app’s own requests are traced here', async () => {
  const receiver = await start('http/protobuf', {});
  await askOnce(receiver.url);
  expect(clientSpans(receiver)).toBe(1);
});

describe('requests of the exporter make no spans', () => {
  test('in an export that no processor began', async () => {
    const receiver = await start('http/protobuf', {});
    const exporter = connect({ url: receiver.url });
    expect((await exportOnce(exporter, newSpans(2))).code).toBe(0);
    await exporter.shutdown();
    expect(receiver.arrived()).toHaveLength(2);
    expect(clientSpans(receiver)).toBe(0);
    // What the app does in its callback is not the exporter's.
    await askOnce(receiver.url);
    expect(clientSpans(receiver)).toBe(1);
  });

  test('when they are sent again', async () => {
    const answer = (index: number) => (index === 0 ? ({ status: 503 } as const) : {});
    const receiver = await start('http/protobuf', { http: answer });
    await exportOnce(connect({ url: receiver.url }));
    expect(receiver.arrived()).toHaveLength(2);
    expect(clientSpans(receiver)).toBe(0);
  });

  test('for a checkpoint that a timer sends', async () => {
    const receiver = await start('http/protobuf', {});
    const exporter = connect({ url: receiver.url, checkpoints: { everySeconds: 1 } });
    await exportOnce(exporter);
    await until(() => receiver.arrived().length > 2);
    expect(clientSpans(receiver)).toBe(0);
  });

  test('nor does what a wrapped exporter sends for us', async () => {
    const seen: unknown[] = [];
    const inner = {
      export(_: unknown[], done: (result: { code: number }) => void) {
        seen.push(context.active().getValue(suppressed));
        done({ code: 0 });
      },
      shutdown: async () => undefined,
    };
    const exporter = new SigningSpanExporter(inner, { keyRing, checkpoints: { everySeconds: 1 } });
    await exportOnce(exporter as never);
    await until(() => seen.length > 1);
    await exporter.shutdown();
    expect(new Set(seen)).toEqual(new Set([true]));
  });

  test.each(protocols)('nor for what the function for headers does, over %s', async (protocol) => {
    const receiver = await start(protocol, {});
    const tokens = await startHttpReceiver();
    const seen: unknown[] = [];
    const headers = async () => {
      await askOnce(tokens.url);
      seen.push(context.active().getValue(suppressed));
      return { authorization: 'x' };
    };
    const exporter = connect({ url: receiver.url, protocol, headers });
    expect((await exportOnce(exporter)).code).toBe(0);
    await exporter.shutdown();
    await tokens.stop();
    expect(seen).toEqual([true, true]);
    expect(clientSpans(receiver, tokens)).toBe(0);
  });
});
