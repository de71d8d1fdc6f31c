import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { GenerateMacCommand, KMSClient } from '@aws-sdk/client-kms';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type AwsKmsClient, awsKmsSource } from '../src/aws-kms/index.js';
import { createKeyRing, openSpanSealer, SealError } from '../src/index.js';

const keyId = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const root = Buffer.alloc(32, 5);
const credentials = { accessKeyId: 'AKIATESTTESTTESTTEST', secretAccessKey: 'the-secret-access-key' };
const signal = new AbortController().signal;
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

interface Answer {
  readonly status: number;
  readonly body: object;
}

/** A server that speaks the wire form of KMS GenerateMac; what it answers is the test's to say. */
async function kmsServer(answer: (input: Record<string, string>, call: number) => Answer | undefined) {
  const calls: Record<string, string>[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      calls.push({ target: String(request.headers['x-amz-target']), ...JSON.parse(text) });
      const given = answer(JSON.parse(text), calls.length);
      if (given === undefined) return;
      response.writeHead(given.status, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(given.body));
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new KMSClient({
    region: 'eu-central-1',
    endpoint,
    credentials: { ...credentials },
    maxAttempts: 2,
  });
  return { calls, client, endpoint };
}

function macOf(message: string | undefined): string {
  return createHmac('sha256', root)
    .update(Buffer.from(message ?? '', 'base64'))
    .digest('base64');
}

async function failureOf(client: AwsKmsClient): Promise<SealError> {
  const ring = createKeyRing({ primary: { id: 'kms', source: awsKmsSource({ keyId, client }) } });
  const random = new Uint8Array(12);
  const error: unknown = await openSpanSealer({
    keyRing: ring,
    startMillis: 0,
    random,
    timeoutMillis: 2000,
  }).catch((reason: unknown) => reason);
  if (error instanceof SealError) return error;
  throw new Error('nothing was refused');
}

describe('a source for a KMS key, with the real client of the AWS SDK', () => {
  test('calls GenerateMac with the key and the message, and gives the MAC', async () => {
    const { client, calls } = await kmsServer(({ Message }) => ({
      status: 200,
      body: { KeyId: keyId, MacAlgorithm: 'HMAC_SHA_256', Mac: macOf(Message) },
    }));
    const message = Buffer.from('a message');
    const mac = await awsKmsSource({ keyId, client }).mac(message, { signal });
    expect(Buffer.from(mac)).toEqual(createHmac('sha256', root).update(message).digest());
    expect(calls).toEqual([
      {
        target: 'TrentService.GenerateMac',
        KeyId: keyId,
        MacAlgorithm: 'HMAC_SHA_256',
        Message: message.toString('base64'),
      },
    ]);
  });

  test.each<[string, number, string, number]>([
    ['AccessDeniedException', 400, 'ERR_SPANSEAL_STREAM_KEY_REFUSED', 1],
    ['NotFoundException', 400, 'ERR_SPANSEAL_STREAM_KEY_REFUSED', 1],
    ['DisabledException', 400, 'ERR_SPANSEAL_STREAM_KEY_REFUSED', 1],
    ['InvalidKeyUsageException', 400, 'ERR_SPANSEAL_STREAM_KEY_REFUSED', 1],
    ['ThrottlingException', 400, 'ERR_SPANSEAL_STREAM_KEY_UNAVAILABLE', 2],
    ['KeyUnavailableException', 500, 'ERR_SPANSEAL_STREAM_KEY_UNAVAILABLE', 2],
    ['KMSInternalException', 500, 'ERR_SPANSEAL_STREAM_KEY_UNAVAILABLE', 2],
  ])(
    'says %s by its name only, after as many calls as the client makes',
    async (name, status, code, count) => {
      const body = { __type: name, message: `User ${credentials.accessKeyId} may not` };
      const { client, calls } = await kmsServer(() => ({ status, body }));
      const failure = await failureOf(client);
      expect(failure).toMatchObject({ code, faults: [{ path: 'aws-kms', got: name }] });
      expect(calls).toHaveLength(count);
      const shown = inspect(failure, { showHidden: true, depth: 9 });
      for (const value of Object.values(credentials)) expect(shown).not.toContain(value);
      expect(shown).not.toContain('$metadata');
    },
  );

  test.each([
    ['no MAC', {}],
    ['a MAC of 48 bytes', { Mac: Buffer.alloc(48).toString('base64') }],
  ])('takes no answer with %s', async (_, body) => {
    const { client } = await kmsServer(() => ({ status: 200, body }));
    expect((await failureOf(client)).code).toBe('ERR_SPANSEAL_STREAM_KEY_ANSWER');
  });

  test('gives up in time when nothing answers', async () => {
    const { client } = await kmsServer(() => undefined);
    const started = Date.now();
    expect((await failureOf(client)).code).toBe('ERR_SPANSEAL_STREAM_KEY_TIMEOUT');
    expect(Date.now() - started).toBeLessThan(6000);
  });

  test('says that nothing is there when nothing is there', async () => {
    const client = new KMSClient({
      region: 'r',
      endpoint: 'http://127.0.0.1:1',
      credentials: { ...credentials },
      maxAttempts: 1,
    });
    expect((await failureOf(client)).code).toBe('ERR_SPANSEAL_STREAM_KEY_UNAVAILABLE');
  });

  test('is made of the options when no client is given', async () => {
    const { endpoint, calls } = await kmsServer(({ Message }) => ({
      status: 200,
      body: { Mac: macOf(Message) },
    }));
    const before = { ...process.env };
    process.env['AWS_ACCESS_KEY_ID'] = credentials.accessKeyId;
    process.env['AWS_SECRET_ACCESS_KEY'] = credentials.secretAccessKey;
    try {
      const source = awsKmsSource({ keyId, region: 'eu-central-1', endpoint });
      await source.mac(Buffer.from('1'), { signal });
      await source.mac(Buffer.from('2'), { signal });
      expect(calls).toHaveLength(2);
      // An ARN says in which region its key is.
      for (const variable of ['AWS_REGION', 'AWS_DEFAULT_REGION']) delete process.env[variable];
      const arn = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
      await awsKmsSource({ keyId: arn, endpoint }).mac(Buffer.from('3'), { signal });
      expect(calls).toHaveLength(3);
    } finally {
      process.env = before;
    }
  });

  test('shows nothing of the client', () => {
    const client = new KMSClient({ region: 'r', credentials: { ...credentials } });
    const source = awsKmsSource({ keyId, client });
    expect(inspect(source)).toBe('AwsKmsSource {}');
    const shown = [
      inspect(source, { showHidden: true, depth: 9 }),
      JSON.stringify(source),
      String(source),
    ].join();
    expect(shown).not.toMatch(/AKIA|secret/);
    // The type of the option takes the client of the SDK, and its command.
    const typed: AwsKmsClient = client;
    expect(typed.send).toBe(client.send);
    expect(
      new GenerateMacCommand({ KeyId: keyId, MacAlgorithm: 'HMAC_SHA_256', Message: root }),
    ).toBeDefined();
  });
});

describe('the options of a KMS source', () => {
  test.each<[string, unknown, string[]]>([
    ['nothing', undefined, ['options', 'keyId']],
    ['an alias', { keyId: 'alias/trace-seal' }, ['keyId']],
    ['the ARN of an alias', { keyId: 'arn:aws:kms:eu-central-1:111122223333:alias/x' }, ['keyId']],
    ['no key', { keyId: '' }, ['keyId']],
    ['a client without send()', { keyId, client: {} }, ['client']],
    ['an endpoint that is no URL', { keyId, endpoint: 'nowhere' }, ['endpoint']],
    ['all at once', { keyId: 7, region: '', other: 1 }, ['other', 'keyId', 'region']],
    ['a secret for a name', { keyId, 'AKIA-very-secret': 1 }, ['(an option)']],
  ])('are refused with every fault: %s', (_, options, paths) => {
    let error: unknown;
    try {
      awsKmsSource(options as never);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ code: 'ERR_SPANSEAL_STREAM_KEY_OPTIONS' });
    expect((error as SealError).faults.map(({ path }) => path)).toEqual(paths);
  });
});
