import {
  defaultResource,
  detectResources,
  envDetector,
  type Resource,
  resourceFromAttributes,
} from '@opentelemetry/resources';

/** What the environment of a function says about it, by the semantic conventions for FaaS and cloud. */
export function functionResource(env: NodeJS.ProcessEnv): Resource {
  const memory = Number(env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE']);
  const known = {
    'service.name': env['OTEL_SERVICE_NAME'] || env['AWS_LAMBDA_FUNCTION_NAME'],
    'cloud.provider': 'aws',
    'cloud.platform': 'aws_lambda',
    'cloud.region': env['AWS_REGION'],
    'faas.name': env['AWS_LAMBDA_FUNCTION_NAME'],
    'faas.version': env['AWS_LAMBDA_FUNCTION_VERSION'],
    'faas.instance': env['AWS_LAMBDA_LOG_STREAM_NAME'],
    'faas.max_memory': memory > 0 ? memory * 1024 * 1024 : undefined,
  };
  const set = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
  const named = detectResources({ detectors: [envDetector] });
  const base = defaultResource().merge(resourceFromAttributes(set)).merge(named);
  const service = env['OTEL_SERVICE_NAME'];
  return service ? base.merge(resourceFromAttributes({ 'service.name': service })) : base;
}
