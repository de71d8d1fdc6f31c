import { type Finding, type Weight, weightOf } from '@spanseal/seal';
import { isStreamVerdict, rankOf } from './verdict-chip.js';

/** What was found in the spans of one trace. */
export interface TraceFindings {
  readonly traceId: string;
  /** The worst first. */
  readonly findings: readonly Finding[];
}

/** What a finding about a span makes of the result. */
export function findingWeight({ verdict, cut }: Finding): Weight {
  return cut || isStreamVerdict(verdict) ? 'incomplete' : weightOf(verdict);
}

/** Findings about spans by trace; the traces with the worst ones first, so that no noise stands before a change. */
export function findingsByTrace(findings: readonly Finding[]): readonly TraceFindings[] {
  const traces = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (finding.spanId === undefined) continue;
    const { traceId = '' } = finding;
    const list = traces.get(traceId);
    if (list === undefined) traces.set(traceId, [finding]);
    else list.push(finding);
  }
  const rank = (finding: Finding | undefined) => (finding === undefined ? 0 : rankOf(findingWeight(finding)));
  return [...traces]
    .map(([traceId, found]) => ({
      traceId,
      findings: found.sort((one, other) => rank(one) - rank(other)),
    }))
    .sort((one, other) => rank(one.findings[0]) - rank(other.findings[0]));
}
