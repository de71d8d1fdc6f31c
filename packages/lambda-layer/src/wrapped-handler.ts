import type { AwsLambdaInstrumentation } from '@opentelemetry/instrumentation-aws-lambda';
import type { Handler } from './function-handler.js';

const streaming = Symbol.for('aws.lambda.runtime.handler.streaming');

/** A handler that is traced. The instrumentation is asked for what it does to a module that holds the handler. */
export function wrapHandler(instrumentation: AwsLambdaInstrumentation, handler: Handler): Handler {
  if (isRefused(handler)) return handler;
  const holder = { handler };
  for (const { files } of instrumentation.init()) {
    for (const file of files) file.patch(holder, undefined);
  }
  return holder.handler;
}

/** From Node.js 24 on the runtime refuses handlers with a callback: it has to see that this is one. */
function isRefused(handler: Handler): boolean {
  const major = Number(process.versions.node.split('.')[0]);
  return major >= 24 && handler.length >= 3 && !Reflect.has(handler, streaming);
}
