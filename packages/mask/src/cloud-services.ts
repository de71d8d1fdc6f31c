import type { ServicePreset } from './service-preset.js';

const NAME = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';

/** Host names of an API of Google Cloud: global, mutual TLS, by location before or behind the name, Private Service Connect. */
function googleApi(service: string): RegExp {
  return new RegExp(
    `^(?:${NAME}-)?${service}(?:\\.mtls)?\\.googleapis\\.com$|^${service}\\.${NAME}\\.rep\\.googleapis\\.com$|^${service}-${NAME}(?:\\.mtls)?\\.p\\.googleapis\\.com$`,
  );
}

/** Secret Manager, KMS, credentials and the metadata server. */
export const gcpServices: ServicePreset = {
  name: 'gcp',
  rpc: [
    [/^google\.cloud\.(?:secretmanager|secrets)\.v[0-9a-z]{1,12}\.secretmanagerservice$/, 'secretmanager'],
    [/^google\.cloud\.kms\.v[0-9a-z]{1,12}\.(?:keymanagementservice|ekmservice|autokey)$/, 'cloudkms'],
    [/^google\.iam\.credentials\.v[0-9a-z]{1,12}\.iamcredentials$/, 'iamcredentials'],
    [/^google\.cloud\.parametermanager\.v[0-9a-z]{1,12}\.parametermanager$/, 'parametermanager'],
  ],
  hosts: [
    ...[
      'secretmanager',
      'cloudkms',
      'iamcredentials',
      'parametermanager',
      'sts',
      'oauth2',
      'securetoken',
      'identitytoolkit',
    ].map((service) => ({ service, host: googleApi(service) })),
    {
      service: 'instance-metadata',
      host: /^metadata(?:\.google\.internal)?$|^169\.254\.169\.254$|^\[fd20:ce::254\]$|^\[::ffff:a9fe:a9fe\]$/,
    },
  ],
};

const AZURE_VAULTS =
  '(?:azure\\.net|azure\\.cn|usgovcloudapi\\.net|microsoftazure\\.de|azure\\.eaglex\\.ic\\.gov|cloudapi\\.microsoft\\.scloud)';
const MICROSOFT_LOGINS =
  '(?:microsoftonline\\.(?:com|us|de)|partner\\.microsoftonline\\.cn|chinacloudapi\\.cn|windows\\.net|microsoft\\.com|microsoftonline\\.eaglex\\.ic\\.gov|microsoftonline\\.microsoft\\.scloud)';

/** Key Vault, managed HSM, Entra, managed identities. */
export const azureServices: ServicePreset = {
  name: 'azure',
  hosts: [
    {
      service: 'keyvault',
      host: new RegExp(`^${NAME}\\.(?:privatelink\\.)?(?:vault|vaultcore|managedhsm)\\.${AZURE_VAULTS}$`),
    },
    {
      service: 'entra',
      host: new RegExp(
        `^(?:${NAME}\\.)?login\\.${MICROSOFT_LOGINS}$|^login-us\\.microsoftonline\\.com$|^sts\\.windows\\.net$|^${NAME}\\.(?:b2clogin|ciamlogin)\\.com$`,
      ),
    },
    { service: 'instance-metadata', host: /^169\.254\.169\.254$|^\[::ffff:a9fe:a9fe\]$/ },
    {
      // App Service and Functions, Container Apps, Azure Arc.
      service: 'managed-identity',
      host: /^localhost$|^127\.0\.0\.1$|^\[::1\]$|^169\.254\.\d{1,3}\.\d{1,3}$/,
      path: /^\/(?:msi\/token|metadata\/identity\/oauth2\/token)\/?$/,
    },
  ],
};

/** Paths below which Vault mounts its engines unless it is told otherwise. */
const VAULT_MOUNT = /^\/v1\/(?:secret|kv|transit|auth|sys|pki|database|cubbyhole|identity|totp|ssh)\//;
const VAULT_NAME = /^(?:[a-z0-9-]{1,63}-)?(?:vault|openbao|bao)(?:-[a-z0-9-]{1,63})?(?:\.|$)/;

/** HashiCorp Vault and OpenBao: by the API path or the port on a host that is called so, by port and path on any host. */
export const vaultServices: ServicePreset = {
  name: 'vault',
  hosts: [
    { service: 'vault', host: VAULT_NAME, port: 8200 },
    { service: 'vault', host: VAULT_NAME, path: /^\/v1\// },
    { service: 'vault', host: /^[a-z0-9.-]{1,200}\.hashicorp\.cloud$/, port: 8200 },
    { service: 'vault', host: /^localhost$|^127\.0\.0\.1$|^\[::1\]$/, port: 8200 },
    { service: 'vault', host: /^/, port: 8200, path: VAULT_MOUNT },
  ],
};

/** Token endpoints of identity providers, by their paths. */
export const oidcServices: ServicePreset = {
  name: 'oidc',
  hosts: [
    {
      service: 'token-endpoint',
      host: /^/,
      path: /^\/(?:[^/]{1,128}\/){0,6}(?:oauth2?\/(?:[^/]{1,64}\/){0,3}(?:token|access_token|introspect|revoke)|login\/oauth\/access_token|protocol\/openid-connect\/token(?:\/introspect)?|connect\/(?:token|introspect)|as\/(?:token\.oauth2|token)|o\/oauth2\/token)\/?$/,
    },
  ],
};
