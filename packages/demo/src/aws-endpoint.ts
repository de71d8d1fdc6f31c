import { Buffer } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { serveOnLoopback } from './loopback.js';
import type { PlantedSecrets } from './planted.js';

const requestId = '00000000-0000-4000-8000-000000000000';
const account = '000000000000';

type Reply = (input: Record<string, unknown>) => Record<string, unknown>;

/** What the AWS JSON 1.1 protocol serves, by `x-amz-target`. */
function jsonOperations(secrets: PlantedSecrets): ReadonlyMap<string, Reply> {
  return new Map<string, Reply>([
    [
      'secretsmanager.GetSecretValue',
      ({ SecretId }) => ({
        ARN: `arn:aws:secretsmanager:eu-west-1:${account}:secret:${SecretId}-AbCdEf`,
        Name: SecretId,
        SecretString: JSON.stringify({ user: 'shop', password: secrets.databasePassword.value }),
      }),
    ],
    [
      'AmazonSSM.GetParameter',
      ({ Name }) => ({
        Parameter: { Name, Type: 'SecureString', Version: 1, Value: secrets.smtpPassword.value },
      }),
    ],
    [
      'TrentService.Decrypt',
      () => ({
        KeyId: `arn:aws:kms:eu-west-1:${account}:key/demo`,
        EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
        Plaintext: Buffer.from(secrets.dataKey.value).toString('base64'),
      }),
    ],
  ]);
}

function assumeRole(form: URLSearchParams, secrets: PlantedSecrets): string {
  const role = form.get('RoleArn') ?? '';
  const session = form.get('RoleSessionName') ?? '';
  return `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
<Credentials><AccessKeyId>${'ASIA'}${'DEMO'.repeat(4)}</AccessKeyId>
<SecretAccessKey>${secrets.roleSecretKey.value}</SecretAccessKey>
<SessionToken>${secrets.roleSessionToken.value}</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>
<AssumedRoleUser><Arn>${role}/${session}</Arn><AssumedRoleId>AROADEMO:${session}</AssumedRoleId></AssumedRoleUser>
</AssumeRoleResult><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></AssumeRoleResponse>`;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Buffer;
}

const json = (status: number, body: object): Answer => ({
  status,
  type: 'application/x-amz-json-1.1',
  body: JSON.stringify(body),
});

const refusal: Answer = json(400, { __type: 'UnknownOperationException', message: 'not served by the demo' });

/** S3 with the bucket in the path: what was put can be got. */
function serveObject(objects: Map<string, Buffer>, request: IncomingMessage, body: Buffer): Answer {
  const path = (request.url ?? '').split('?', 1).join();
  if (request.method === 'PUT') {
    objects.set(path, body);
    return { status: 200, type: 'application/xml', body: '' };
  }
  const stored = objects.get(path);
  if (request.method === 'GET' && stored !== undefined) {
    return { status: 200, type: 'application/octet-stream', body: stored };
  }
  return { status: 404, type: 'application/xml', body: '<Error><Code>NoSuchKey</Code></Error>' };
}

function send(response: ServerResponse, { status, type, body }: Answer): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'x-amzn-requestid': requestId,
    'x-amz-request-id': requestId,
    etag: '"demo"',
  });
  response.end(body);
}

/**
 * As much of AWS as the demo needs, for the real SDK clients: Secrets Manager, SSM and KMS (JSON 1.1), STS (form in, XML out),
 * S3 with path-style addresses. Signatures are not checked. Gives its port; the signal ends it.
 */
export function startAwsEndpoint(secrets: PlantedSecrets, signal: AbortSignal): Promise<number> {
  const operations = jsonOperations(secrets);
  const objects = new Map<string, Buffer>();
  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const body = await buffer(request);
    const target = request.headers['x-amz-target'];
    if (typeof target === 'string') {
      const reply = operations.get(target);
      return reply === undefined ? refusal : json(200, reply(JSON.parse(body.toString())));
    }
    if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
      const form = new URLSearchParams(body.toString());
      if (form.get('Action') !== 'AssumeRole') return refusal;
      return { status: 200, type: 'text/xml', body: assumeRole(form, secrets) };
    }
    return serveObject(objects, request, body);
  };
  return serveOnLoopback((request, response) => {
    answer(request).then(
      (value) => send(response, value),
      () => send(response, refusal),
    );
  }, signal);
}
