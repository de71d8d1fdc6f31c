export type { Canaries, Canary, CanaryPlace } from './canaries.js';
export { canaryPlaces, carries, createCanaries, createCanary } from './canaries.js';
export type { CanaryContent, CanaryKind, SecretShape } from './canary-contents.js';
export { canaryContents, canaryKinds, fitsTraceState } from './canary-contents.js';
export { canaryResource, startCanarySpan } from './canary-span.js';
export type { CertificateAuthority, CertificateRequest, IssuedCertificate } from './certificate-authority.js';
export { createCertificateAuthority } from './certificate-authority.js';
export { CollectingExporter } from './collecting-exporter.js';
export type { CanaryFinding } from './find-canaries.js';
export { findCanaries } from './find-canaries.js';
export type { GrpcAnswer, GrpcReceiver, GrpcReceiverOptions, ReceiverTls } from './grpc-receiver.js';
export { startGrpcReceiver } from './grpc-receiver.js';
export type { HttpAnswer, HttpReceiver, HttpReceiverOptions, ReceivedRequest } from './http-receiver.js';
export { startHttpReceiver } from './http-receiver.js';
export type {
  MeterProvider20,
  MeterProvider31,
  MeterProvider212,
  ReadableSpan20,
  ReadableSpan31,
  ReadableSpan212,
  SpanExporter20,
  SpanExporter31,
  SpanExporter212,
  SpanProcessor20,
  SpanProcessor31,
  SpanProcessor212,
} from './line-types.js';
export { loadLine, loadLines, loadStockDecoder } from './load-lines.js';
export type {
  LineApi,
  LineAttributes,
  LineCollection,
  LineContext,
  LineDataPoint,
  LineEvent,
  LineExporterClass,
  LineLink,
  LineMeter,
  LineMeterProvider,
  LineMetricReader,
  LineMetrics,
  LineName,
  LineObservable,
  LineProvider,
  LineReadableSpan,
  LineResource,
  LineSerializer,
  LineSpan,
  LineSpanContext,
  LineSpanExporter,
  LineSpanOptions,
  LineSpanProcessor,
  LineTime,
  LineTracer,
  LineTraceState,
  SdkLine,
} from './sdk-line.js';
export type { ErrorClass } from './to-throw-with-code.js';
export { toThrowWithCode } from './to-throw-with-code.js';
