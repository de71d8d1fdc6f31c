import type { PolicyDraft, ServiceRuleDraft } from './policy-draft.js';
import type { PolicyFinding } from './policy-finding.js';
import type { RuleScope } from './rule-reader.js';

interface PlacedRule {
  readonly path: string;
  readonly rule: ServiceRuleDraft;
}

/** Rules of `services` that do nothing. */
export function checkServiceRules(services: PolicyDraft['services'], scope: RuleScope): PolicyFinding[] {
  const findings: PolicyFinding[] = [];
  const names = new Map<string, string>();
  const rules: PlacedRule[] = [];
  for (const [path, element] of scope.define.expand<ServiceRuleDraft>('services', services)) {
    if (typeof element === 'string') {
      const first = names.get(element);
      if (first !== undefined) findings.push({ path, code: 'duplicate', message: `the same as ${first}` });
      else names.set(element, path);
      continue;
    }
    findings.push(...checkCriteria(path, element, scope), ...checkShadow({ path, rule: element }, rules));
    rules.push({ path, rule: element });
  }
  return findings;
}

/** What `rpc.service` and paths never are, since they are read without it. */
function checkCriteria(
  path: string,
  { rpcService, path: glob }: ServiceRuleDraft,
  { define }: RuleScope,
): PolicyFinding[] {
  const findings: PolicyFinding[] = [];
  const rpcServices = rpcService === undefined ? [] : define.texts(rpcService, path);
  if (rpcServices.length > 0 && rpcServices.every((text) => text.trim() !== text)) {
    findings.push({
      path: `${path}.rpcService`,
      code: 'never-matches',
      message: 'the name of a service has no white space at its ends',
    });
  }
  const globs = glob === undefined ? [] : define.texts(glob, path);
  if (globs.length > 0 && globs.every((text) => text.includes('#'))) {
    findings.push({ path: `${path}.path`, code: 'never-matches', message: 'the path of a URL has no #' });
  }
  return findings;
}

const TEXTS = ['rpcService', 'host', 'path'] as const;

function checkShadow({ path, rule }: PlacedRule, earlier: readonly PlacedRule[]): PolicyFinding[] {
  const by = earlier.find(({ rule: before }) => asksForLess(before, rule));
  return by === undefined
    ? []
    : [{ path, code: 'shadowed', message: `${by.path} matches every span that it does` }];
}

/** True when all that the one rule asks for is asked for by the other too. */
function asksForLess(less: ServiceRuleDraft, more: ServiceRuleDraft): boolean {
  if (less.port !== undefined && less.port !== more.port) return false;
  if (less.hostPattern !== undefined && less.hostPattern !== more.hostPattern) return false;
  if (
    !TEXTS.every(
      (member) => less[member] === undefined || less[member]?.toLowerCase() === more[member]?.toLowerCase(),
    )
  )
    return false;
  return Object.entries(less.attributes ?? {}).every(
    ([key, glob]) => more.attributes?.[key]?.toLowerCase() === glob.toLowerCase(),
  );
}
