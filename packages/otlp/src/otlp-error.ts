/** What an {@link OtlpError} can say; each code is one kind of fault. */
export type OtlpErrorCode =
  /** An option of the reader or writer is unknown, or out of its range. */
  | 'ERR_SPANSEAL_OTLP_OPTION'
  /** The request, a list, or the sum of all lists is longer than the limits allow. */
  | 'ERR_SPANSEAL_OTLP_SIZE'
  /** Values are nested deeper than the limits allow. */
  | 'ERR_SPANSEAL_OTLP_DEPTH'
  /** The bytes end inside a field, or a length points behind the message. */
  | 'ERR_SPANSEAL_OTLP_TRUNCATED'
  /** A varint is longer than its value needs, or than 64 bits. */
  | 'ERR_SPANSEAL_OTLP_VARINT'
  /** A field has another wire type than its number asks for, or is a group. */
  | 'ERR_SPANSEAL_OTLP_WIRE_TYPE'
  /** A field number or member name that the trace model does not have. */
  | 'ERR_SPANSEAL_OTLP_UNKNOWN_FIELD'
  /** A singular field occurs twice, or two members of one AnyValue are present. */
  | 'ERR_SPANSEAL_OTLP_DUPLICATE_FIELD'
  /** One list of attributes, or one map, has a key twice. */
  | 'ERR_SPANSEAL_OTLP_DUPLICATE_KEY'
  /** Bytes that are not UTF-8, or text with a lone surrogate. */
  | 'ERR_SPANSEAL_OTLP_UTF8'
  /** The text is not one JSON document. */
  | 'ERR_SPANSEAL_OTLP_JSON'
  /** A member holds another type than the model asks for. */
  | 'ERR_SPANSEAL_OTLP_TYPE'
  /** The type is right, the value is out of range or misspelled. */
  | 'ERR_SPANSEAL_OTLP_VALUE';

/**
 * Why a request was refused. It names a place and kinds of things, never a value: what was refused is
 * attacker-controlled and may be a secret.
 */
export class OtlpError extends Error {
  override readonly name = 'OtlpError';
  readonly code: OtlpErrorCode;
  /** Where, in the model's spelling: `resourceSpans[0].scopeSpans[0].spans[2].name`; '' is the request itself. */
  readonly path: string;
  readonly expected: string;
  /** The kind of thing that came, such as 'null' or 'string'. */
  readonly got: string;

  constructor(fault: { code: OtlpErrorCode; path: string; expected: string; got: string }) {
    super(`${fault.path === '' ? 'request' : fault.path}: expected ${fault.expected}, got ${fault.got}`);
    this.code = fault.code;
    this.path = fault.path;
    this.expected = fault.expected;
    this.got = fault.got;
  }
}
