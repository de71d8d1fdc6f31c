import { refuse } from './fault.js';
import { ProtobufInput, wire32, wire64, wireBytes, wireVarint } from './protobuf-input.js';

/** A field of a message that is not of the trace model: of varints the number, of other scalars nothing. */
export interface ProtobufField {
  readonly number: number;
  readonly value: number | Uint8Array | undefined;
}

/**
 * The top-level fields of a message, whatever they are: a receiver's answer may have ones that came later, which mean nothing
 * here. A varint beyond 2^53 comes rounded.
 */
export function protobufFields(bytes: Uint8Array): ProtobufField[] {
  const input = new ProtobufInput(bytes);
  const fields: ProtobufField[] = [];
  while (input.at < input.end) {
    const tag = input.uint32('a tag');
    if (tag < 8) refuse('VALUE', 'a field number above 0', '0');
    fields.push({ number: tag >>> 3, value: fieldValue(input, tag & 7) });
  }
  return fields;
}

function fieldValue(input: ProtobufInput, wireType: number): number | Uint8Array | undefined {
  if (wireType === wireVarint) {
    input.varint64();
    // Negative numbers are two's complement of 64 bits.
    return (input.int64.high | 0) * 0x100000000 + input.int64.low;
  }
  if (wireType === wireBytes) {
    const end = input.block();
    const start = input.at;
    input.at = end;
    return input.bytes.subarray(start, end);
  }
  if (wireType === wire64) input.fixed64();
  else if (wireType === wire32) input.fixed32();
  else refuse('VALUE', 'a wire type of 0, 1, 2 or 5', 'another one');
  return undefined;
}
