import { randomBytes } from 'node:crypto';
import { checkpointAttributeKey } from '@spanseal/otlp';
import {
  type Checkpoint,
  callApp,
  checkpointScopeName,
  checkpointSpanName,
  type Loss,
  type SpanSealer,
} from '@spanseal/seal';
import type { CheckedCheckpointSettings } from './checkpoint-settings.js';
import type { HrTime, InstrumentationScope, ReadableSpan, Resource } from './readable-span.js';
import { sealedMark } from './sealed-mark.js';

const scope: InstrumentationScope = { name: checkpointScopeName };
/** Checkpoints of which nobody knows whether they arrived, kept to be sent again: some 260,000 spans, four megabytes. */
const mostUndelivered = 2048;
/** Of those, how many are sent again with one export. */
const mostAgain = 64;
/** Spans that may wait for a checkpoint while exports before them are on their way. */
const mostUnanchored = 16_384;

/** What a checkpoint says beside the spans that it is about. */
export interface CheckpointStatement {
  readonly nowMillis: number;
  /** Spans that ended and were never sealed. */
  readonly unsealed: number;
  /** The first seq that is still on its way. */
  readonly before: number;
  readonly end: boolean;
}

/** Checkpoints on their way, as spans. */
export interface SentCheckpoints {
  /** How many of them are new. */
  readonly made: number;
  readonly checkpoints: readonly Checkpoint[];
  readonly spans: readonly ReadableSpan[];
}

/** Makes the checkpoint spans of one stream, and keeps what the next ones have to say and to repeat. */
export class CheckpointSpans {
  readonly #sealer: SpanSealer;
  readonly #settings: CheckedCheckpointSettings;
  #losses: Loss[] = [];
  /** With those on their way. */
  readonly #undelivered = new Set<Checkpoint>();
  #recent: Checkpoint[] = [];
  #lastMillis: number;
  /** Of a span that was exported: a checkpoint is of the same process. */
  #resource: Resource | undefined;

  constructor(sealer: SpanSealer, settings: CheckedCheckpointSettings, startMillis: number) {
    this.#sealer = sealer;
    this.#settings = settings;
    this.#lastMillis = startMillis;
  }

  /** Whether so many spans before that seq wait for a checkpoint that it is time for one. */
  isDue(before: number): boolean {
    const { sealed, unanchored } = this.#sealer;
    return Math.min(before, sealed) - (sealed - unanchored) >= this.#settings.everySpans;
  }

  /** Whether more spans wait for a checkpoint than should be kept. */
  get isFull(): boolean {
    return this.#sealer.unanchored > mostUnanchored;
  }

  /** Whether checkpoints can be made: before the first span nobody knows of which process they are. */
  get isReady(): boolean {
    return this.#resource !== undefined;
  }

  noteResource(resource: Resource): void {
    this.#resource = resource;
  }

  /** Sealed spans that may not have arrived: the next checkpoint says so. */
  lose(loss: Loss): void {
    if (loss.count > 0) this.#losses.push(loss);
  }

  /** The checkpoints that are due now, with those that have to be repeated. */
  take({ nowMillis, unsealed, before, end }: CheckpointStatement): SentCheckpoints {
    if (this.#resource === undefined) return { made: 0, checkpoints: [], spans: [] };
    const losses = this.#losses;
    const made = this.#sealer.checkpoint({ nowMillis, losses, unsealed, before, end });
    this.#losses = [];
    for (const checkpoint of made) callApp(() => this.#settings.onCheckpoint(checkpoint));
    const checkpoints = [...new Set([...made, ...this.#again(), ...this.#recent])];
    for (const checkpoint of made) this.#undelivered.add(checkpoint);
    for (const oldest of this.#undelivered) {
      if (this.#undelivered.size <= mostUndelivered) break;
      this.#undelivered.delete(oldest);
    }
    const { repeat } = this.#settings;
    this.#recent = repeat === 0 ? [] : [...this.#recent, ...made].slice(-repeat);
    return { made: made.length, checkpoints, spans: this.#spansOf(checkpoints, nowMillis) };
  }

  /** Whether there are checkpoints that have not arrived, as far as the exporter knows. */
  get isLate(): boolean {
    return this.#undelivered.size > 0;
  }

  /** Those that did not arrive, and nothing new: for a stream that has ended. */
  takeLate(nowMillis: number): SentCheckpoints {
    const checkpoints = this.#again();
    return { made: 0, checkpoints, spans: this.#spansOf(checkpoints, nowMillis) };
  }

  /** They arrived. Until then they are sent again with each of the next ones. */
  arrived({ checkpoints }: SentCheckpoints): void {
    for (const checkpoint of checkpoints) this.#undelivered.delete(checkpoint);
  }

  #again(): readonly Checkpoint[] {
    return [...this.#undelivered].slice(0, mostAgain);
  }

  #spansOf(checkpoints: readonly Checkpoint[], nowMillis: number): readonly ReadableSpan[] {
    const resource = this.#resource;
    if (resource === undefined) return [];
    const times: Times = { start: timeOf(this.#lastMillis), end: timeOf(nowMillis) };
    this.#lastMillis = Math.max(this.#lastMillis, nowMillis);
    return checkpoints.map(({ text }) => checkpointSpan(text, resource, times));
  }
}

interface Times {
  readonly start: HrTime;
  readonly end: HrTime;
}

function timeOf(millis: number): HrTime {
  return [Math.floor(millis / 1000), Math.round((millis % 1000) * 1e6)];
}

function checkpointSpan(text: string, resource: Resource, { start, end }: Times): ReadableSpan {
  const context = {
    traceId: randomBytes(16).toString('hex'),
    spanId: randomBytes(8).toString('hex'),
    traceFlags: 1,
  };
  return {
    ...sealedMark,
    name: checkpointSpanName,
    kind: 0,
    spanContext: () => context,
    startTime: start,
    endTime: end,
    status: { code: 0 },
    attributes: { [checkpointAttributeKey]: text },
    links: [],
    events: [],
    duration: durationOf(start, end),
    ended: true,
    resource,
    instrumentationScope: scope,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

function durationOf(start: HrTime, end: HrTime): HrTime {
  const nanos = (end[0] - start[0]) * 1e9 + end[1] - start[1];
  return nanos <= 0 ? [0, 0] : [Math.floor(nanos / 1e9), nanos % 1e9];
}
