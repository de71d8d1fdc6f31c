import { ownText } from '@spanseal/otlp';
import { checkpointDigest, traceTagLength } from './checkpoint.js';
import type { SignedCheckpoint } from './checkpoint-text.js';
import { anchoredMark, type SealParts } from './seal-text.js';
import { SeenSpans } from './seen-spans.js';
import type { Surroundings } from './span-in-request.js';

/** What became of a sealed span that verified, beside the others of its stream. */
export type LedgerEntry = 'new' | 'duplicate' | 'replay' | 'conflict';

/** A span that verified. */
export interface VerifiedSpan {
  readonly around: Surroundings;
  readonly ids: SpanIds;
  readonly seal: SealParts;
}

/** The ids of a span, as bytes. */
export interface SpanIds {
  readonly traceId: Uint8Array;
  readonly spanId: Uint8Array;
}

/** A checkpoint that verified, with its hash, which the next one says. */
export interface SeenCheckpoint {
  readonly checkpoint: SignedCheckpoint;
  readonly digest: Uint8Array;
}

/** Which service a stream is of, as far as its spans say. */
export interface StreamOrigin {
  readonly service: string | undefined;
  readonly instance: string | undefined;
}

/** The spans and checkpoints of one stream that verified: only a MAC of its key gets in, so nobody without that key can write here. */
export class StreamLedger {
  readonly stream: string;
  readonly keyId: string;
  /** By seq. */
  readonly spans: SeenSpans = new SeenSpans();
  /** By number. */
  readonly checkpoints: Map<number, SeenCheckpoint> = new Map();
  /** Numbers that two different checkpoints have. */
  readonly forked: Set<number> = new Set();
  origin: StreamOrigin | undefined;
  /** Whether seals say that there are checkpoints. */
  anchored = false;
  /** The latest epoch of a span. */
  epoch = 0;
  #arrivals = 0;

  constructor(stream: string, keyId: string) {
    this.stream = stream;
    this.keyId = keyId;
  }

  /** Takes a verified span in. `window`: how many spans later the same span may still come again as a retry. */
  record({ around, ids, seal }: VerifiedSpan, window: number): LedgerEntry {
    const arrival = this.#arrivals++;
    const { seq, mac } = seal;
    const before = this.spans.get(seq);
    if (before !== undefined) {
      if (Buffer.compare(before.mac, mac) !== 0) return 'conflict';
      return arrival - before.arrival > window ? 'replay' : 'duplicate';
    }
    const { traceId, spanId } = ids;
    this.spans.add(seq, { mac, arrival, traceTag: traceId.subarray(-traceTagLength), spanId });
    this.origin ??= originOf(around);
    this.anchored ||= (seal.marks & anchoredMark) !== 0;
    this.epoch = Math.max(this.epoch, seal.epoch);
    return 'new';
  }

  /** Takes a verified checkpoint in; each one comes several times. */
  anchor(checkpoint: SignedCheckpoint, text: string): void {
    const digest = checkpointDigest(text);
    const before = this.checkpoints.get(checkpoint.number);
    if (before === undefined) this.checkpoints.set(checkpoint.number, { checkpoint, digest });
    else if (Buffer.compare(before.digest, digest) !== 0) this.forked.add(checkpoint.number);
  }
}

function originOf({ resource }: Surroundings): StreamOrigin {
  const textOf = (name: string): string | undefined => {
    const text = resource?.attributes?.find(({ key }) => key === name)?.value?.stringValue;
    return text === undefined ? undefined : ownText(text);
  };
  return { service: textOf('service.name'), instance: textOf('service.instance.id') };
}
