import { createSecureContext, type SecureContext } from 'node:tls';
import { afterEach, beforeAll, expect, test } from '@jest/globals';
import { type CertificateAuthority, createCertificateAuthority, startHttpReceiver } from '@spanseal/test-kit';
import { HttpTransport } from '../src/http-transport.js';
import { readOtlpSettings } from '../src/otlp-settings.js';
import type { TlsFiles } from '../src/tls-files.js';
import type { Answer } from '../src/transport.js';

let authority: CertificateAuthority;
beforeAll(async () => {
  authority = await createCertificateAuthority();
});
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** A transport to a receiver that never answers, whose TLS can change; and requests that arrived. */
async function hanging() {
  const tls = await authority.issue({ commonName: 'receiver', hosts: ['localhost'] });
  const receiver = await startHttpReceiver({ tls, answer: () => 'hang' });
  stops.push(() => receiver.stop());
  const newContext = (): SecureContext => createSecureContext({ ca: authority.certPem });
  const files = { now: newContext(), context: (): SecureContext => files.now };
  const settings = readOtlpSettings({ url: receiver.url }, {});
  const transport = new HttpTransport(settings, files as unknown as TlsFiles);
  stops.push(() => transport.close());
  const abort = new AbortController();
  const send = async (): Promise<Answer> => {
    const arrived = receiver.requests.length;
    const deadlineMillis = Date.now() + 50_000;
    const answer = transport.send({
      body: Buffer.from('x'),
      headers: {},
      deadlineMillis,
      signal: abort.signal,
    });
    while (receiver.requests.length === arrived) await new Promise((resolve) => setTimeout(resolve, 5));
    return answer;
  };
  const changeTls = () => {
    files.now = newContext();
  };
  return { transport, abort, send, changeTls, arrived: () => receiver.requests.length };
}

/** What is not there after a moment, hangs. */
function soon(answers: readonly Promise<Answer>[]): Promise<unknown> {
  const late = new Promise((resolve) => setTimeout(() => resolve('it hangs'), 2000));
  return Promise.race([Promise.all(answers), late]);
}

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
};
const refused = { kind: 'refused', reason: 'an exporter that is shut down' };

test('a transport that is closed cuts what is on its way, also on connections of before a change of TLS', async () => {
  const { transport, send, changeTls, arrived } = await hanging();
  const answers = [send()];
  await until(() => arrived() === 1);
  changeTls();
  answers.push(send());
  await until(() => arrived() === 2);
  changeTls();
  answers.push(send());
  await until(() => arrived() === 3);
  transport.close();
  expect(await soon(answers)).toMatchObject(answers.map(() => refused));
});

test('an attempt that nobody waits for any more ends', async () => {
  const { abort, send, arrived } = await hanging();
  const answer = send();
  await until(() => arrived() === 1);
  abort.abort();
  expect(await soon([answer])).toMatchObject([{ kind: 'again' }]);
});
