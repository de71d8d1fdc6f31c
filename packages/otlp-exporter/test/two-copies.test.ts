import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';

/** Seals with the modules of one kind what the exporter's of the other kind made of a span. */
const program = `
  import { createRequire } from 'node:module';
  import * as esmExporter from '@spanseal/otlp-exporter';
  import * as esmSeal from '@spanseal/seal';
  import * as esmOtlp from '@spanseal/otlp';
  const require = createRequire(import.meta.url);
  const esm = { ...esmExporter, ...esmSeal, ...esmOtlp };
  const cjs = { ...require('@spanseal/otlp-exporter'), ...require('@spanseal/seal'), ...require('@spanseal/otlp') };
  const now = Date.now();
  const context = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 };
  const times = [Math.floor(now / 1000), 123456789];
  const span = {
    name: 'GET /orders', kind: 1, spanContext: () => context, startTime: times, endTime: times, duration: [0, 0], ended: true,
    status: { code: 0 }, attributes: { 'http.route': '/orders', list: [1, 2] }, resource: { attributes: { 'service.name': 's' } },
    links: [{ context, attributes: { a: 1 } }], events: [{ name: 'e', time: times, attributes: { b: true } }],
    instrumentationScope: { name: 'http' }, droppedAttributesCount: 0, droppedEventsCount: 0, droppedLinksCount: 0,
  };
  const verdicts = [[esm, cjs], [cjs, esm], [esm, esm]].map(([maker, sealing]) => {
    const keyRing = maker.createKeyRing({ primary: { id: 'k', secret: maker.generateSecret() } });
    const item = maker.spanToSeal(span);
    const sealer = sealing.createSpanSealer({ keyRing, startMillis: now, random: Buffer.alloc(12, 7) });
    const writer = new sealing.TraceRequestWriter();
    sealer.seal(item, now, (sealed) => writer.add(item, item.span, sealed));
    const verifier = sealing.createVerifier({ keyRing, nowMillis: now });
    verifier.add(writer.finish());
    return verifier.finish().spans;
  });
  console.log(JSON.stringify(verdicts));
`;

test('a span of an ES module is sealed by CommonJS, and the other way round', () => {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: __dirname,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  const valid = { total: 1, valid: 1 };
  expect(JSON.parse(stdout)).toMatchObject([valid, valid, valid]);
});
