import { serveOnLoopback } from './loopback.js';

/** The service of another company that the app calls with secrets in the URL; it says yes to everything. Gives its port. */
export function startPartner(signal: AbortSignal): Promise<number> {
  return serveOnLoopback((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"rate":1.08}');
  }, signal);
}
