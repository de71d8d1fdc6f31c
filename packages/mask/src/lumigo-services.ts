import { anyGlob } from './name-glob.js';
import type { CompiledServiceRule } from './service-rules.js';

/** The `LUMIGO_DEFAULT_DOMAIN_SCRUBBERS` of lumigo-node as globs: unanchored, as they are there. */
const HOSTS = ['secretsmanager', 'ssm', 'kms', 'sts'].map(
  (service) =>
    [service, anyGlob([service === 'sts' ? '*sts?*amazonaws?com*' : `*${service}*?amazonaws?com*`])] as const,
);

/** Hosts that lumigo-node holds for sensitive, look-alikes included. */
export const lumigoServices: CompiledServiceRule = {
  concerns: (host) => HOSTS.some(([, glob]) => glob(host)),
  match({ endpoints }) {
    for (const { host } of endpoints) {
      const known = HOSTS.find(([, glob]) => glob(host));
      if (known !== undefined) return { service: known[0], preset: 'lumigo', rule: 'lumigo:host' };
    }
    return undefined;
  },
};
