import {
  type Canaries,
  CollectingExporter,
  canaryResource,
  createCanaries,
  findCanaries,
  type LineProvider,
  type LineSpanProcessor,
  type SdkLine,
  startCanarySpan,
} from '@spanseal/test-kit';

/** A provider of a line with an exporter that keeps what leaves, and canaries to put into its spans. */
export interface CanaryExport {
  readonly provider: LineProvider;
  readonly exporter: CollectingExporter;
  readonly canaries: Canaries;
  /** Ends a span with a canary in every place. */
  endSpan(): void;
  /** The places of the canaries that left so far, in either format. */
  leaks(): string[];
}

/** @param processors of the provider, by the exporter. Default: the SDK's simple processor. */
export function canaryExport(
  line: SdkLine,
  processors: (exporter: CollectingExporter) => LineSpanProcessor[] = (exporter) => [
    line.simpleProcessor(exporter),
  ],
): CanaryExport {
  const canaries = createCanaries();
  const exporter = new CollectingExporter();
  const provider = line.createProvider({
    spanProcessors: processors(exporter),
    resource: canaryResource(canaries),
  });
  return {
    ...{ provider, exporter, canaries },
    endSpan: () => startCanarySpan(line, provider, canaries).end(),
    leaks: () => {
      const bytes = Buffer.concat([exporter.toProtobuf(line), exporter.toJson(line)]);
      return findCanaries(bytes, canaries).map(({ place }) => place);
    },
  };
}

/** The private fields of a provider of the 2.x and 3.x lines. */
export function processorsOf(provider: LineProvider): LineSpanProcessor[] {
  const { _activeSpanProcessor } = provider as unknown as {
    _activeSpanProcessor: { _spanProcessors: LineSpanProcessor[] };
  };
  return _activeSpanProcessor._spanProcessors;
}
