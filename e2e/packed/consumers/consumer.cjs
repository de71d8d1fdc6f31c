// The same app as CommonJS.
const { runConsumer } = require('./path.cjs');
const exporter = require('@spanseal/otlp-exporter');
const seal = require('@spanseal/seal');
const processor = require('@spanseal/span-processor');

runConsumer({ exporter, seal, processor }).then((outcome) => console.log(JSON.stringify(outcome)));
