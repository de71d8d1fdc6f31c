import { createHash, X509Certificate } from 'node:crypto';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';

/** Whether a text can be a pin at all. */
export function isPin(value: unknown): value is string {
  return typeof value === 'string' && /^sha256\/[A-Za-z0-9+/]{43}=$/.test(value);
}

/**
 * The check of a server's certificate, once its chain was verified: it must be for the host, and its own public key must be one
 * of the pins, where there are any. A function of one's own replaces the check of the host in Node.js and in @grpc/grpc-js: it is
 * called here. The certificate's issuers are not looked at: a server chooses what it sends of them.
 */
export function identityCheck(pins: readonly string[]) {
  return (host: string, certificate: PeerCertificate): Error | undefined => {
    const wrongHost = checkServerIdentity(host, certificate);
    if (wrongHost !== undefined || pins.length === 0) return wrongHost;
    return pins.includes(pinOf(certificate)) ? undefined : new PinError();
  };
}

/** The certificate is valid, and has none of the pinned public keys. */
class PinError extends Error {
  override readonly name = 'PinError';
  readonly code = 'ERR_SPANSEAL_TLS_PIN';

  constructor() {
    super("the server's certificate has none of the pinned public keys");
  }
}

function pinOf({ raw }: PeerCertificate): string {
  const spki = new X509Certificate(raw).publicKey.export({ type: 'spki', format: 'der' });
  return `sha256/${createHash('sha256').update(spki).digest('base64')}`;
}
