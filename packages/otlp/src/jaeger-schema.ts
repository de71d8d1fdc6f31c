import { MessageType, resourceSpans } from './schema.js';

/**
 * What the query APIs of Jaeger and Tempo answer with, as data: Jaeger's own JSON (`/api/traces`; model/json of its
 * sources), Jaeger's OTLP JSON (`/api/v3/traces`), and Tempo's (`/api/traces/{id}`, `/api/v2/traces/{id}`). Names have one
 * spelling there. Numbers of fields have no meaning.
 */
const message = (name: string): MessageType => new MessageType(name, { protoNames: false });

const jaegerTag = message('Jaeger tag');
const jaegerReference = message('Jaeger reference');
const jaegerLog = message('Jaeger log');
const jaegerProcess = message('Jaeger process');
export const jaegerSpan: MessageType = message('Jaeger span');
const jaegerTrace = message('Jaeger trace');
const traceEnvelope = message('trace');
export const storeAnswer: MessageType = message('answer of a trace store');

jaegerTag.has([
  [1, 'key', 'string', 'always'],
  [2, 'type', 'string'],
  [3, 'value', 'token'],
]);
jaegerReference.has([
  [1, 'refType', 'string'],
  [2, 'traceID', 'string'],
  [3, 'spanID', 'string'],
]);
jaegerLog.has([
  [1, 'timestamp', 'fixed64'],
  [2, 'fields', [jaegerTag], 'always'],
]);
jaegerProcess.has([
  [1, 'serviceName', 'string'],
  [2, 'tags', [jaegerTag], 'always'],
]);
jaegerSpan.has([
  [1, 'traceID', 'string'],
  [2, 'spanID', 'string'],
  [3, 'parentSpanID', 'string'],
  [4, 'flags', 'unplaced'],
  [5, 'operationName', 'string'],
  [6, 'references', [jaegerReference], 'always'],
  [7, 'startTime', 'fixed64'],
  [8, 'duration', 'fixed64'],
  [9, 'tags', [jaegerTag], 'always'],
  [10, 'logs', [jaegerLog], 'always'],
  [11, 'processID', 'string'],
  [12, 'process', jaegerProcess],
  [13, 'warnings', 'unplaced'],
]);
jaegerTrace.has([
  [1, 'traceID', 'string'],
  [2, 'spans', [jaegerSpan], 'always'],
  [3, 'processes', jaegerProcess, 'keyed'],
  [4, 'warnings', 'unplaced'],
]);
traceEnvelope.has([[1, 'resourceSpans', [resourceSpans]]]);
storeAnswer.has([
  [1, 'resourceSpans', [resourceSpans]],
  [2, 'batches', [resourceSpans]],
  [3, 'trace', traceEnvelope],
  [4, 'result', traceEnvelope],
  [5, 'data', [jaegerTrace]],
  // Of a page of answers, and of the search, not of a trace.
  [6, 'total', 'token'],
  [7, 'limit', 'token'],
  [8, 'offset', 'token'],
  [9, 'metrics', 'unplaced'],
  [10, 'errors', 'unplaced'],
  [11, 'status', 'token'],
  [12, 'message', 'token'],
]);
