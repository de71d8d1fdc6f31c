// A handler in CommonJS that calls HTTP twice and AWS once, each with a secret in it, and can fail with one.
const http = require('node:http');
const { SSMClient, GetParameterCommand } = require('@aws-sdk/client-ssm');

const endpoint = process.env.SERVICE;
const ssm = new SSMClient({ endpoint });

exports.handler = async (event) => {
  const query = `?api_key=${event.secret ?? ''}`;
  await new Promise((resolve, reject) => {
    http
      .get(`${endpoint}/plain${query}`, (response) => response.resume().on('end', resolve))
      .on('error', reject);
  });
  await (await fetch(`${endpoint}/fetched${query}`)).text();
  await ssm.send(new GetParameterCommand({ Name: 'parameter' }));
  if (event.fails) throw new Error(`failed with password=${event.secret}`);
  return { ok: true };
};

exports.callback = (event, _context, callback) => callback(null, { got: event.value });
exports.short = async () => ({ ok: true });
