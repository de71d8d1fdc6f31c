/**
 * A second, independent look at protobuf, for comparing bytes: fields by number, zero scalars left out where absence
 * means the same. It knows which fields are messages, and nothing else of the schema.
 */
interface Shape {
  [field: number]: Shape;
  oneof?: true;
}

const value: Shape = { oneof: true };
const keyValue: Shape = { 2: value };
value[5] = { 1: value };
value[6] = { 1: keyValue };
const span: Shape = { 9: keyValue, 11: { 3: keyValue }, 13: { 4: keyValue }, 15: {} };
const scope: Shape = { 3: keyValue };
export const requestShape: Shape = { 1: { 1: { 1: keyValue }, 2: { 1: scope, 2: span } } };

interface FieldBytes {
  number: number;
  bytes: Buffer;
}

/** The message with its fields in number order and without zero scalars. */
export function withoutZeros(bytes: Buffer, shape: Shape): Buffer {
  const fields: FieldBytes[] = [];
  let at = 0;
  const varint = () => {
    let result = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++] ?? 0;
      result |= BigInt(byte & 127) << shift;
      if (byte < 128) return result;
    }
  };
  while (at < bytes.length) {
    const start = at;
    const tag = Number(varint());
    const content = readContent(tag & 7);
    const inner = shape[tag >> 3];
    if (inner !== undefined) {
      const message = withoutZeros(content, inner);
      const head = Buffer.concat([varintBytes(tag), varintBytes(message.length)]);
      fields.push({ number: tag >> 3, bytes: Buffer.concat([head, message]) });
    } else if (shape.oneof || ((tag & 7) === 2 ? content.length > 0 : content.some((byte) => byte !== 0))) {
      fields.push({ number: tag >> 3, bytes: bytes.subarray(start, at) });
    }
  }
  return Buffer.concat(fields.sort((a, b) => a.number - b.number).map((field) => field.bytes));

  function readContent(wire: number): Buffer {
    const start = at;
    if (wire === 0) varint();
    else if (wire === 1) at += 8;
    else if (wire === 5) at += 4;
    else {
      const length = Number(varint());
      at += length;
      return bytes.subarray(at - length, at);
    }
    return bytes.subarray(start, at);
  }
}

function varintBytes(value: number): Buffer {
  const bytes: number[] = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
  return Buffer.from([...bytes, value]);
}
