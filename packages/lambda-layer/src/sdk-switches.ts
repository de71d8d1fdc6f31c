type Environment = NodeJS.ProcessEnv;

/** Whether `OTEL_SDK_DISABLED` turns tracing off. By the specification that is `true`, in any case, and nothing else. */
export function isSdkDisabled(env: Environment): boolean {
  return env['OTEL_SDK_DISABLED']?.trim().toLowerCase() === 'true';
}

/** Whether `OTEL_TRACES_EXPORTER` says that traces are passed on and not exported. */
export function exportsNothing(env: Environment): boolean {
  return env['OTEL_TRACES_EXPORTER']?.trim().toLowerCase() === 'none';
}
