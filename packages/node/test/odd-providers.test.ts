import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { loadLine } from '@spanseal/test-kit';
import { guard, guardedProviders } from '../src/index.js';
import { canaryExport } from './canary-export.js';

const line = loadLine('2.12');
const secret = ['hunter2', 'hunter2'].join('-');
const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

const printed: string[] = [];
let stderr: ReturnType<typeof jest.spyOn>;
beforeEach(() => {
  printed.length = 0;
  stderr = jest.spyOn(process.stderr, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
});
afterEach(() => stderr.mockRestore());

const context = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 };

/** A span with its content in fields of its own, as all SDKs of OpenTelemetry have it. */
class OpenSpan {
  name = 'GET /';
  kind = 0;
  attributes: Record<string, unknown> = {};
  events: unknown[] = [];
  links: unknown[] = [];
  status: { code: number; message?: string } = { code: 0 };
  startTime = [1, 0];
  endTime = [2, 0];
  duration = [1, 0];
  resource = { attributes: { 'deployment.note': `password=${secret}` } };
  instrumentationScope = { name: 'odd' };
  droppedAttributesCount = 0;
  droppedEventsCount = 0;
  droppedLinksCount = 0;
  readonly #exported: unknown[];
  constructor(exported: unknown[]) {
    this.#exported = exported;
  }
  spanContext = () => context;
  isRecording = () => true;
  setAttribute(key: string, value: unknown) {
    this.attributes[key] = value;
    return this;
  }
  end() {
    const { name, attributes, status, resource } = this;
    this.#exported.push(
      JSON.parse(JSON.stringify({ name, attributes, status, resource: resource.attributes })),
    );
  }
}

/** A span that shows what it holds and keeps it elsewhere. */
class ClosedSpan {
  readonly #attributes: Record<string, unknown> = {};
  readonly #exported: unknown[];
  constructor(exported: unknown[]) {
    this.#exported = exported;
  }
  get attributes() {
    return { ...this.#attributes };
  }
  spanContext = () => context;
  isRecording = () => true;
  setAttribute(key: string, value: unknown) {
    this.#attributes[key] = value;
    return this;
  }
  end() {
    this.#exported.push(this.#attributes);
  }
}

type AnySpan = { setAttribute(key: string, value: unknown): unknown; end(): void };

/** A provider that no processor of can be found. */
class OddProvider {
  readonly #make: () => AnySpan;
  constructor(make: () => AnySpan) {
    this.#make = make;
  }
  getTracer(_name: string) {
    return new OddTracer(this.#make);
  }
}

class OddTracer {
  readonly #make: () => AnySpan;
  constructor(make: () => AnySpan) {
    this.#make = make;
  }
  startSpan(_name: string): AnySpan {
    return this.#make();
  }
  startActiveSpan<T>(name: string, callback: (span: AnySpan) => T): T {
    return callback(this.startSpan(name));
  }
}

describe('a provider whose processors cannot be found', () => {
  test('has its spans masked in place as they end, those of earlier tracers too', () => {
    const exported: { attributes: Record<string, unknown> }[] = [];
    const provider = new OddProvider(() => new OpenSpan(exported) as never);
    const early = provider.getTracer('early');
    expect(guard(provider)).toBe(true);
    for (const tracer of [early, provider.getTracer('late')]) {
      const span = tracer.startSpan('s');
      span.setAttribute('password', secret);
      span.end();
      tracer.startActiveSpan('s', (active) => {
        active.setAttribute('note', `token=${secret}`);
        active.end();
      });
    }
    expect(exported).toHaveLength(4);
    expect(JSON.stringify(exported)).not.toContain(secret);
    expect(exported[0]).toMatchObject({ name: 'GET /', attributes: { password: '****' } });
    expect(guardedProviders().at(-1)).toMatchObject({ mode: 'spans', processors: 0 });
    expect(printed.join('')).toContain('spanseal: warn: a tracer provider has a shape that is not known');
  });

  test('is closed when its spans hold their content elsewhere: they never end, and that is said once', () => {
    const exported: unknown[] = [];
    const provider = new OddProvider(() => new ClosedSpan(exported));
    guard(provider);
    for (let count = 0; count < 3; count += 1) {
      const span = provider.getTracer('t').startSpan('s');
      span.setAttribute('password', secret);
      span.end();
    }
    expect(exported).toEqual([]);
    expect(guardedProviders().at(-1)?.mode).toBe('closed');
    const said = printed.filter((text) => text.includes('public fields'));
    expect(said).toEqual([
      'spanseal: error: a span does not hold its content in public fields: it is not exported\n',
    ]);
    expect(printed.join('')).not.toContain(secret);
  });

  test('gives spans that go nowhere for spans that cannot be changed', () => {
    const exported: unknown[] = [];
    const provider = new OddProvider(() => Object.freeze(new OpenSpan(exported)) as never);
    guard(provider);
    const tracer = provider.getTracer('t');
    const span = tracer.startSpan('s') as AnySpan & { spanContext(): unknown; isRecording(): boolean };
    expect(span.setAttribute('password', secret)).toBe(span);
    span.end();
    expect([span.spanContext(), span.isRecording()]).toEqual([context, false]);
    tracer.startActiveSpan('s', (active) => active.end());
    expect(exported).toEqual([]);
  });

  test('works with tracers that cannot be changed', () => {
    const exported: unknown[] = [];
    const provider = {
      getTracer: () => Object.freeze({ startSpan: () => new OpenSpan(exported) as never as AnySpan }),
    };
    guard(provider);
    const span = provider.getTracer().startSpan();
    span.setAttribute('password', secret);
    span.end();
    expect(exported).toMatchObject([{ attributes: { password: '****' } }]);
  });

  test('is guarded where it, or what it gives, is a function', () => {
    const exported: unknown[] = [];
    const startSpan = () => new OpenSpan(exported) as never as AnySpan;
    const getTracer = () => Object.assign(() => undefined, { startSpan });
    for (const provider of [{ getTracer }, Object.assign(() => undefined, { getTracer })]) {
      expect(guard(provider)).toBe(true);
      const span = provider.getTracer().startSpan();
      span.setAttribute('password', secret);
      span.end();
    }
    expect(exported).toHaveLength(2);
    expect(JSON.stringify(exported)).not.toContain(secret);
  });

  test('is refused when it cannot be changed at all', () => {
    const provider = Object.freeze({ getTracer: () => ({}) });
    expect([guard(provider), guard(provider)]).toEqual([false, false]);
    expect(guardedProviders().at(-1)?.mode).toBe('closed');
    expect(printed.join('')).toContain('cannot be guarded (TypeError): it is not used');
  });

  test('lets spans that do not record be', () => {
    let ends = 0;
    const noop = { spanContext: () => context, isRecording: () => false, end: () => (ends += 1) };
    const provider = { getTracer: () => ({ startSpan: () => noop }) };
    guard(provider);
    provider.getTracer().startSpan().end();
    expect(ends).toBe(1);
    expect(printed).toEqual([]);
  });
});

describe('a provider of another shape', () => {
  test('never throws into the app, whatever its processors and spans do', async () => {
    const { provider, exporter } = canaryExport(line, (exp) => [
      {
        onStart: () => {
          throw new Error('onStart');
        },
        onEnd: () => {
          throw new Error('onEnd');
        },
        forceFlush: async () => undefined,
        shutdown: async () => undefined,
      },
      line.simpleProcessor(exp),
    ]);
    guard(provider);
    const span = provider.getTracer('t').startSpan('s');
    Object.defineProperty(span, 'attributes', {
      get() {
        throw new Error(secret);
      },
    });
    expect(() => span.end()).not.toThrow();
    await settle();
    expect(exporter.spans).toMatchObject([{ attributes: { 'spanseal.masked': 'fault' } }]);
    expect(printed.join('')).not.toContain(secret);
  });

  test('is guarded behind one that hands on to it', async () => {
    const { provider, endSpan, leaks, exporter } = canaryExport(line);
    const outer = { inner: provider, getTracer: (name: string) => provider.getTracer(name) };
    expect(guard(outer)).toBe(true);
    endSpan();
    await settle();
    expect(exporter.spans).toHaveLength(1);
    expect(leaks()).toEqual([]);
  });

  test('is guarded beside members that throw when they are looked at', async () => {
    const { provider, endSpan, leaks, exporter } = canaryExport(line);
    const hostile = new Proxy(
      {},
      {
        get: () => {
          throw new Error(secret);
        },
      },
    );
    Object.assign(provider, { hostile });
    expect(guard(provider)).toBe(true);
    endSpan();
    await settle();
    expect(exporter.spans).toHaveLength(1);
    expect(leaks()).toEqual([]);
    expect(printed).toEqual([]);
  });

  test('is guarded where a processor cannot be changed, but its place can', async () => {
    const { provider, endSpan, leaks, exporter } = canaryExport(line, (exp) => [
      Object.freeze(line.simpleProcessor(exp)),
    ]);
    guard(provider);
    endSpan();
    await settle();
    expect(exporter.spans).toHaveLength(1);
    expect(leaks()).toEqual([]);
    await provider.shutdown();
    expect(exporter.shutdowns).toBe(1);
  });

  test('throws nothing into the app where a processor that cannot be changed throws as a span is about to end', async () => {
    const { provider, endSpan, exporter } = canaryExport(line, (exp) => {
      const onEnding = () => {
        throw new Error('of the processor');
      };
      return [Object.freeze(Object.assign(line.simpleProcessor(exp), { onEnding }))];
    });
    guard(provider);
    expect(endSpan).not.toThrow();
    await settle();
    expect(exporter.spans).toHaveLength(1);
  });

  // The last one here: tracers of this SDK mask from now on, too.
  test('is masked in place where neither can be changed', async () => {
    const { provider, endSpan, leaks, exporter } = canaryExport(line, (exp) => [
      Object.freeze(line.simpleProcessor(exp)),
    ]);
    const { _activeSpanProcessor } = provider as unknown as {
      _activeSpanProcessor: { _spanProcessors: object };
    };
    Object.freeze(_activeSpanProcessor._spanProcessors);
    guard(provider);
    endSpan();
    await settle();
    expect(exporter.spans).toHaveLength(1);
    expect(leaks()).toEqual([]);
  });
});

describe('the light SDK of the AWS distribution', () => {
  const exported: Record<string, unknown>[] = [];

  class LightSpan {
    _name = 'GET /';
    _attributes: Record<string, unknown> = {};
    _events = [{ name: `token=${secret}`, timestamp: 7n, attributes: { password: secret } }];
    readonly provider: LightProvider;
    readonly startTime = 5n;
    endTime: bigint | undefined;
    constructor(provider: LightProvider) {
      this.provider = provider;
    }
    get name() {
      return this._name;
    }
    get parent() {
      return { ...context, spanId: 'c'.repeat(16) };
    }
    get kind() {
      return 2;
    }
    get resource() {
      return this.provider._resource;
    }
    get instrumentationScope() {
      return { name: 'light', version: '', schemaUrl: '', attributes: { password: secret } };
    }
    get attributes() {
      return this._attributes;
    }
    get status() {
      return { code: 2, message: `password=${secret}` };
    }
    get events() {
      return this._events;
    }
    spanContext() {
      return context;
    }
    setAttribute(key: string, value: unknown) {
      this._attributes[key] = value;
      return this;
    }
    end() {
      this.endTime = 9n;
      this.provider.onEnd(this);
    }
  }

  class LightProcessor {
    _exporter = {
      export: (spans: object[]) => exported.push(...(spans as never[])) > 0,
      shutdown: () => undefined,
    };
    _spans: object[] = [];
    onStart(span: LightSpan) {
      span.setAttribute('aws.is.local.root', true);
    }
    onEnd(span: object) {
      this._spans.push(span);
    }
    forceFlush(): boolean {
      this._exporter.export(this._spans);
      this._spans = [];
      return true;
    }
    shutdown() {}
  }

  class LightProvider {
    _spanProcessors: LightProcessor[] = [];
    _resource: Record<string, string> = { 'service.name': 'fn', password: secret };
    addSpanProcessor(processor: LightProcessor) {
      this._spanProcessors.push(processor);
    }
    getTracer(_name: string) {
      return { startSpan: () => this.start(new LightSpan(this)) };
    }
    start(span: LightSpan) {
      for (const processor of this._spanProcessors) processor.onStart(span);
      return span;
    }
    onStart() {}
    onEnd(span: LightSpan) {
      for (const processor of this._spanProcessors) processor.onEnd(span);
    }
    forceFlush() {
      for (const processor of this._spanProcessors) processor.forceFlush();
      return true;
    }
  }

  const run = (provider: LightProvider) => {
    const span = provider.getTracer('t').startSpan();
    span.setAttribute('password', secret).setAttribute('faas.id', 'fn');
    span.end();
  };

  test.each(['before', 'after', 'in the queue of'])(
    'gets masked copies in its own shape, guarded %s its processor',
    (when) => {
      exported.length = 0;
      const provider = new LightProvider();
      if (when === 'before') guard(provider);
      provider.addSpanProcessor(new LightProcessor());
      if (when === 'after') guard(provider);
      run(provider);
      if (when === 'in the queue of') guard(provider);
      expect(provider.forceFlush()).toBe(true);
      expect(exported).toHaveLength(1);
      const [span] = exported;
      const text = JSON.stringify(span, (_, value: unknown) =>
        typeof value === 'bigint' ? String(value) : value,
      );
      expect(text).not.toContain(secret);
      expect(span).toMatchObject({
        name: 'GET /',
        kind: 2,
        parent: { spanId: 'c'.repeat(16) },
        startTime: 5n,
        endTime: 9n,
        attributes: { password: '****', 'faas.id': 'fn', 'aws.is.local.root': true },
        resource: { 'service.name': 'fn', password: '****' },
        events: [{ name: 'token=****', timestamp: 7n, attributes: { password: '****' } }],
      });
    },
  );
});
