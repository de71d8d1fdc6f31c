import { setTimeout } from 'node:timers/promises';
import type { SpanRecord } from './app/message.js';
import { startApp } from './app-process.js';
import { startAwsEndpoint } from './aws-endpoint.js';
import { issueServerCertificate } from './certificate.js';
import { startPartner } from './partner.js';
import type { PlantedSecrets } from './planted.js';
import { startReceiver } from './receiver.js';
import { visitShop } from './visitor.js';

/** What one run of the app gave. */
export interface Capture {
  /** The spans as they were, before masking. */
  readonly was: readonly SpanRecord[];
  /** Every request that the receiver got, byte for byte. */
  readonly requests: readonly Uint8Array[];
  /** The TLS versions that were negotiated. */
  readonly protocols: readonly string[];
}

/** How the app is to run. */
export interface CaptureOptions {
  readonly secrets: PlantedSecrets;
  readonly signingKey: { readonly id: string; readonly secret: string };
  readonly masking: boolean;
  readonly sealing: boolean;
  /** Ends the app and all servers. */
  readonly signal: AbortSignal;
}

const graceMilliseconds = 500;

function partnerUrl(port: number, secrets: PlantedSecrets): string {
  const url = new URL(`http://127.0.0.1:${port}/rates`);
  url.username = 'shop';
  url.password = secrets.partnerPassword.value;
  url.searchParams.set('currency', 'EUR');
  url.searchParams.set('api_key', secrets.partnerApiKey.value);
  url.searchParams.set('token', secrets.partnerToken.value);
  url.searchParams.set('sig', secrets.partnerSignature.value);
  return url.href;
}

/** Runs the app once, with everything around it that it talks to. */
export async function captureVisit(options: CaptureOptions): Promise<Capture> {
  const { secrets, signingKey, masking, sealing, signal } = options;
  const certificate = await issueServerCertificate();
  const [awsPort, partnerPort, receiver] = await Promise.all([
    startAwsEndpoint(secrets, signal),
    startPartner(signal),
    startReceiver(certificate, signal),
  ]);
  const settings = {
    awsPort,
    partnerUrl: partnerUrl(partnerPort, secrets),
    collectorPort: receiver.port,
    authority: certificate.authority,
    accessKeyId: secrets.accessKeyId.value,
    signingKey,
    masking,
    sealing,
  };
  const app = await startApp(settings, signal);
  // When the app breaks, what it says about that tells more than a request without an answer.
  await visitShop(app.port, secrets, signal).catch(async (error: unknown) => {
    await Promise.race([app.recorded, setTimeout(graceMilliseconds)]);
    throw error;
  });
  app.finish();
  const was = await app.recorded;
  return { was, requests: receiver.requests, protocols: [...receiver.protocols] };
}
