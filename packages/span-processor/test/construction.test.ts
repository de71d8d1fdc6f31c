import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { createMasker, PolicyError, SpansealError } from '@spanseal/mask';
import { CollectingExporter, createCanary, loadLines, toThrowWithCode } from '@spanseal/test-kit';
import { MaskingSpanProcessor, SpanProcessorError } from '../src/index.js';
import { maskerWith } from './guarded-line.js';

expect.extend({ toThrowWithCode });

const make = (...parameters: unknown[]) => Reflect.construct(MaskingSpanProcessor, parameters);
const code = 'ERR_SPANSEAL_SPAN_PROCESSOR';

describe('a MaskingSpanProcessor', () => {
  test.each<[string, unknown[], string]>([
    [
      'an unknown option',
      [undefined, { polcy: {} }],
      'polcy: expected one of policy, masker, meterProvider, got an unknown option',
    ],
    [
      'a policy beside a masker',
      [undefined, { policy: {}, masker: createMasker() }],
      'policy: expected nothing beside a masker',
    ],
    [
      'options in the place of next',
      [{ policy: {} }],
      'next: expected an object with the methods onStart, onEnd, forceFlush, shutdown, got options: they are the second parameter',
    ],
    [
      'an exporter in the place of next',
      [{ export: () => undefined, forceFlush: async () => undefined, shutdown: async () => undefined }],
      'next: expected an object with the methods onStart, onEnd, forceFlush, shutdown, got a span exporter: give it to a BatchSpanProcessor, and that here',
    ],
    [
      'next that lacks methods',
      [{ onStart: () => undefined, onEnd: () => undefined }],
      'next: expected an object with the methods onStart, onEnd, forceFlush, shutdown, got an object without forceFlush, shutdown',
    ],
    [
      'next that is null',
      [null],
      'next: expected an object with the methods onStart, onEnd, forceFlush, shutdown, got null',
    ],
    [
      'a masker that lacks a method',
      [undefined, { masker: { ...maskerWith({}), text: 1 } }],
      'masker: expected an object with the methods text, attributes, sensitiveService, counters, got an object without text',
    ],
    ['a meter provider that is a text', [undefined, { meterProvider: 'hunter2' }], 'got a string'],
    ['options that are null', [undefined, null], 'options: expected an object, got null'],
  ])('is refused %s', (_, parameters, message) => {
    expect(() => make(...parameters)).toThrowWithCode(SpanProcessorError, code);
    expect(() => make(...parameters)).toThrowWithCode(SpansealError, code);
    expect(() => make(...parameters)).toThrow(message);
    expect(() => make(...parameters)).not.toThrow('hunter2');
  });

  test('is refused everything that is wrong at once', () => {
    try {
      make(7, { polcy: {}, masker: [], meterProvider: {} });
    } catch (error) {
      if (!(error instanceof SpanProcessorError)) throw error;
      expect(error.faults.map(({ path, got }) => [path, got])).toEqual([
        ['next', 'a number'],
        ['polcy', 'an unknown option'],
        ['masker', 'an object without text, attributes, sensitiveService, counters'],
        ['meterProvider', 'an object without getMeter'],
      ]);
    }
    expect.assertions(1);
  });

  test('is refused a faulty policy by the masker', () => {
    expect(() => make(undefined, { policy: { nonsense: true } })).toThrowWithCode(
      PolicyError,
      'ERR_SPANSEAL_POLICY',
    );
  });

  test.each(loadLines())('shows no value when it is printed (SDK $name)', (line) => {
    const secret = createCanary('spanName', 'email');
    const processor = new MaskingSpanProcessor(line.simpleProcessor(new CollectingExporter()));
    const provider = line.createProvider({ spanProcessors: [processor], resource: { note: secret.text } });
    const span = provider.getTracer('t').startSpan(secret.text, { attributes: { plain: 'prod-db-admin' } });
    span.end();
    const printed = inspect(processor, { depth: 20, showHidden: true, getters: true });
    expect(printed).not.toContain(secret.secret);
    expect(printed).not.toContain('prod-db-admin');
    expect(JSON.stringify(processor.counters())).not.toContain('prod-db-admin');
  });
});
