/** What is sent and refused here, by code. A Collector and Jaeger take most of it, and drop or decide in silence. */
const refused: Record<string, string[]> = {
  DUPLICATE_KEY: [
    'kvlist-duplicate-keys',
    'kvlist-member-absent-value',
    'keys-duplicate',
    'event-attributes',
  ],
  DEPTH: ['depth-32-array', 'depth-64-kvlist', 'depth-200-kvlist'],
  UTF8: ['utf8-invalid-value', 'utf8-invalid-key'],
  UNKNOWN_FIELD: ['strindex-value', 'unknown-span', 'unknown-deep', 'unknown-value-type'],
  DUPLICATE_FIELD: [
    'wire-scalar-twice',
    'wire-status-twice',
    'wire-value-twice',
    'wire-oneof-twice',
    // Their makers put the odd field beside the ordinary one.
    'wire-defaults',
    'wire-varint-long',
    'wire-length-long',
  ],
  VALUE: ['trace-id-15', 'parent-id-4', 'wire-dropped-64', 'wire-bool-2'],
  WIRE_TYPE: ['unknown-group', 'wire-wrong-type', 'wire-end-group'],
  TRUNCATED: ['wire-truncated'],
};
/** By the id of the case. */
export const refusedCodes: ReadonlyMap<string, string> = new Map(
  Object.entries(refused).flatMap(([code, ids]) => ids.map((id) => [id, `ERR_SPANSEAL_OTLP_${code}`])),
);
