import { DecryptCommand, GenerateMacCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startAwsEndpoint } from '../src/aws-endpoint.js';
import { plantSecrets } from '../src/planted.js';

const secrets = plantSecrets();
const end = new AbortController();
const configuration = {
  region: 'eu-west-1',
  endpoint: '',
  credentials: { accessKeyId: 'demo', secretAccessKey: 'demo' },
  maxAttempts: 1,
};

beforeAll(async () => {
  configuration.endpoint = `http://127.0.0.1:${await startAwsEndpoint(secrets, end.signal)}`;
});
afterAll(() => end.abort());

describe('the real clients are served:', () => {
  test('Secrets Manager gets a secret', async () => {
    const client = new SecretsManagerClient(configuration);
    const { SecretString, ARN } = await client.send(new GetSecretValueCommand({ SecretId: 'shop/database' }));
    expect(JSON.parse(SecretString ?? '')).toEqual({
      user: 'shop',
      password: secrets.databasePassword.value,
    });
    expect(ARN).toContain('shop/database');
    client.destroy();
  });

  test('SSM gets a parameter', async () => {
    const client = new SSMClient(configuration);
    const { Parameter } = await client.send(new GetParameterCommand({ Name: '/shop/smtp' }));
    expect(Parameter).toMatchObject({ Name: '/shop/smtp', Value: secrets.smtpPassword.value });
    client.destroy();
  });

  test('KMS decrypts', async () => {
    const client = new KMSClient(configuration);
    const { Plaintext } = await client.send(new DecryptCommand({ CiphertextBlob: Buffer.from('any') }));
    expect(Buffer.from(Plaintext ?? []).toString()).toBe(secrets.dataKey.value);
    client.destroy();
  });

  test('STS gives the credentials of a role', async () => {
    const client = new STSClient(configuration);
    const role = 'arn:aws:iam::000000000000:role/shop';
    const { Credentials, AssumedRoleUser } = await client.send(
      new AssumeRoleCommand({ RoleArn: role, RoleSessionName: 'test' }),
    );
    expect(Credentials?.SecretAccessKey).toBe(secrets.roleSecretKey.value);
    expect(Credentials?.SessionToken).toBe(secrets.roleSessionToken.value);
    expect(AssumedRoleUser?.Arn).toBe(`${role}/test`);
    client.destroy();
  });

  test('S3 gives back what was put', async () => {
    const client = new S3Client({ ...configuration, forcePathStyle: true });
    const object = { Bucket: 'invoices', Key: 'a folder/0042.txt' };
    await client.send(new PutObjectCommand({ ...object, Body: 'three books' }));
    const { Body } = await client.send(new GetObjectCommand(object));
    expect(await Body?.transformToString()).toBe('three books');
    client.destroy();
  });
});

describe('what the demo does not need is refused, not invented:', () => {
  test('another operation of a served service', async () => {
    const client = new KMSClient(configuration);
    const command = new GenerateMacCommand({
      KeyId: 'any',
      Message: Buffer.from('any'),
      MacAlgorithm: 'HMAC_SHA_256',
    });
    await expect(client.send(command)).rejects.toMatchObject({ name: 'UnknownOperationException' });
    client.destroy();
  });

  test('another action of STS', async () => {
    const client = new STSClient(configuration);
    await expect(client.send(new GetCallerIdentityCommand({}))).rejects.toThrow();
    client.destroy();
  });

  test('an object that nobody put', async () => {
    const client = new S3Client({ ...configuration, forcePathStyle: true });
    const command = new GetObjectCommand({ Bucket: 'invoices', Key: 'none' });
    await expect(client.send(command)).rejects.toMatchObject({ name: 'NoSuchKey' });
    client.destroy();
  });
});
