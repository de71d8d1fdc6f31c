import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import {
  type Checkpoint,
  createKeyRing,
  createVerifier,
  generateSecret,
  type Report,
  type VerifierOptions,
} from '@spanseal/seal';
import { CollectingExporter, type LineReadableSpan, loadLines, type SdkLine } from '@spanseal/test-kit';
import {
  type CheckpointSettings,
  EndedSpans,
  ExporterError,
  SigningSpanExporter,
  type SigningSpanExporterOptions,
} from '../src/index.js';
import { spansOf } from './spans-of.js';

const keyRing = createKeyRing({ primary: { id: 'k', secret: generateSecret() } });
const none = (): void => undefined;

function verify(requests: readonly (Uint8Array | string)[], options: Partial<VerifierOptions> = {}): Report {
  const verifier = createVerifier({ keyRing, ...options });
  for (const request of requests) verifier.add(request);
  return verifier.finish();
}

function checkpointsIn(spans: readonly LineReadableSpan[]): number {
  return spans.filter(({ name }) => name === 'spanseal.checkpoint').length;
}

/** An exporter that does with each batch what it is told: delivers it, loses it, or delivers it and says that it failed. */
class UnreliableExporter extends CollectingExporter {
  readonly #fates: (() => 'deliver' | 'lose' | 'deny')[] = [];

  constructor(...fates: (() => 'deliver' | 'lose' | 'deny')[]) {
    super();
    this.#fates = fates;
  }

  override export(spans: LineReadableSpan[], done: (result: { code: number }) => void): void {
    const fate = (this.#fates.length > 1 ? this.#fates.shift() : this.#fates[0])?.() ?? 'deliver';
    if (fate === 'deliver') super.export(spans, done);
    else if (fate === 'deny') super.export(spans, () => done({ code: 1 }));
    else if (fate === 'lose') done({ code: 1 });
  }
}

describe.each(loadLines())('on the $name line', (line: SdkLine) => {
  const start = (inner: CollectingExporter, options: Partial<SigningSpanExporterOptions> = {}) =>
    new SigningSpanExporter<LineReadableSpan>(inner, { keyRing, ...options });
  const requests = (inner: CollectingExporter): (Uint8Array | string)[] => [
    inner.toProtobuf(line),
    Buffer.from(inner.toJson(line)).toString(),
  ];

  test('a stream that was shut down is complete, and without its end it is not', async () => {
    const inner = new CollectingExporter();
    const exporter = start(inner);
    exporter.export(spansOf(line, {}, 5), none);
    await exporter.shutdown();
    await exporter.shutdown();
    expect(checkpointsIn(inner.spans)).toBe(1);
    for (const request of requests(inner)) {
      expect(verify([request])).toMatchObject({
        result: 'intact',
        streams: [{ verdict: 'complete', spans: 5, checkpoints: 1 }],
      });
    }
    inner.spans.pop();
    for (const request of requests(inner)) {
      expect(verify([request])).toMatchObject({ result: 'incomplete', streams: [{ verdict: 'truncated' }] });
    }
  });

  test('the checkpoints about a batch come with the next one', async () => {
    const inner = new CollectingExporter();
    const made: Checkpoint[] = [];
    const checkpoints: CheckpointSettings = {
      everySpans: 4,
      repeat: 0,
      onCheckpoint: (one) => made.push(one),
    };
    const exporter = start(inner, { checkpoints });
    exporter.export(spansOf(line, {}, 3), none);
    exporter.export(spansOf(line, {}, 3), none);
    expect(checkpointsIn(inner.spans)).toBe(0);
    exporter.export(spansOf(line, {}, 1), none);
    expect(checkpointsIn(inner.spans)).toBe(1);
    expect(made).toMatchObject([{ number: 0, first: 0, count: 6, end: false }]);
    await exporter.shutdown();
    expect(made[1]).toMatchObject({ number: 1, first: 6, count: 1, end: true });
    expect(exporter.counters()).toMatchObject({ sealed: 7, checkpoints: 2 });
  });

  test('a batch that failed is declared, whether it arrived or not', async () => {
    for (const fate of ['lose', 'deny'] as const) {
      const inner = new UnreliableExporter(
        () => 'deliver',
        () => fate,
        () => 'deliver',
      );
      const exporter = start(inner);
      for (let batch = 0; batch < 3; batch += 1) exporter.export(spansOf(line, {}, 2), none);
      await exporter.shutdown();
      const report = verify([inner.toProtobuf(line)]);
      expect(report.result).toBe('intact');
      expect(report.streams).toMatchObject([
        fate === 'lose'
          ? { verdict: 'declared-loss', spans: 4, missing: [], declared: [[2, 3]] }
          : { verdict: 'complete', spans: 6, missing: [] },
      ]);
    }
  });

  test('checkpoints that were lost with their batch come with the next one', async () => {
    const inner = new UnreliableExporter(
      () => 'lose',
      () => 'lose',
      () => 'lose',
      () => 'deliver',
    );
    const exporter = start(inner, { checkpoints: { everySpans: 2, repeat: 0 } });
    for (let batch = 0; batch < 4; batch += 1) exporter.export(spansOf(line, {}, 2), none);
    await exporter.shutdown();
    const report = verify([inner.toProtobuf(line)]);
    expect(report).toMatchObject({
      result: 'intact',
      streams: [{ verdict: 'declared-loss', checkpoints: 4, declared: [[0, 5]] }],
    });
  });

  test('an outage of any length is declared', async () => {
    let isDown = true;
    const inner = new UnreliableExporter(() => (isDown ? 'lose' : 'deliver'));
    const exporter = start(inner, { checkpoints: { everySpans: 2, repeat: 0 } });
    for (let batch = 0; batch < 150; batch += 1) exporter.export(spansOf(line, {}, 2), none);
    isDown = false;
    for (let batch = 0; batch < 5; batch += 1) exporter.export(spansOf(line, {}, 2), none);
    await exporter.shutdown();
    expect(verify([inner.toProtobuf(line)])).toMatchObject({
      result: 'intact',
      streams: [{ verdict: 'declared-loss', missing: [], declared: [[0, 299]] }],
    });
  });

  test('a last checkpoint that does not arrive at once is sent again', async () => {
    const inner = new UnreliableExporter(
      () => 'deliver',
      () => 'lose',
      () => 'deny',
      () => 'deliver',
    );
    const exporter = start(inner);
    exporter.export(spansOf(line, {}, 2), none);
    await exporter.shutdown();
    expect(verify([inner.toProtobuf(line)])).toMatchObject({
      result: 'intact',
      streams: [{ verdict: 'complete' }],
    });
  });

  test('an attribute of the app is never taken for a checkpoint', async () => {
    const inner = new CollectingExporter();
    const exporter = start(inner);
    exporter.export(spansOf(line, { 'spanseal.checkpoint': 'x', a: 1 }), none);
    await exporter.shutdown();
    expect(verify([inner.toProtobuf(line)])).toMatchObject({ result: 'intact', spans: { total: 1 } });
    expect(inner.spans[0]).toMatchObject({ attributes: { a: 1 }, droppedAttributesCount: 1 });
  });

  test('spans that a queue had no room for are counted at the end', async () => {
    const inner = new CollectingExporter();
    const endedSpans = new EndedSpans();
    const exporter = start(inner, { endedSpans });
    const provider = line.createProvider({
      spanProcessors: [endedSpans as never, line.batchProcessor(exporter as never, { maxQueueSize: 4 })],
      resource: { 'service.name': 's' },
    });
    for (let index = 0; index < 10; index += 1) provider.getTracer('app').startSpan('s').end();
    await provider.shutdown();
    expect(endedSpans.count).toBe(10);
    const { sealed } = exporter.counters();
    expect(sealed).toBeLessThan(10);
    expect(verify([inner.toProtobuf(line)]).streams).toMatchObject([{ unsealed: 10 - sealed }]);
  });
});

describe('without a span for a while', () => {
  const line = loadLines().at(-1);
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  test('a stream says in every epoch that it goes on', async () => {
    if (line === undefined) throw new Error('no SDK line');
    const inner = new CollectingExporter();
    const exporter = new SigningSpanExporter<LineReadableSpan>(inner, { keyRing });
    jest.advanceTimersByTime(900_000);
    expect(inner.spans).toHaveLength(0);
    exporter.export(spansOf(line), none);
    jest.advanceTimersByTime(900_000);
    // Each with the two before it.
    expect(checkpointsIn(inner.spans)).toBe(1 + 2 + 3);
    const request = inner.toProtobuf(line);
    const millis = Date.now();
    expect(verify([request], { nowMillis: millis + 590_000 })).toMatchObject({ result: 'intact' });
    expect(verify([request], { nowMillis: millis + 610_000 })).toMatchObject({
      result: 'incomplete',
      streams: [{ verdict: 'truncated' }],
    });
    jest.useRealTimers();
    await exporter.shutdown();
  });

  describe('while spans are on their way, which a process that dies would leave missing', () => {
    /** An exporter that answers when it is told to, and what its checkpoints are about. */
    function slowly(everySpans: number) {
      if (line === undefined) throw new Error('no SDK line');
      const inner = new CollectingExporter();
      const answers: ((arrives?: boolean) => void)[] = [];
      const made: Checkpoint[] = [];
      const slow = {
        export: (spans: LineReadableSpan[], done: (result: { code: number }) => void) => {
          answers.push((arrives = true) => (arrives ? inner.export(spans, done) : done({ code: 1 })));
        },
        shutdown: async () => undefined,
      };
      const checkpoints = {
        everySpans,
        onCheckpoint: (checkpoint: Checkpoint) => void made.push(checkpoint),
      };
      const exporter = new SigningSpanExporter<LineReadableSpan>(slow, { keyRing, checkpoints });
      const send = (count: number) => exporter.export(spansOf(line, {}, count), none);
      const covered = () => made.reduce((sum, { count }) => sum + count, 0);
      const end = async () => {
        jest.useRealTimers();
        const answering = setInterval(() => answers.shift()?.(), 1);
        await exporter.shutdown();
        clearInterval(answering);
      };
      return { inner, answers, made, send, covered, end };
    }

    test('a checkpoint of the clock is about none of them', async () => {
      const { answers, made, send, covered, end } = slowly(128);
      send(2);
      jest.advanceTimersByTime(600_000);
      expect([made.length > 0, covered()]).toEqual([true, 0]);
      answers.shift()?.();
      jest.advanceTimersByTime(300_000);
      expect(covered()).toBe(2);
      await end();
    });

    test('a checkpoint that leaves with other spans is about those before them alone', async () => {
      const { answers, send, covered, end } = slowly(4);
      send(3);
      send(5);
      send(5);
      expect(covered()).toBe(0);
      answers[1]?.();
      send(1);
      expect(covered()).toBe(0);
      answers[0]?.();
      send(1);
      expect(covered()).toBe(8);
      await end();
    });

    test('they are declared lost when too many spans wait for them, and what comes then is covered', async () => {
      const { inner, answers, send, covered, end } = slowly(128);

      send(1);
      for (let batch = 0; batch < 33; batch += 1) {
        send(512);
        for (const answer of answers.splice(1)) answer();
      }
      expect(covered()).toBeGreaterThan(16_384);
      answers.shift()?.(false);
      await end();
      const report = verify([inner.toProtobuf(line as SdkLine)]);
      expect(report).toMatchObject({
        result: 'intact',
        streams: [{ verdict: 'declared-loss', declared: [[0, 0]] }],
      });
      // Thousands of spans, on a machine that does other things as well.
    }, 60_000);
  });
});

test.each<[string, unknown]>([
  ['everySpans', { everySpans: 0 }],
  ['everySpans', { everySpans: 257 }],
  ['everySpans', { everySpans: '5' }],
  ['everySeconds', { everySeconds: 301 }],
  ['everySeconds', { everySeconds: 0.5 }],
  ['repeat', { repeat: -1 }],
  ['onCheckpoint', { onCheckpoint: 'file' }],
  ['every', { every: 5 }],
  ['checkpoints', 'yes'],
  ['checkpoints', null],
])('a fault of the option %s is named: %j', (name, checkpoints) => {
  const create = () =>
    new SigningSpanExporter(new CollectingExporter(), { keyRing, checkpoints: checkpoints as never });
  expect(create).toThrow(ExporterError);
  expect(create).toThrow(name);
});
