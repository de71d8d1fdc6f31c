// Reads a secret and takes on a role. Region, credentials and endpoint come from the AWS_* variables.
const { GetSecretValueCommand, SecretsManagerClient } = require('@aws-sdk/client-secrets-manager');
const { AssumeRoleCommand, STSClient } = require('@aws-sdk/client-sts');
const { provider } = require('./tracing.cjs');

async function main() {
  const secret = new GetSecretValueCommand({ SecretId: 'shop/database' });
  await new SecretsManagerClient().send(secret);

  const role = { RoleArn: 'arn:aws:iam::000000000000:role/shop', RoleSessionName: 'shop' };
  await new STSClient().send(new AssumeRoleCommand(role));

  await provider.shutdown();
}

main();
