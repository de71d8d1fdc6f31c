import { CollectingExporter, type LineReadableSpan, type SdkLine } from '@spanseal/test-kit';

/** Spans of a line, as an exporter gets them. */
export function spansOf(
  line: SdkLine,
  attributes: Record<string, unknown> = {},
  count = 1,
): LineReadableSpan[] {
  const collected = new CollectingExporter();
  const provider = line.createProvider({
    spanProcessors: [line.simpleProcessor(collected)],
    resource: { 'service.name': 's' },
  });
  for (let index = 0; index < count; index++) {
    const span = provider.getTracer('app').startSpan(`span ${index}`);
    for (const [key, value] of Object.entries(attributes))
      Object.assign(span, { attributes: { ...Reflect.get(span, 'attributes'), [key]: value } });
    span.end();
  }
  return collected.spans;
}
