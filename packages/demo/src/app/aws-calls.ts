import { DecryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { trace } from '@opentelemetry/api';

/** Where AWS is, and as whom the app calls it. */
export interface AwsAccess {
  readonly port: number;
  readonly accessKeyId: string;
}

/** The calls that the app makes to AWS. */
export interface AwsCalls {
  /** Reads a secret, a parameter, a data key and a role's credentials. */
  readSecrets(): Promise<void>;
  /** Stores an invoice and reads it back. */
  storeInvoice(): Promise<string>;
}

/** Some distributions put the caller's access key id on AWS spans; so does this app. */
function revealCaller(accessKeyId: string): void {
  trace.getActiveSpan()?.setAttribute('aws.auth.account.access_key', accessKeyId);
}

/** Makes the clients of five AWS services. */
export function createAwsCalls({ port, accessKeyId }: AwsAccess): AwsCalls {
  const configuration = {
    region: 'eu-west-1',
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId, secretAccessKey: 'demo' },
    maxAttempts: 1,
  };
  const secretsManager = new SecretsManagerClient(configuration);
  const ssm = new SSMClient(configuration);
  const kms = new KMSClient(configuration);
  const sts = new STSClient(configuration);
  const s3 = new S3Client({ ...configuration, forcePathStyle: true });
  s3.middlewareStack.add(
    (next) => (call) => {
      revealCaller(accessKeyId);
      return next(call);
    },
    { step: 'initialize' },
  );
  return {
    readSecrets: async () => {
      await secretsManager.send(new GetSecretValueCommand({ SecretId: 'shop/database' }));
      await ssm.send(new GetParameterCommand({ Name: '/shop/smtp', WithDecryption: true }));
      await kms.send(new DecryptCommand({ CiphertextBlob: Buffer.from('demo ciphertext') }));
      const role = 'arn:aws:iam::000000000000:role/shop';
      await sts.send(new AssumeRoleCommand({ RoleArn: role, RoleSessionName: 'demo' }));
    },
    storeInvoice: async () => {
      const object = { Bucket: 'invoices', Key: '2026/0042.txt' };
      await s3.send(new PutObjectCommand({ ...object, Body: 'Invoice 42: three books' }));
      const { Body } = await s3.send(new GetObjectCommand(object));
      return Body === undefined ? '' : Body.transformToString();
    },
  };
}
