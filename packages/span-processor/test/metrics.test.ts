import { describe, expect, test } from '@jest/globals';
import { createCanary, loadLines } from '@spanseal/test-kit';
import { guardedLine } from './guarded-line.js';

describe.each(loadLines())('metrics on SDK $name', (line) => {
  test('are the counters, with names and counts only', async () => {
    const { MeterProvider, MetricReader } = line.metrics;
    class Reader extends MetricReader {
      onShutdown = async (): Promise<void> => {};
      onForceFlush = async (): Promise<void> => {};
    }
    const reader = new Reader();
    const meterProvider = new MeterProvider({ readers: [reader] });
    const secret = createCanary('attributeValue', 'email');
    const { start } = guardedLine(line, { meterProvider });
    start('work', { attributes: { note: secret.text } }).end();
    const broken = start('work');
    Object.defineProperty(broken.attributes, 'x', {
      get: () => {
        throw new Error('planted');
      },
      enumerable: true,
    });
    broken.end();
    start('still running');
    const { resourceMetrics, errors } = await reader.collect();
    expect(errors).toEqual([]);
    const points = (resourceMetrics.scopeMetrics[0]?.metrics ?? []).flatMap(({ descriptor, dataPoints }) =>
      dataPoints.map(({ attributes, value }) => [
        [descriptor.name, ...Object.values(attributes)].join(' '),
        value,
      ]),
    );
    expect(Object.fromEntries(points)).toMatchObject({
      'spanseal.spans.started': 3,
      'spanseal.spans.ended': 2,
      'spanseal.spans.masked': 1,
      'spanseal.spans.sensitive': 0,
      'spanseal.spans.blanked': 1,
      'spanseal.spans.lost': 0,
      'spanseal.spans.evicted': 0,
      'spanseal.faults masking': 1,
      'spanseal.faults next': 0,
      'spanseal.faults in_place': 0,
      'spanseal.faults masker': 0,
    });
    const hits = points.filter(([name]) => String(name).startsWith('spanseal.hits '));
    expect(hits.length).toBeGreaterThan(0);
    for (const [name] of hits)
      expect(name).toMatch(/^spanseal\.hits \S+ (?:span|event|status|resource|scope)\.\w+$/);
    expect(JSON.stringify(resourceMetrics)).not.toContain(secret.secret);
  });
});
