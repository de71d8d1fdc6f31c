// A receiver that verifies what arrives, and refuses or puts off a request now and then. It reports when it is asked to.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createKeyRing, createVerifier, type Verifier } from '@spanseal/seal';

/** One in so many requests is put off, or refused for good. */
const putOffEach = 997;
const refusedEach = 1499;

let verifier: Verifier | undefined;
let requests = 0;
let refused = 0;

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => answer(request, response, Buffer.concat(chunks)));
});

function answer(_: IncomingMessage, response: ServerResponse, body: Buffer): void {
  requests += 1;
  if (requests % putOffEach === 0) {
    response.writeHead(503, { 'retry-after': '0' }).end();
    return;
  }
  if (requests % refusedEach === 0) {
    refused += 1;
    response.writeHead(400).end();
    return;
  }
  verifier?.add(body);
  response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
}

process.on('message', (message: { secret?: string }) => {
  if (message.secret !== undefined) {
    verifier = createVerifier({
      keyRing: createKeyRing({ primary: { id: 'k-bench', secret: message.secret } }),
    });
    server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
    return;
  }
  const report = verifier?.finish();
  process.send?.({ report: { ...report, findings: report?.findings.slice(0, 20) }, requests, refused });
});
process.on('disconnect', () => process.exit());
