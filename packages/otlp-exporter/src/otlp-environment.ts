/** A variable that is set, with its name for messages. */
export interface Variable {
  readonly name: string;
  readonly value: string;
  /** Whether it is about traces alone. */
  readonly isOfTraces: boolean;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * One of the variables of the OTLP exporters, by its suffix after `OTEL_EXPORTER_OTLP_`: the one of traces before the general
 * one. An empty one counts as unset. (OpenTelemetry specification, "OpenTelemetry Protocol Exporter".)
 */
export function otlpVariable(env: Environment, setting: string): Variable | undefined {
  for (const scope of ['TRACES_', '']) {
    const name = `OTEL_EXPORTER_OTLP_${scope}${setting}`;
    const value = env[name]?.trim();
    if (value !== undefined && value !== '') return { name, value, isOfTraces: scope !== '' };
  }
  return undefined;
}
