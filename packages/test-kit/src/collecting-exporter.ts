import type { LineReadableSpan, LineSpanExporter, SdkLine } from './sdk-line.js';

/** A SpanExporter that keeps what it is given. */
export class CollectingExporter implements LineSpanExporter {
  /** Every exported span, in the order of export: the very objects that arrived. */
  readonly spans: LineReadableSpan[] = [];
  /** Spans per call of `export`. */
  readonly batchSizes: number[] = [];
  /** How often `shutdown` was called. */
  shutdowns = 0;

  export(spans: LineReadableSpan[], done: (result: { code: number }) => void): void {
    this.spans.push(...spans);
    this.batchSizes.push(spans.length);
    done({ code: 0 });
  }

  async forceFlush(): Promise<void> {}

  async shutdown(): Promise<void> {
    this.shutdowns++;
  }

  /** The bytes that the line's stock exporters would send as protobuf for all spans in one request. */
  toProtobuf(line: SdkLine): Uint8Array {
    return line.transformer.ProtobufTraceSerializer.serializeRequest(this.spans) ?? new Uint8Array();
  }

  /** The bytes that the line's stock exporters would send as OTLP JSON for all spans in one request. */
  toJson(line: SdkLine): Uint8Array {
    return line.transformer.JsonTraceSerializer.serializeRequest(this.spans) ?? new Uint8Array();
  }
}
