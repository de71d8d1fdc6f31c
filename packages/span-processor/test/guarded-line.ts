import { createMasker, type Masker } from '@spanseal/mask';
import {
  CollectingExporter,
  type LineAttributes,
  type LineProvider,
  type LineReadableSpan,
  type LineSpan,
  type SdkLine,
} from '@spanseal/test-kit';
import { MaskingSpanProcessor, type MaskingSpanProcessorOptions } from '../src/index.js';

/** A provider whose only exporter stands behind a MaskingSpanProcessor. */
export interface GuardedLine {
  readonly exporter: CollectingExporter;
  readonly processor: MaskingSpanProcessor;
  readonly provider: LineProvider;
  start(name: string, options?: StartOptions): LineSpan & LineReadableSpan;
}

export interface StartOptions {
  readonly attributes?: LineAttributes;
  readonly parent?: LineSpan;
}

export function guardedLine(
  line: SdkLine,
  options: MaskingSpanProcessorOptions & { resource?: LineAttributes } = {},
): GuardedLine {
  const { resource = {}, ...processorOptions } = options;
  const exporter = new CollectingExporter();
  const processor = new MaskingSpanProcessor(line.simpleProcessor(exporter), processorOptions);
  const provider = line.createProvider({ spanProcessors: [processor], resource });
  const tracer = provider.getTracer('test', '1.2.3');
  const { trace, ROOT_CONTEXT } = line.api;
  return {
    exporter,
    processor,
    provider,
    start: (name, { attributes = {}, parent } = {}) =>
      tracer.startSpan(
        name,
        { attributes },
        parent === undefined ? ROOT_CONTEXT : trace.setSpan(ROOT_CONTEXT, parent),
      ),
  };
}

/** The masker of the presets `default` and `aws`, with some of its methods replaced. */
export function maskerWith(methods: Partial<Masker>): Masker {
  const masker = createMasker({ extends: ['default', 'aws'] });
  return {
    text: (value) => masker.text(value),
    attribute: (key, value) => masker.attribute(key, value),
    attributes: (attributes) => masker.attributes(attributes),
    sensitiveService: (attributes) => masker.sensitiveService(attributes),
    explain: (key, value) => masker.explain(key, value),
    counters: () => masker.counters(),
    ...methods,
  };
}

export function fail(): never {
  throw new Error('planted');
}
