import type { PlantedSecrets } from './planted.js';

/** One visit to the shop: each makes one trace. */
async function visit(url: URL, signal: AbortSignal, body?: object): Promise<void> {
  const method = url.pathname === '/rates' ? 'GET' : 'POST';
  const payload = body === undefined ? {} : { body: JSON.stringify(body) };
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method, headers, signal, ...payload });
  await response.arrayBuffer();
  if (response.status >= 500) throw new Error(`${url.pathname} answered ${response.status}`);
}

/** Goes through the shop once, one page after the other. */
export async function visitShop(port: number, secrets: PlantedSecrets, signal: AbortSignal): Promise<void> {
  const open = (path: string, body?: object): Promise<void> =>
    visit(new URL(path, `http://127.0.0.1:${port}`), signal, body);
  const email = secrets.email.value;
  await open('/login', { email, password: secrets.password.value });
  await open('/settings');
  await open('/rates');
  await open('/payment', { email, card: secrets.card.value });
  await open('/invoices');
}
