import { SpanStatusCode, trace } from '@opentelemetry/api';
import express, { type Express, type Request } from 'express';
import type { AwsCalls } from './aws-calls.js';

/** What the shop works with. */
export interface ShopParts {
  readonly aws: AwsCalls;
  /** With userinfo, api_key, token and sig in it, as some partners still ask for. */
  readonly partnerUrl: string;
}

/** The careless part: the whole request body on the span, because it helped once in an incident. */
function recordBody(request: Request): void {
  trace.getActiveSpan()?.setAttribute('http.request.body', JSON.stringify(request.body));
}

async function askPartner(partnerUrl: string): Promise<void> {
  trace.getActiveSpan()?.setAttribute('partner.url', partnerUrl);
  const url = new URL(partnerUrl);
  const authorization = `Basic ${Buffer.from(`${url.username}:${url.password}`).toString('base64')}`;
  // fetch() refuses userinfo in a URL.
  url.username = '';
  url.password = '';
  const response = await fetch(url, { headers: { authorization } });
  await response.json();
}

function charge({ card, email }: { card: string; email: string }): never {
  throw new Error(`card ${card} was declined for ${email}`);
}

function pay(request: Request): void {
  try {
    charge(request.body);
  } catch (error) {
    const reason = error instanceof Error ? error : new Error(String(error));
    const span = trace.getActiveSpan();
    span?.recordException(reason);
    span?.setStatus({ code: SpanStatusCode.ERROR, message: reason.message });
  }
}

/** A bookshop, instrumented as many are: thoroughly, and without a thought for what ends up on its spans. */
export function createShop({ aws, partnerUrl }: ShopParts): Express {
  const shop = express();
  shop.use(express.json());
  shop.post('/login', (request, response) => {
    recordBody(request);
    response.sendStatus(204);
  });
  shop.post('/settings', async (_request, response) => {
    await aws.readSecrets();
    response.sendStatus(204);
  });
  shop.get('/rates', async (_request, response) => {
    await askPartner(partnerUrl);
    response.sendStatus(204);
  });
  shop.post('/payment', (request, response) => {
    pay(request);
    response.sendStatus(402);
  });
  shop.post('/invoices', async (_request, response) => {
    response.type('text/plain').send(await aws.storeInvoice());
  });
  return shop;
}
