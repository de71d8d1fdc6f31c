// A shop that is careless with its spans, as many are.
import { FastifyOtelInstrumentation } from '@fastify/otel';
import fastify from 'fastify';

export async function openShop() {
  const shop = fastify();
  await shop.register(new FastifyOtelInstrumentation().plugin());

  shop.get('/login', async (_request, reply) => {
    reply.code(204);
  });

  shop.post('/payments', async (request, reply) => {
    request.opentelemetry().span.setAttribute('http.request.body', JSON.stringify(request.body));
    reply.code(201);
  });

  shop.post('/receipts', async (request) => {
    throw new Error(`no mailbox for ${request.body.to}`);
  });

  return shop;
}
