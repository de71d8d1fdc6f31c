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
const arrivalLength = 6;
const spanBytes = tagLength + traceTagLength + spanIdLength + arrivalLength;
const blockBytes = blockSeqs * spanBytes;
/** Blocks that share a piece of memory at most: each piece has a cost of its own, and a stream of few spans needs little. */
const mostBlocksTogether = 256;

interface Block {
  /** A bit for each seq that is there. */
  present: number;
  readonly memory: Buffer;
  /** Where the block begins in its memory. */
  readonly start: number;
}

/** The spans of a stream by seq, in some 40 bytes each where seqs lie close: a verifier remembers all of them. */
export class SeenSpans {
  readonly #blocks = new Map<number, Block>();
  #size = 0;
  /** Memory for the next blocks, and how much of it is taken. */
  #memory: Buffer = Buffer.alloc(0);
  #taken = 0;

  get size(): number {
    return this.#size;
  }

  get(seq: number): SeenSpan | undefined {
    const place = seq % blockSeqs;
    const block = this.#blocks.get((seq - place) / blockSeqs);
    if (block === undefined || (block.present & (1 << place)) === 0) return undefined;
    const { memory } = block;
    const at = block.start + place * spanBytes;
    const [traceTagAt, spanIdAt] = [at + tagLength, at + tagLength + traceTagLength];
    return {
      mac: memory.subarray(at, traceTagAt),
      traceTag: memory.subarray(traceTagAt, spanIdAt),
      spanId: memory.subarray(spanIdAt, spanIdAt + spanIdLength),
      arrival: memory.readUIntLE(spanIdAt + spanIdLength, arrivalLength),
    };
  }

  /** The MAC of the span with that seq. */
  macAt(seq: number): Uint8Array | undefined {
    const place = seq % blockSeqs;
    const block = this.#blocks.get((seq - place) / blockSeqs);
    if (block === undefined || (block.present & (1 << place)) === 0) return undefined;
    const at = block.start + place * spanBytes;
    return block.memory.subarray(at, at + tagLength);
  }

  /** Adds a span under a seq that is free. */
  add(seq: number, { mac, traceTag, spanId, arrival }: SeenSpan): void {
    const place = seq % blockSeqs;
    const number = (seq - place) / blockSeqs;
    const block = this.#blocks.get(number) ?? this.#newBlock(number);
    const at = block.start + place * spanBytes;
    const [traceTagAt, spanIdAt] = [at + tagLength, at + tagLength + traceTagLength];
    block.present |= 1 << place;
    block.memory.set(mac, at);
    block.memory.set(traceTag, traceTagAt);
    block.memory.set(spanId, spanIdAt);
    block.memory.writeUIntLE(arrival, spanIdAt + spanIdLength, arrivalLength);
    this.#size += 1;
  }

  #newBlock(number: number): Block {
    if (this.#taken === this.#memory.length) {
      const blocks = Math.min(mostBlocksTogether, Math.max(1, this.#blocks.size));
      this.#memory = Buffer.alloc(blocks * blockBytes);
      this.#taken = 0;
    }
    const block = { present: 0, memory: this.#memory, start: this.#taken };
    this.#taken += blockBytes;
    this.#blocks.set(number, block);
    return block;
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
