// Opens the shop, visits it once, and closes it.
const { once } = require('node:events');
const { shop } = require('./shop.cjs');
const { provider } = require('./tracing.cjs');

async function visit() {
  const server = shop.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${server.address().port}`;
  const post = (path, body) =>
    fetch(`${address}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  await fetch(`${address}/login?user=alice&password=hunter2`);
  await post('/payments', { card: '4111 1111 1111 1111', note: 'thanks' });
  await post('/receipts', { to: 'alice@example.com' });

  server.close();
  server.closeAllConnections();
  await provider.shutdown();
}

visit();
