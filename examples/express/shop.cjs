// A shop that is careless with its spans, as many are.
const { SpanStatusCode, trace } = require('@opentelemetry/api');
const express = require('express');

const shop = express();
shop.use(express.json());

shop.get('/login', (_request, response) => response.sendStatus(204));

shop.post('/payments', (request, response) => {
  trace.getActiveSpan()?.setAttribute('http.request.body', JSON.stringify(request.body));
  response.sendStatus(201);
});

shop.post('/receipts', (request) => {
  throw new Error(`no mailbox for ${request.body.to}`);
});

// Express knows an error handler by its four parameters.
shop.use((error, _request, response, _next) => {
  trace.getActiveSpan()?.recordException(error);
  trace.getActiveSpan()?.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
  response.sendStatus(500);
});

exports.shop = shop;
