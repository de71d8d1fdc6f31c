import type { SpanSealer } from '@spanseal/seal';
import type { ReceivedInput } from './batch.js';
import { type BatchTextParts, batchTextSaying } from './batch-steps.js';
import { bytesOf } from './hex.js';
import { hs256Key, realm } from './key-ring-input.js';
import { sealerOf, startMillis } from './sealed-span.js';

/** A request of one empty ResourceSpans: its bytes are all that a MAC is over. */
const shortBody = '0a00';
/** When the batches of the vectors are made. */
export const sentMillis: number = startMillis + 1_000;

export interface BatchGiven {
  readonly by?: SpanSealer;
  readonly body?: string;
  readonly format?: ReceivedInput['format'];
  readonly first?: number;
  readonly count?: number;
  /** When it was made; it arrives then. */
  readonly millis?: number;
}

/** A batch as a sealer makes it, and as it arrives. */
export function sentBatch(given: BatchGiven = {}): ReceivedInput {
  const { by = sealerOf(), body = shortBody, format = 'protobuf', millis = sentMillis } = given;
  const { first = 0, count = 1 } = given;
  const text = by.sealBatch({ body: bytesOf(body), format, first, count }, millis);
  return { headers: [text], body, format, now_millis: millis };
}

/** A batch of which a holder of the key says what no sealer would. It arrives at the time that it says. */
export function batchSaying(says: Partial<BatchTextParts>, given: BatchGiven = {}): ReceivedInput {
  const received = sentBatch(given);
  const { body, format, now_millis } = received;
  const by = { key: hs256Key, realm };
  const text = batchTextSaying({ text: textOf(received), body, format }, { by, says });
  return { headers: [text], body, format, now_millis: says.time_millis ?? now_millis };
}

export function textOf({ headers: [text = ''] }: ReceivedInput): string {
  return text;
}
