// An app for the tests of the preload: what it does is the first argument. It prints what left as JSON.
const sdk = require(process.env.LINE);
const { trace, context } = sdk.api;

const exported = [];
const exporter = {
  export: (spans, done) => {
    exported.push(
      ...JSON.parse(Buffer.from(sdk.transformer.JsonTraceSerializer.serializeRequest(spans))).resourceSpans,
    );
    done({ code: 0 });
  },
  shutdown: async () => {},
};
const provider = () =>
  sdk.createProvider({ spanProcessors: [sdk.batchProcessor(exporter)], resource: { a: 'b' } });
const span = (tracer) => {
  const one = tracer.startSpan('s');
  one.setAttribute('password', 'hunter2');
  one.setAttribute('unheard.of', 'plain');
  one.end();
};
const doings = {
  async plain() {
    const one = provider();
    trace.setGlobalTracerProvider(one);
    span(trace.getTracer('t'));
    await one.shutdown();
  },
  async slow() {
    // Until whoever reads the log is gone.
    await new Promise((resolve) => setTimeout(resolve, 300));
    await doings.plain();
  },
  async deletes() {
    for (const name of Object.keys(process.env)) if (name.startsWith('SPANSEAL_')) delete process.env[name];
    await doings.plain();
  },
  async sets() {
    process.env.SPANSEAL_KEYS = 'unheard';
    await doings.plain();
  },
  async again() {
    const [one, two] = [provider(), provider()];
    trace.setGlobalTracerProvider(one);
    span(trace.getTracer('t'));
    trace.disable();
    trace.setGlobalTracerProvider(two);
    span(trace.getTracer('t'));
    await Promise.all([one.shutdown(), two.shutdown()]);
  },
  async copies() {
    const one = provider();
    trace.setGlobalTracerProvider(one);
    const other = require(process.env.OTHER_LINE).api.trace;
    span(other.getTracer('t'));
    span(trace.getTracer('t'));
    await one.shutdown();
    if (other === trace) throw new Error('the copies are one');
  },
  async refused() {
    const one = provider();
    trace.setGlobalTracerProvider(Object.freeze(Object.create({ getTracer: () => one.getTracer('t') })));
    span(trace.getTracer('t'));
    await one.shutdown();
  },
  async nothing() {
    context.active();
  },
};
doings[process.argv[2]]().then(() => {
  const loaded = Object.keys(require.cache).flatMap(
    (file) => /preload\/([\w-]+)\.cjs$/.exec(file)?.[1] ?? [],
  );
  process.stdout.write(JSON.stringify({ exported, loaded }));
});
