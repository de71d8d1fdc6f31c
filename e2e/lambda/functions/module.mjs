// As plain.cjs, in an ES module.
import http from 'node:http';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';

const endpoint = process.env.SERVICE;
const ssm = new SSMClient({ endpoint });

export const handler = async (event) => {
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

export const short = async () => ({ ok: true });
