/** A fake secret that the demo puts where careless apps put real ones, and then looks for in the bytes that left. */
export interface PlantedSecret {
  readonly label: string;
  readonly value: string;
}

/** Every secret of the demo by name. All are fake; nothing here opens anything. */
export type PlantedSecrets = Readonly<Record<SecretName, PlantedSecret>>;

export type SecretName =
  | 'password'
  | 'email'
  | 'card'
  | 'accessKeyId'
  | 'databasePassword'
  | 'smtpPassword'
  | 'dataKey'
  | 'roleSecretKey'
  | 'roleSessionToken'
  | 'partnerPassword'
  | 'partnerApiKey'
  | 'partnerToken'
  | 'partnerSignature';

/**
 * The secrets of one run. What has the shape of a real credential is put together here, at run time, so that no scanner of
 * source code takes it for one.
 */
export function plantSecrets(): PlantedSecrets {
  return {
    password: { label: 'login password', value: 'hunter2-demo' },
    email: { label: 'e-mail address', value: 'ada@example.com' },
    card: { label: 'card number', value: ['4111', '1111', '1111', '1111'].join(' ') },
    accessKeyId: { label: 'AWS access key id', value: `AKIA${'DEMO'.repeat(4)}` },
    databasePassword: { label: 'database password', value: 'demo-database-password' },
    smtpPassword: { label: 'SMTP password', value: 'demo-smtp-password' },
    dataKey: { label: 'decrypted data key', value: 'demo-data-key-in-the-clear' },
    roleSecretKey: { label: 'secret key of the role', value: 'demo/secret+access/key' },
    roleSessionToken: {
      label: 'session token of the role',
      value: `demo-session-token-${'0123456789'.repeat(3)}`,
    },
    partnerPassword: { label: 'password in a URL', value: 'demo-partner-password' },
    partnerApiKey: { label: 'api_key in a URL', value: 'demo-partner-api-key' },
    partnerToken: { label: 'token in a URL', value: 'demo-partner-token' },
    partnerSignature: { label: 'sig in a URL', value: 'demo-partner-signature' },
  };
}
