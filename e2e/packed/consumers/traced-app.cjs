// An app that makes spans through the API, and flushes what there is.
const { trace } = require('@opentelemetry/api');

const { SECRET } = process.env;
const span = trace.getTracer('app').startSpan('order');
span.setAttribute('password', SECRET);
span.recordException(new Error(`token=${SECRET}`));
span.end();
const registered = trace.getTracerProvider();
const provider = registered.getDelegate?.() ?? registered;
Promise.resolve(provider.forceFlush()).then(() => setTimeout(() => process.exit(0), 200));
