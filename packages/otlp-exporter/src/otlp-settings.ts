import { kindOf, shownOption } from '@spanseal/seal';
import { type Endpoint, type OtlpProtocol, readEndpoint, readProtocol } from './endpoint.js';
import { ExporterError, type ExporterFault } from './exporter-error.js';
import type { ExporterMeterProvider } from './exporter-metrics.js';
import { type HeaderSource, readHeaders } from './header-list.js';
import { type Environment, otlpVariable } from './otlp-environment.js';
import { type CheckedPace, type Pace, readPace } from './pace.js';
import {
  type CheckedSigningOptions,
  readSigningOptions,
  type SigningSpanExporterOptions,
  signingOptionNames,
} from './signing-options.js';
import { maxTimerMillis } from './timer-millis.js';
import { readTls, refuseUnused, type TlsOptions, type TlsSettings } from './tls-settings.js';

export type Compression = 'none' | 'gzip';

/** What a receiver said of a request that it took only in part. */
export interface PartialSuccess {
  readonly rejectedSpans: number;
  /** The receiver's own words. They can quote what was sent: the exporter itself logs them nowhere. */
  readonly errorMessage: string;
}

/**
 * Options of {@link SignedOtlpExporter}. What is absent comes from the `OTEL_EXPORTER_OTLP_*` variables, those of traces
 * (`OTEL_EXPORTER_OTLP_TRACES_*`) first.
 */
export interface SignedOtlpExporterOptions extends Partial<SigningSpanExporterOptions> {
  /** `…_PROTOCOL`. Default: `http/protobuf`. */
  protocol?: OtlpProtocol;
  /**
   * Where requests go, as it stands: for HTTP with the path. `…_TRACES_ENDPOINT` likewise; to `…_ENDPOINT`, HTTP adds `v1/traces`.
   * Default: `http://localhost:4318/v1/traces`, for gRPC `http://localhost:4317`.
   */
  url?: string;
  /** Headers, or gRPC metadata, of each request; a function is asked each time. `…_HEADERS`. Default: none. */
  headers?: HeaderSource;
  /** `…_COMPRESSION`. Default: `none`. */
  compression?: Compression;
  /** How long an export takes at most, with all its retries, in milliseconds. `…_TIMEOUT`. Default: 10,000. */
  timeoutMillis?: number;
  /** Exports on their way at a time; more fail at once, and are declared lost. Default: 30. */
  concurrencyLimit?: number;
  /** Bytes of all requests on their way; exports beyond fail at once. Default: 67,108,864 (64 MiB). */
  maxPendingBytes?: number;
  /** `…_CERTIFICATE`, `…_CLIENT_CERTIFICATE`, `…_CLIENT_KEY`, `…_INSECURE`. */
  tls?: TlsOptions;
  /** Variables to read in the place of `process.env`. */
  env?: Environment;
  /** When requests are tried. Default: at once, and again after 1 to 5 seconds. */
  pace?: Pace;
  /** Is told of exports as the SDK's own exporters tell it, by the same metric names. Default: nobody. */
  meterProvider?: ExporterMeterProvider;
  /**
   * Each time a receiver refused some of the spans of a request that it took. May be asynchronous; what it throws, or rejects with, is
   * ignored. Default: nothing but counters.
   */
  onPartialSuccess?: (partial: PartialSuccess) => unknown;
}

/** Options that were checked, each with a value. */
export interface OtlpSettings {
  readonly protocol: OtlpProtocol;
  readonly endpoint: Endpoint;
  readonly headers: HeaderSource;
  readonly compression: Compression;
  readonly timeoutMillis: number;
  readonly concurrencyLimit: number;
  readonly maxPendingBytes: number;
  /** Undefined: plaintext. */
  readonly tls: TlsSettings | undefined;
  readonly pace: CheckedPace;
  readonly meterProvider: ExporterMeterProvider | undefined;
  readonly onPartialSuccess: (partial: PartialSuccess) => unknown;
  /** Undefined: nothing is sealed. */
  readonly sealing: CheckedSigningOptions | undefined;
}

type Given = Readonly<Record<string, unknown>>;

const transportOptions: readonly string[] = [
  ...['protocol', 'url', 'headers', 'compression', 'timeoutMillis', 'concurrencyLimit', 'maxPendingBytes'],
  ...['tls', 'env', 'pace', 'meterProvider', 'onPartialSuccess'],
];

/**
 * @param usual the variables, where the options give no others.
 * @throws ExporterError `ERR_SPANSEAL_EXPORTER` with every fault at once.
 */
export function readOtlpSettings(options: unknown, usual: Environment): OtlpSettings {
  const faults: ExporterFault[] = [];
  const given: Given = typeof options === 'object' && options !== null ? { ...options } : {};
  if (options !== undefined && (typeof options !== 'object' || options === null))
    faults.push({ path: 'options', expected: 'an object', got: kindOf(options) });
  const env = readEnvironment(given['env'], usual, faults);
  const sealing = readSealing(given, faults);
  const protocol = readProtocol(given['protocol'], env, faults);
  const tls = readTls(given['tls'], env, faults);
  const endpoint = readEndpoint({ protocol, url: given['url'], insecure: tls.insecure }, env, faults);
  if (!endpoint.isSecure) refuseUnused(tls, faults);
  const settings: OtlpSettings = {
    protocol,
    endpoint,
    headers: readHeaders(given['headers'], { env, protocol }, faults),
    compression: readCompression(given['compression'], env, faults),
    timeoutMillis: readTimeout(given['timeoutMillis'], env, faults),
    concurrencyLimit: readAmount('concurrencyLimit', given, { otherwise: 30, faults }),
    maxPendingBytes: readAmount('maxPendingBytes', given, { otherwise: 64 * 1024 * 1024, faults }),
    tls: endpoint.isSecure ? tls : undefined,
    pace: readPace(given['pace'], faults),
    meterProvider: readMeterProvider(given['meterProvider'], faults),
    onPartialSuccess: readFunction('onPartialSuccess', given, faults),
    sealing,
  };
  if (faults.length > 0) throw new ExporterError('ERR_SPANSEAL_EXPORTER', faults);
  return settings;
}

/** The options that are about seals. Without a key there is nothing to set there. */
function readSealing(given: Given, faults: ExporterFault[]): CheckedSigningOptions | undefined {
  const optionNames = [...transportOptions, ...signingOptionNames];
  for (const name of Object.keys(given).filter((each) => !optionNames.includes(each)))
    faults.push({
      path: `options.${shownOption(name)}`,
      expected: `only ${optionNames.join(', ')}`,
      got: 'an unknown option',
    });
  if (given['keyRing'] !== undefined) return readSigningOptions(given, faults);
  for (const name of signingOptionNames.filter((each) => given[each] !== undefined))
    faults.push({ path: `options.${name}`, expected: 'keyRing beside it', got: 'no keyRing' });
  return undefined;
}

function readEnvironment(value: unknown, usual: Environment, faults: ExporterFault[]): Environment {
  if (value === undefined) return usual;
  const isObject = typeof value === 'object' && value !== null;
  if (isObject && Object.values(value).every((each) => each === undefined || typeof each === 'string'))
    return value as Environment;
  faults.push({ path: 'options.env', expected: 'an object of texts by name', got: kindOf(value) });
  return usual;
}

function readCompression(given: unknown, env: Environment, faults: ExporterFault[]): Compression {
  const variable = given === undefined ? otlpVariable(env, 'COMPRESSION') : undefined;
  const value = given ?? variable?.value ?? 'none';
  if (value === 'gzip' || value === 'none') return value;
  faults.push({
    path: variable?.name ?? 'options.compression',
    expected: 'gzip or none',
    got: kindOf(value),
  });
  return 'none';
}

function readTimeout(given: unknown, env: Environment, faults: ExporterFault[]): number {
  const variable = given === undefined ? otlpVariable(env, 'TIMEOUT') : undefined;
  const value = given ?? (variable === undefined ? 10_000 : numberOf(variable.value));
  if (typeof value === 'number' && value > 0 && value <= maxTimerMillis) return value;
  const path = variable?.name ?? 'options.timeoutMillis';
  faults.push({ path, expected: 'a number of milliseconds above 0', got: kindOf(value) });
  return 10_000;
}

function numberOf(text: string): number | string {
  return /^\d+$/.test(text) ? Number(text) : text;
}

function readAmount(
  name: 'concurrencyLimit' | 'maxPendingBytes',
  given: Given,
  { otherwise, faults }: { otherwise: number; faults: ExporterFault[] },
): number {
  const value = given[name] ?? otherwise;
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
  faults.push({ path: `options.${name}`, expected: 'a whole number above 0', got: kindOf(value) });
  return otherwise;
}

function readMeterProvider(value: unknown, faults: ExporterFault[]): ExporterMeterProvider | undefined {
  if (value === undefined) return undefined;
  const isProvider = typeof value === 'object' && value !== null && 'getMeter' in value;
  if (!isProvider || typeof value.getMeter !== 'function')
    faults.push({ path: 'options.meterProvider', expected: 'a MeterProvider', got: kindOf(value) });
  return value as ExporterMeterProvider;
}

function readFunction(
  name: 'onPartialSuccess',
  given: Given,
  faults: ExporterFault[],
): OtlpSettings['onPartialSuccess'] {
  const value = given[name] ?? (() => undefined);
  if (typeof value !== 'function')
    faults.push({ path: `options.${name}`, expected: 'a function', got: kindOf(value) });
  return value as OtlpSettings['onPartialSuccess'];
}
