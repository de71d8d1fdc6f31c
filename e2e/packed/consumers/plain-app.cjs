// An app that knows nothing of tracing. It asks itself for a page whose address holds secrets.
const http = require('node:http');

const { SECRET } = process.env;
const server = http.createServer((_, response) => response.end('done'));
server.listen(0, '127.0.0.1', async () => {
  const { port } = server.address();
  const answer = await fetch(`http://127.0.0.1:${port}/orders?password=${SECRET}&token=${SECRET}`);
  await answer.text();
  http.get(`http://127.0.0.1:${port}/reset?api_key=${SECRET}`, (response) => {
    response.resume();
    response.once('end', () => server.close());
  });
});
