import { syncBuiltinESMExports } from 'node:module';
import { type TracerProvider as ApiProvider, context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import { AwsLambdaInstrumentation } from '@opentelemetry/instrumentation-aws-lambda';
import { AwsInstrumentation } from '@opentelemetry/instrumentation-aws-sdk';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';
import { shutDownOnSignal } from '@spanseal/node';
import type { Handler } from './function-handler.js';
import { functionResource } from './function-resource.js';
import { InvocationExports } from './invocation-exports.js';
import { samplerOf } from './sampler.js';
import { exportsNothing } from './sdk-switches.js';
import { Turns } from './turns.js';
import { wrapHandler } from './wrapped-handler.js';

/** Traces handlers. */
export interface Tracing {
  wrap(handler: Handler): Handler;
}

/** Lambda gives a process with an extension 500 ms after SIGTERM, and less to one that it wants to be rid of. In milliseconds. */
const longestShutdownMillis = 300;

type OpenExporter = (env: NodeJS.ProcessEnv, turns: Turns) => SpanExporter | undefined;

// At run time, so that it passes the hook on what is required.
declare const require: (name: string) => unknown;

/** Starts the SDK and its instrumentations, and registers it: whoever guards the API's global guards it. */
export function startTracing(env: NodeJS.ProcessEnv, openExporter: OpenExporter): Tracing {
  const turns = new Turns();
  const processor = new InvocationExports(turns, () => openExporter(env, turns));
  const provider = new TracerProvider({
    resource: functionResource(env),
    sampler: samplerOf(env),
    spanProcessors: exportsNothing(env) ? [] : [processor],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(
    new CompositePropagator({
      propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()],
    }),
  );
  trace.setGlobalTracerProvider(provider);
  instrumentCalls(provider, env);
  shutDownOnSignal(processor, longestShutdownMillis);
  const lambda = new AwsLambdaInstrumentation({
    enabled: false,
    lambdaHandler: 'function.handler',
    requestHook: (_, { context: invocation }) => processor.begin(invocation),
  });
  lambda.setTracerProvider(provider);
  return { wrap: (handler) => wrapHandler(lambda, handler) };
}

function instrumentCalls(provider: ApiProvider, env: NodeJS.ProcessEnv): void {
  const [runtimeHost, runtimePort] = (env['AWS_LAMBDA_RUNTIME_API'] ?? '').split(':');
  const instrumentations = [
    new AwsInstrumentation({ suppressInternalInstrumentation: true }),
    new UndiciInstrumentation(),
    new HttpInstrumentation({
      // The runtime's own requests.
      ignoreOutgoingRequestHook: ({ hostname, host, port }) =>
        (hostname ?? host) === runtimeHost && String(port) === runtimePort,
    }),
  ];
  for (const instrumentation of instrumentations) instrumentation.setTracerProvider(provider);
  // Whoever imports these from an ES module sees what was made of them here.
  require('node:http');
  require('node:https');
  syncBuiltinESMExports();
}
