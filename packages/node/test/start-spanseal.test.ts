import { afterEach, describe, expect, test } from '@jest/globals';
import { type LineProvider, loadLine } from '@spanseal/test-kit';
import { guardedProviders, NodeError, startSpanseal } from '../src/index.js';
import { canaryExport } from './canary-export.js';

const line = loadLine('3.1');
const trace = line.api.trace as unknown as {
  setGlobalTracerProvider(provider: LineProvider): boolean;
  getTracerProvider(): LineProvider;
  disable(): void;
};
const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

afterEach(() => trace.disable());

// What is watched once stays watched: the order of these counts.
describe('startSpanseal()', () => {
  test('refuses options that cannot be used, and a policy with faults, before it does anything', () => {
    expect(() => startSpanseal({ polcy: {} } as never)).toThrow(NodeError);
    expect(() => startSpanseal({ policy: { keys: ['('] } })).toThrow(
      expect.objectContaining({ code: 'ERR_SPANSEAL_POLICY' }),
    );
  });

  test('does nothing when it is disabled', async () => {
    expect(startSpanseal({ env: { SPANSEAL_DISABLED: 'true' } })).toBe(false);
    const { provider, endSpan, leaks } = canaryExport(line);
    trace.setGlobalTracerProvider(provider);
    endSpan();
    await settle();
    expect(leaks()).not.toEqual([]);
  });

  test('guards what is registered already and what comes later, by the options of the first start', async () => {
    const early = canaryExport(line);
    trace.setGlobalTracerProvider(early.provider);
    expect(startSpanseal({ policy: { extends: ['default'], mask: '[first]' } })).toBe(true);
    expect(startSpanseal({ policy: { extends: [] } })).toBe(false);
    early.endSpan();
    trace.disable();
    const late = canaryExport(line);
    trace.setGlobalTracerProvider(late.provider);
    late.endSpan();
    await settle();
    for (const { exporter, leaks } of [early, late]) {
      expect(leaks()).toEqual([]);
      expect(JSON.stringify(exporter.spans[0]?.attributes)).toContain('[first]');
    }
    expect(guardedProviders()).toEqual([
      { mode: 'processors', processors: 1, sealed: 0, unsealed: 0, exporterless: 0 },
      { mode: 'processors', processors: 1, sealed: 0, unsealed: 0, exporterless: 0 },
    ]);
  });
});
