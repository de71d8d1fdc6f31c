import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { CollectingExporter, type LineSpanProcessor, loadLine } from '@spanseal/test-kit';
import { guard, guardedProviders } from '../src/index.js';

// Providers that show a part of what they do: what they hide must not be taken for nothing.

const line = loadLine('2.12');
/** What the API registers: the tests' own types do not have it. */
const { ProxyTracerProvider } = line.api as unknown as {
  ProxyTracerProvider: new () => HidingProvider & { getDelegate(): object; setDelegate(given: object): void };
};
const secret = ['hunter2', 'hunter2'].join('-');

let stderr: ReturnType<typeof jest.spyOn>;
beforeEach(() => {
  stderr = jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
});
afterEach(() => stderr.mockRestore());

/** A provider with processors in a private field, which it takes later, too. */
class HidingProvider {
  readonly #processors = new Set<LineSpanProcessor>();
  readonly #inner = line.createProvider({
    spanProcessors: [
      {
        onStart: (span, context) => this.#each((processor) => processor.onStart(span, context)),
        onEnd: (span) => this.#each((processor) => processor.onEnd(span)),
        forceFlush: async () => undefined,
        shutdown: async () => undefined,
      },
    ],
  });
  #each(call: (processor: LineSpanProcessor) => void) {
    for (const processor of this.#processors) call(processor);
  }
  getTracer(name: string) {
    return this.#inner.getTracer(name);
  }
  addSpanProcessor(processor: LineSpanProcessor) {
    this.#processors.add(processor);
  }
}

function endSpan(provider: { getTracer(name: string): ReturnType<HidingProvider['getTracer']> }) {
  const span = provider.getTracer('t').startSpan('s');
  span.setAttribute('password', secret);
  span.end();
}

describe('a provider that hides processors', () => {
  const fields: [string, () => object][] = [
    ['and takes others', () => ({})],
    ['and holds the API', () => ({ api: line.api.trace })],
    ['and holds a provider that does nothing', () => ({ fallback: new ProxyTracerProvider() })],
    ['and holds a list that is none of processors', () => ({ _processors: new Set() })],
  ];

  test.each(fields)('%s has its spans masked, those of processors from before and after', (_, members) => {
    const exporter = new CollectingExporter();
    const provider = Object.assign(new HidingProvider(), members());
    provider.addSpanProcessor(line.simpleProcessor(exporter));
    expect(guard(provider)).toBe(true);
    endSpan(provider);
    provider.addSpanProcessor(line.simpleProcessor(exporter));
    endSpan(provider);
    expect(exporter.spans).toHaveLength(3);
    for (const { attributes } of exporter.spans) expect(attributes).toEqual({ password: '****' });
    expect(guardedProviders().at(-1)).toMatchObject({ mode: 'spans', processors: 0 });
  });

  test('and shows them once it has some gives them masked copies', () => {
    const exporter = new CollectingExporter();
    class LateProvider extends HidingProvider {
      processors: LineSpanProcessor[] = [];
      override addSpanProcessor(processor: LineSpanProcessor) {
        this.processors.push(processor);
        super.addSpanProcessor(processor);
      }
    }
    const provider = new LateProvider();
    guard(provider);
    provider.addSpanProcessor(line.simpleProcessor(exporter));
    endSpan(provider);
    expect(exporter.spans.map(({ attributes }) => attributes)).toEqual([{ password: '****' }]);
    expect(guardedProviders().at(-1)).toMatchObject({ mode: 'processors', processors: 1 });
  });

  test('is guarded behind the proxy of the API, too, and nothing is put on what does nothing', () => {
    const exporter = new CollectingExporter();
    const proxy = new ProxyTracerProvider();
    const nothing = proxy.getDelegate();
    expect(guard(proxy)).toBe(true);
    expect(Object.getOwnPropertyNames(nothing)).toEqual([]);
    const provider = new HidingProvider();
    provider.addSpanProcessor(line.simpleProcessor(exporter));
    const other = new ProxyTracerProvider();
    other.setDelegate(provider);
    expect(guard(other)).toBe(true);
    endSpan(other);
    expect(exporter.spans.map(({ attributes }) => attributes)).toEqual([{ password: '****' }]);
  });
});

test.each<[string, (composite: Record<string, unknown>) => void]>([
  ['a member of its own', (composite) => Object.assign(composite, { label: 'x' })],
  [
    'a method that somebody wrapped',
    (composite) => {
      const flush = composite['forceFlush'] as () => unknown;
      composite['forceFlush'] = () => flush.call(composite);
    },
  ],
])('a processor that is put into a list later is guarded, though the list got %s', (_, change) => {
  const exporters = [new CollectingExporter(), new CollectingExporter()] as const;
  const provider = line.createProvider({ spanProcessors: [line.simpleProcessor(exporters[0])] });
  guard(provider);
  const composite = Reflect.get(provider, '_activeSpanProcessor') as Record<string, unknown>;
  change(composite);
  (composite['_spanProcessors'] as unknown[]).push(line.simpleProcessor(exporters[1]));
  endSpan(provider as never);
  for (const { spans } of exporters)
    expect(spans.map(({ attributes }) => attributes)).toEqual([{ password: '****' }]);
});
