/** Bytes of the longest request that is taken: what the readers of `@spanseal/otlp` take. */
export const longestRequest: number = 64 * 1024 * 1024;

/** Lists of a JSON document whose elements are traces, or the spans of a resource. */
export type TraceList = 'resourceSpans' | 'batches' | 'data' | 'trace' | 'result';

/** A part of a capture, in the order of the file. Bytes are good until the next piece; they are attacker-controlled. */
export type CapturePiece =
  /** One OTLP request in protobuf. */
  | { readonly kind: 'protobuf'; readonly bytes: Buffer; readonly place: string }
  /** A whole JSON document. */
  | { readonly kind: 'json'; readonly bytes: Buffer; readonly place: string }
  /** One element of a list of a document. */
  | {
      readonly kind: 'element';
      readonly bytes: Buffer;
      readonly list: TraceList;
      readonly index: number;
      readonly place: string;
    }
  /** What cannot be read. */
  | { readonly kind: 'fault'; readonly code: string; readonly place: string };
