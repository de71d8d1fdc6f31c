// A key ring of the ES module copy in the exporter of the CommonJS copy, and the other way round.
import { createRequire } from 'node:module';
import * as seal from '@spanseal/seal';
import { runConsumer } from './path.cjs';

const require = createRequire(import.meta.url);
const exporter = require('@spanseal/otlp-exporter');
const processor = require('@spanseal/span-processor');
console.log(JSON.stringify(await runConsumer({ exporter, seal, processor })));
