// An app as an ES module: masks, seals, and verifies what a stock serializer makes of it. Prints one JSON line.

import * as exporter from '@spanseal/otlp-exporter';
import * as seal from '@spanseal/seal';
import * as processor from '@spanseal/span-processor';
import { runConsumer } from './path.cjs';

console.log(JSON.stringify(await runConsumer({ exporter, seal, processor })));
