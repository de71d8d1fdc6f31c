import type { MeterProvider, ObservableResult } from './meter.js';
import type { SpanProcessorCounters } from './span-counters.js';

type SpanCount = keyof SpanProcessorCounters['spans'];

const descriptions: { readonly [count in SpanCount]: string } = {
  started: 'Spans that were seen starting',
  ended: 'Spans that were seen ending',
  masked: 'Spans that went through the masker',
  sensitive: 'Spans that were masked down to their structure because of a sensitive service',
  blanked: 'Spans that left without content because masking failed',
  lost: 'Spans that could not leave because not even their ids could be read',
  evicted: 'Running spans of sensitive services that were forgotten as parents',
};

/**
 * Reports the counters as OpenTelemetry metrics. `spanseal.spans.started`, `.ended`, `.masked`, `.sensitive`, `.blanked`,
 * `.lost` and `.evicted` count `{span}`; `spanseal.values`, `spanseal.values.masked` and `spanseal.limits` count `{value}`;
 * `spanseal.hits` counts `{hit}` by `spanseal.rule` and `spanseal.field`, `spanseal.faults` counts `{fault}` by `spanseal.fault.kind`.
 *
 * @throws what the meter provider throws.
 */
export function reportMetrics(meterProvider: MeterProvider, read: () => SpanProcessorCounters): void {
  const meter = meterProvider.getMeter('@spanseal/span-processor');
  const report = (name: string, [unit, description]: Caption, observe: Observe) => {
    const counter = meter.createObservableCounter(name, { description, unit });
    counter.addCallback((result) => observe(result, read()));
  };
  for (const [count, description] of Object.entries(descriptions) as [SpanCount, string][]) {
    report(`spanseal.spans.${count}`, ['{span}', description], (result, { spans }) =>
      result.observe(spans[count]),
    );
  }
  report('spanseal.values', ['{value}', 'Values that were looked at'], (result, { masker }) =>
    result.observe(masker.values),
  );
  report('spanseal.values.masked', ['{value}', 'Values that came out changed'], (result, { masker }) =>
    result.observe(masker.masked),
  );
  report('spanseal.limits', ['{value}', 'Limits that were reached'], (result, { masker }) =>
    result.observe(masker.limits),
  );
  report('spanseal.hits', ['{hit}', 'Hits by rule and field'], observeHits);
  report('spanseal.faults', ['{fault}', 'Faults inside the masking of spans'], observeFaults);
}

type Caption = readonly [unit: string, description: string];
type Observe = (result: ObservableResult, counters: SpanProcessorCounters) => void;

function observeHits(result: ObservableResult, { masker }: SpanProcessorCounters): void {
  for (const [field, byRule] of Object.entries(masker.hitsByField)) {
    for (const [rule, hits] of Object.entries(byRule)) {
      result.observe(hits, { 'spanseal.rule': rule, 'spanseal.field': field });
    }
  }
}

function observeFaults(result: ObservableResult, { faults, masker }: SpanProcessorCounters): void {
  result.observe(faults.masking, { 'spanseal.fault.kind': 'masking' });
  result.observe(faults.next, { 'spanseal.fault.kind': 'next' });
  result.observe(faults.inPlace, { 'spanseal.fault.kind': 'in_place' });
  result.observe(masker.faults, { 'spanseal.fault.kind': 'masker' });
}
