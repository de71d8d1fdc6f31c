import { createHmac, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TraceRequest } from '@spanseal/otlp';
import { createKeyRing, openSpanSealer, type StreamKeySource } from '@spanseal/seal';
import { folder, framed, json, protobuf, realm, requestsOf, spansealHere } from './spanseal.js';

const root = randomBytes(32);
const token = 'hvs.CAESIplanted-token';
const arn = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const macOf = (message: Uint8Array): Buffer => createHmac('sha256', root).update(message).digest();
const here: StreamKeySource = { mac: async (message) => macOf(message) };

/** The one call of the transit engine, for the one token. */
function startVault(calls: string[]): Promise<Server> {
  const server = createServer(async (request, response) => {
    calls.push(request.url ?? '');
    const { input } = JSON.parse(await text(request));
    const isAllowed = request.headers['x-vault-token'] === token;
    const hmac = `vault:v1:${macOf(Buffer.from(input, 'base64')).toString('base64')}`;
    response.writeHead(isAllowed ? 200 : 403).end(JSON.stringify({ data: { hmac } }));
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

async function sealedStream(count = 2): Promise<TraceRequest[]> {
  const keyRing = createKeyRing({ realm, primary: { id: 'vault-v1', source: here } });
  const options = { keyRing, startMillis: Date.now(), random: randomBytes(12) };
  return requestsOf(await openSpanSealer(options), count);
}

describe('a key ring in a file whose keys are in Vault', () => {
  const calls: string[] = [];
  let server: Server;
  let source: Record<string, unknown>;
  beforeAll(async () => {
    server = await startVault(calls);
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    source = { type: 'vault', address: `http://127.0.0.1:${port}`, key: 'trace-seal', keyVersion: 1 };
  });
  afterAll(() => {
    server.close();
  });

  const verify = (files: Record<string, Uint8Array | string>, env = {}, ...more: string[]) => {
    const path = folder(files);
    const captures = Object.keys(files).filter((name) => name.startsWith('capture'));
    const args = ['verify', ...captures.map((name) => join(path, name))];
    return spansealHere([...args, '--key-file', join(path, 'keys.json'), ...more], '', env);
  };
  const ring = (more: object = {}): string =>
    JSON.stringify({ realm, primary: { id: 'vault-v1', source: { ...source, ...more } } });

  test('verifies, with one call for each stream, however many files and requests it is spread over', async () => {
    const [one, other] = [await sealedStream(3), await sealedStream(1)];
    calls.length = 0;
    const files = {
      'capture-1.binpb': framed(one.slice(0, 2).map(protobuf)),
      'capture-2.jsonl': [...one.slice(2), ...other].map((each) => `${Buffer.from(json(each))}\n`).join(''),
      'keys.json': ring(),
    };
    const { code, stdout, stderr } = await verify(files, { VAULT_TOKEN: token }, '--format', 'json');
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({
      result: 'intact',
      spans: { total: 8, valid: 8 },
      streamKeys: { fetched: 2, failures: [], skipped: 0 },
    });
    expect(calls).toEqual(['/v1/transit/hmac/trace-seal/sha2-256', '/v1/transit/hmac/trace-seal/sha2-256']);
  });

  test('takes the token from a file, or from another variable', async () => {
    const request = protobuf((await sealedStream(1))[0] as TraceRequest);
    const tokenFile = join(folder({ token: `${token}\n` }), 'token');
    const ofFile = await verify({ 'capture.pb': request, 'keys.json': ring({ tokenFile }) });
    const ofVariable = await verify(
      { 'capture.pb': request, 'keys.json': ring({ tokenEnv: 'BAO_TOKEN' }) },
      { BAO_TOKEN: token },
    );
    expect([ofFile.code, ofVariable.code]).toEqual([0, 0]);
  });

  test('says why keys are not there, without the token, and that nothing is proven', async () => {
    const request = protobuf((await sealedStream(1))[0] as TraceRequest);
    const files = { 'capture.pb': request, 'keys.json': ring() };
    const { code, stdout, stderr } = await verify(files, { VAULT_TOKEN: 'hvs.another-one' });
    expect([code, stderr]).toEqual([2, '']);
    expect(stdout).toMatch(/^INCOMPLETE/);
    expect(stdout).toContain('key vault-v1: ERR_SPANSEAL_STREAM_KEY_REFUSED');
    expect(stdout).toContain('HTTP 403 (1 stream)');
    expect(stdout).not.toContain('hvs.');
    const path = folder(files);
    const prove = ['prove', join(path, 'capture.pb'), '--key-file', join(path, 'keys.json')];
    const refused = await spansealHere([...prove, '--span', '0000000000000001'], '', {
      VAULT_TOKEN: 'hvs.x',
    });
    expect([refused.code, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toContain(
      'no span that verifies has this id\nkey vault-v1: ERR_SPANSEAL_STREAM_KEY',
    );
    expect(refused.stderr).not.toContain('hvs.');
  });

  test('asks for no more streams than it is told', async () => {
    const requests = [...(await sealedStream(1)), ...(await sealedStream(1)), ...(await sealedStream(1))];
    calls.length = 0;
    const files = { 'capture.binpb': framed(requests.map(protobuf)), 'keys.json': ring() };
    const { code, stdout } = await verify(files, { VAULT_TOKEN: token }, '--max-streams', '2');
    expect(code).toBe(2);
    expect(calls).toHaveLength(2);
    expect(stdout).toContain('the keys of 1 stream were not asked for: --max-streams');
    const wrong = await verify(files, { VAULT_TOKEN: token }, '--max-streams', 'all');
    expect(wrong.code).toBe(3);
    expect(wrong.stderr).toContain('--max-streams: expected');
  });

  test('is refused, with every fault and no content, when it cannot be used', async () => {
    const keys = {
      realm,
      primary: { id: 'a', source: { ...source, keyVersion: 0 } },
      verifyOnly: [
        { id: 'b', source: { ...source, token } },
        { id: 'c', source: { type: 'aws-kms', keyId: 'alias/seal' } },
        { id: 'd', source: { type: token } },
        { id: 'e', source: { ...source, tokenEnv: token } },
        { id: 'f', source: { ...source, tokenEnv: 'NO_TOKEN' } },
        { id: 'g', source: { ...source, tokenFile: '' } },
        { id: 'h', source: { ...source, [token]: 1 } },
        { id: 'i', source: { ...source, tokenFile: 'a', tokenEnv: 'B' } },
        { id: 'j', source: { type: 'aws-kms', keyId: arn, client: { send: 1 } } },
      ],
      revoked: [
        { id: 'k', source: { type: 'vault', key: 'trace-seal', keyVersion: 1, address: 'http://vault' } },
      ],
    };
    const files = { 'capture.pb': new Uint8Array(), 'keys.json': JSON.stringify(keys) };
    const { code, stdout, stderr } = await verify(files, { VAULT_TOKEN: token });
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toContain('error ERR_SPANSEAL_STREAM_KEY_OPTIONS: primary.source.keyVersion: expected');
    for (const place of [
      ...['verifyOnly[0].source.token:', 'verifyOnly[1].source.keyId:', 'verifyOnly[2].source.type:'],
      ...['verifyOnly[3].source.tokenEnv:', 'verifyOnly[4].source.tokenEnv: expected a token in NO_TOKEN'],
      ...[
        'verifyOnly[5].source.tokenFile:',
        'verifyOnly[6].source.(a member):',
        'verifyOnly[7].source.tokenFile:',
      ],
      ...['verifyOnly[8].source.(a member):', 'revoked[0].source.address:'],
    ])
      expect(stderr).toContain(place);
    expect(stderr).not.toContain(token);
  });
});
