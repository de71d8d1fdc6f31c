import { traceTagLength } from './checkpoint.js';
import { tagLength } from './seal-text.js';

/** A span that verified, as far as it is remembered. */
export interface SeenSpan {
  readonly mac: Uint8Array;
  /** Last bytes of its trace id. */
  readonly traceTag: Uint8Array;
  readonly spanId: Uint8Array;
  /** How many spans of its stream came before it. */
  readonly arrival: number;
}

/** Seqs that lie in one block of memory: few enough for streams of which little is there, enough to be small per span. */
const blockSeqs = 32;
const spanIdLength = 8;
const spanBytes = tagLength + traceTagLength + spanIdLength;

interface Block {
  /** A bit for each seq that is there. */
  present: number;
  readonly bytes: Uint8Array;
  readonly arrivals: Float64Array;
}

/** The spans of a stream by seq, in some 40 bytes each where seqs lie close: a verifier remembers all of them. */
export class SeenSpans {
  readonly #blocks = new Map<number, Block>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(seq: number): SeenSpan | undefined {
    const place = seq % blockSeqs;
    const block = this.#blocks.get((seq - place) / blockSeqs);
    if (block === undefined || (block.present & (1 << place)) === 0) return undefined;
    const at = place * spanBytes;
    return {
      mac: block.bytes.subarray(at, at + tagLength),
      traceTag: block.bytes.subarray(at + tagLength, at + tagLength + traceTagLength),
      spanId: block.bytes.subarray(at + tagLength + traceTagLength, at + spanBytes),
      arrival: block.arrivals[place] ?? 0,
    };
  }

  /** Adds a span under a seq that is free. */
  add(seq: number, { mac, traceTag, spanId, arrival }: SeenSpan): void {
    const place = seq % blockSeqs;
    const number = (seq - place) / blockSeqs;
    let block = this.#blocks.get(number);
    if (block === undefined) {
      block = {
        present: 0,
        bytes: new Uint8Array(blockSeqs * spanBytes),
        arrivals: new Float64Array(blockSeqs),
      };
      this.#blocks.set(number, block);
    }
    const at = place * spanBytes;
    block.present |= 1 << place;
    block.bytes.set(mac, at);
    block.bytes.set(traceTag, at + tagLength);
    block.bytes.set(spanId, at + tagLength + traceTagLength);
    block.arrivals[place] = arrival;
    this.#size += 1;
  }

  /** All seqs that are there, in ascending order. */
  *seqs(): Generator<number> {
    for (const number of [...this.#blocks.keys()].sort((one, other) => one - other)) {
      const present = this.#blocks.get(number)?.present ?? 0;
      for (let place = 0; place < blockSeqs; place += 1)
        if ((present & (1 << place)) !== 0) yield number * blockSeqs + place;
    }
  }
}
