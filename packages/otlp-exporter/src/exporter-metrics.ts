import { callApp } from '@spanseal/seal';
import { ExporterError } from './exporter-error.js';
import type { OtlpSettings } from './otlp-settings.js';
import type { Answer } from './transport.js';

type Attributes = { [key: string]: string | number };

/** As much of @opentelemetry/api's Meter as is used here. */
export interface ExporterMeter {
  createCounter(name: string, options: InstrumentOptions): Instrument;
  createUpDownCounter(name: string, options: InstrumentOptions): Instrument;
  createHistogram(name: string, options: InstrumentOptions): Recorder;
}

interface InstrumentOptions {
  description?: string;
  unit?: string;
}

interface Instrument {
  add(value: number, attributes?: Attributes): void;
}

interface Recorder {
  record(value: number, attributes?: Attributes): void;
}

/** As much of @opentelemetry/api's MeterProvider as is used here; every 1.x API has it. */
export interface ExporterMeterProvider {
  getMeter(name: string, version?: string): ExporterMeter;
}

const componentTypes = {
  grpc: 'otlp_grpc_span_exporter',
  'http/protobuf': 'otlp_http_span_exporter',
  'http/json': 'otlp_http_json_span_exporter',
};

let instances = 0;

/** An export that is on its way. */
export interface ExportMetrics {
  /** @param lost how many of its spans did not arrive, as far as anyone knows; `errorType` says why. */
  end(lost: number, answer: Answer | undefined, errorType?: string): void;
}

/**
 * Tells a meter of exports, by the names of the semantic conventions for the SDK's own metrics: `otel.sdk.exporter.span.inflight`,
 * `otel.sdk.exporter.span.exported`, `otel.sdk.exporter.operation.duration`. What a meter throws is ignored.
 */
export class ExporterMetrics {
  readonly #attributes: Attributes;
  readonly #statusKey: string;
  readonly #inflight: Instrument;
  readonly #exported: Instrument;
  readonly #duration: Recorder;

  /** @throws what the meter provider throws. */
  constructor(meterProvider: ExporterMeterProvider, { protocol, endpoint }: OtlpSettings) {
    const type = componentTypes[protocol];
    this.#attributes = {
      'otel.component.type': type,
      'otel.component.name': `${type}/spanseal-${instances}`,
      'server.address': endpoint.host,
      'server.port': endpoint.port,
    };
    instances += 1;
    this.#statusKey = protocol === 'grpc' ? 'rpc.response.status_code' : 'http.response.status_code';
    const meter = meterProvider.getMeter('@spanseal/otlp-exporter');
    this.#inflight = meter.createUpDownCounter('otel.sdk.exporter.span.inflight', {
      description:
        'The number of spans which were passed to the exporter, but that have not been exported yet',
      unit: '{span}',
    });
    this.#exported = meter.createCounter('otel.sdk.exporter.span.exported', {
      description: 'The number of spans for which the export has finished, either successful or failed',
      unit: '{span}',
    });
    this.#duration = meter.createHistogram('otel.sdk.exporter.operation.duration', {
      description: 'The duration of exporting a batch of telemetry records',
      unit: 's',
    });
  }

  begin(spans: number): ExportMetrics {
    const startMillis = performance.now();
    callApp(() => this.#inflight.add(spans, this.#attributes));
    return {
      end: (lost, answer, errorType) =>
        callApp(() => {
          const failed = errorType === undefined ? {} : { 'error.type': errorType };
          this.#inflight.add(-spans, this.#attributes);
          if (spans > lost) this.#exported.add(spans - lost, this.#attributes);
          if (lost > 0) this.#exported.add(lost, { ...this.#attributes, ...failed });
          this.#duration.record((performance.now() - startMillis) / 1000, {
            ...this.#attributes,
            ...failed,
            ...(answer?.status !== undefined && { [this.#statusKey]: answer.status }),
          });
        }),
    };
  }
}

/** @throws ExporterError `ERR_SPANSEAL_EXPORTER` when the meter provider throws: what it throws is the app's, and can hold anything. */
export function exporterMetrics(
  meterProvider: ExporterMeterProvider,
  settings: OtlpSettings,
): ExporterMetrics {
  try {
    return new ExporterMetrics(meterProvider, settings);
  } catch {
    const expected = 'a MeterProvider that gives a meter with instruments';
    const fault = { path: 'options.meterProvider', expected, got: 'one that throws' };
    throw new ExporterError('ERR_SPANSEAL_EXPORTER', [fault]);
  }
}

/** What `error.type` says of a failure: the status where there is one, as the semantic conventions want it. */
export function errorTypeOf({ status, ...answer }: Exclude<Answer, { kind: 'taken' }>): string {
  const isStatus = typeof status === 'string' || (status ?? 0) >= 300;
  return isStatus ? String(status) : answer.reason;
}
