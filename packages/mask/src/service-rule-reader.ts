import type { ServiceRuleDraft } from './policy-draft.js';
import { type RuleScope, readPattern } from './rule-reader.js';
import { type CompiledServiceRule, compileServiceRule } from './service-rules.js';

/** A rule of `services`. */
export function readServiceRule(
  draft: ServiceRuleDraft,
  at: string,
  scope: RuleScope,
): CompiledServiceRule | undefined {
  const { define, faults } = scope;
  const { name, rpcService, host, hostPattern, port, path, attributes } = draft;
  const globs = (text: string | undefined, member: string): readonly string[] | undefined =>
    text === undefined ? undefined : define.texts(text, `${at}.${member}`);
  const hosts = globs(host, 'host');
  if (host !== undefined && hosts?.every(isHostGlob) !== true) {
    faults.addReason(
      `${at}.host`,
      'a glob of host names (no scheme, port, path or white space)',
      'another string',
    );
  }
  const paths = globs(path, 'path');
  if (paths?.every((glob) => /^[/*?]/.test(glob)) === false) {
    faults.addReason(`${at}.path`, 'a glob that begins with / or *, as paths do', 'another string');
  }
  const wanted = Object.entries(attributes ?? {}).map(
    ([key, glob]) => [key, define.texts(glob, `${at}.attributes`)] as const,
  );
  if (name === undefined) return undefined;
  return compileServiceRule({
    name,
    rpcServices: globs(rpcService, 'rpcService'),
    hosts,
    hostPattern:
      hostPattern === undefined
        ? undefined
        : readPattern(hostPattern, { at: `${at}.hostPattern`, ignoreCase: true, scope }),
    port,
    paths,
    attributes: wanted,
  });
}

/** Host names have no other characters; a colon stands in IPv6 addresses alone. */
function isHostGlob(glob: string): boolean {
  if (/[\s/@#\\]/.test(glob)) return false;
  const colons = glob.split(':').length - 1;
  return colons === 0 || glob.startsWith('[') || colons > 1;
}
