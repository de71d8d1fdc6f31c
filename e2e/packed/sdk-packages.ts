const exporters = ['grpc', 'proto', 'http'].map((name) => `@opentelemetry/exporter-trace-otlp-${name}`);

/** What an app of either SDK line installs. */
export const sdkPackages: Readonly<Record<2 | 3, readonly string[]>> = {
  2: [
    '@opentelemetry/api@1.9.1',
    '@opentelemetry/resources@2.12.1',
    '@opentelemetry/sdk-trace-base@2.12.1',
    '@opentelemetry/otlp-transformer@0.223.1',
    ...exporters.map((name) => `${name}@0.223.1`),
  ],
  3: [
    '@opentelemetry/api@1.10.0',
    '@opentelemetry/resources@3.1.1',
    '@opentelemetry/sdk-trace@3.1.1',
    '@opentelemetry/otlp-transformer@0.301.1',
    '@opentelemetry/exporter-trace-otlp-grpc@0.301.0',
    '@opentelemetry/exporter-trace-otlp-http@0.301.0',
    '@opentelemetry/exporter-trace-otlp-proto@0.301.1',
  ],
};
