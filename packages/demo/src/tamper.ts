import { decodeTraceRequest, encodeTraceRequest, type Span, type TraceRequest } from '@spanseal/otlp';

/** Stored requests with one byte changed. */
export interface Change {
  readonly requests: readonly Uint8Array[];
  readonly was: string;
  readonly is: string;
  /** Bytes that differ from the requests as they were, written by the same writer. */
  readonly bytesChanged: number;
}

/** Which text to change: the string attribute `key` of a span. */
export interface Target {
  readonly spanId: string;
  readonly key: string;
}

const encode = (request: TraceRequest): Uint8Array => encodeTraceRequest(request, { format: 'protobuf' });

function differing(left: readonly Uint8Array[], right: readonly Uint8Array[]): number {
  const [a, b] = [Buffer.concat(left), Buffer.concat(right)];
  let count = Math.abs(a.length - b.length);
  for (let index = 0; index < Math.min(a.length, b.length); index += 1)
    count += a[index] === b[index] ? 0 : 1;
  return count;
}

/** Any other digit or letter, of the same length in UTF-8. */
function otherCharacter(character: string): string {
  return character === '9' || character === 'z' ? '1' : '9';
}

/** Changes the last character of one attribute value in what was stored. @throws Error when there is no such text. */
export function changeOneCharacter(stored: readonly Uint8Array[], { spanId, key }: Target): Change {
  const requests = stored.map((bytes) => decodeTraceRequest(bytes));
  const before = requests.map(encode);
  const span = requests
    .flatMap(({ resourceSpans }) => resourceSpans.flatMap(({ scopeSpans }) => scopeSpans))
    .flatMap(({ spans }) => spans)
    .find((candidate) => candidate.spanId === spanId);
  const value = span?.attributes?.find((attribute) => attribute.key === key)?.value;
  const was = value?.stringValue;
  if (value === undefined || !was) throw new Error(`The receiver holds no text ${key} to change.`);
  const is = was.slice(0, -1) + otherCharacter(was.slice(-1));
  value.stringValue = is;
  const after = requests.map(encode);
  return { requests: after, was, is, bytesChanged: differing(before, after) };
}

/** What was stored, without one span. */
export function deleteSpan(stored: readonly Uint8Array[], spanId: string): readonly Uint8Array[] {
  const others = (spans: readonly Span[]): Span[] => spans.filter((span) => span.spanId !== spanId);
  return stored.map((bytes) => {
    const request = decodeTraceRequest(bytes);
    for (const { scopeSpans } of request.resourceSpans) {
      for (const scope of scopeSpans) scope.spans = others(scope.spans);
    }
    return encode(request);
  });
}
