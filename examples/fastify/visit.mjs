// Opens the shop, visits it once, and closes it.
import { startReceiver } from './receiver.mjs';
import { openShop } from './shop.mjs';
import { startTracing } from './tracing.mjs';

const receiver = await startReceiver('traces.jsonl');
const provider = startTracing(`http://127.0.0.1:${receiver.address().port}/v1/traces`);
const shop = await openShop();
const address = await shop.listen({ port: 0, host: '127.0.0.1' });

const post = (path, body) =>
  fetch(`${address}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
await fetch(`${address}/login?user=alice&password=hunter2`);
await post('/payments', { card: '4111 1111 1111 1111', note: 'thanks' });
await post('/receipts', { to: 'alice@example.com' });

await shop.close();
await provider.shutdown();
receiver.close();
