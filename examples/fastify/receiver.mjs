// Stands for a collector: appends each request, OTLP JSON, to a file.
import { once } from 'node:events';
import { appendFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

export async function startReceiver(file) {
  rmSync(file, { force: true });
  const receiver = createServer(async (request, response) => {
    appendFileSync(file, `${await text(request)}\n`);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  return receiver;
}
