import type { Report, SpanVerdict, StreamVerdict } from '@spanseal/seal';
import { html, type Markup } from '../page/markup.js';
import { isStreamVerdict, rankOf, verdictChip, weightIn } from './verdict-chip.js';

const meanings: Readonly<Record<SpanVerdict | StreamVerdict, string>> = {
  valid: 'The span is as it was sealed.',
  'valid-core':
    'The span is as it was sealed, but for flags, dropped counts, event order, scope attributes or schema URLs, which some stores lose.',
  additions: 'Attributes were added after sealing, and nothing else was changed: that is proven.',
  changed:
    'Changed after sealing. The section is a hint that helps to find where; that something was changed is certain. Where the source is known not to keep that section, the span cannot be verified, and no change is proven.',
  invalid: 'Forged, or changed in every section: a seal alone cannot say which.',
  unsigned: 'No seal: nobody can say where the span comes from.',
  malformed:
    'A seal, or content, that no sealer writes: tampered. A whole request that cannot be decoded: incomplete.',
  'unknown-key': 'Sealed with a key that is not on the ring, or whose stream key was not fetched.',
  'revoked-key': 'Sealed with a key at or after the time of its revocation.',
  'wrong-realm': 'Sealed for another realm. A realm that was not given to the verifier looks the same.',
  'epoch-mismatch': 'The seal holds, but the time of the span is not the time of its sealing.',
  duplicate: 'The same span again: a retry. It changes nothing.',
  conflict: 'Another span under a number of the stream that is taken.',
  replay: 'The same span again, too late for a retry.',
  'unsupported-version': 'Sealed by a later version of the protocol.',
  complete:
    'All spans of the stream are there, to its end, or to its last sign of life while it still goes on.',
  'declared-loss':
    'What is not there, the exporter itself said: an export failed, or a queue was full. Whoever can make exports fail can choose what is lost: watch it.',
  'sampled-or-deleted': 'Whole traces are not there, and the pipeline was said to drop such.',
  missing: 'Spans or checkpoints of the stream are not there, or did not verify.',
  truncated:
    'The stream has no end: what came after its last checkpoint may be cut off, or its process was killed.',
  stale:
    'The stream has no end, was expected to go on, and has not been heard of for two epochs (ten minutes).',
  restart:
    'The stream has no end, and the same service began another one later: its process died, or its end was cut off.',
  fork: 'Two histories of one stream, which only a holder of the key can make.',
};

const results = { intact: 'stays intact', incomplete: 'incomplete', tampered: 'tampered' } as const;

/** What the verdicts mean that occur in a report, the worst first. */
export function glossarySection(report: Report): Markup | undefined {
  const verdicts = occurring(report);
  if (verdicts.length === 0) return undefined;
  const rows = verdicts.map((verdict) => {
    const weight = weightIn(report, verdict);
    const noun = isStreamVerdict(verdict) ? 'stream' : 'span';
    return html`<div><dt>${verdictChip(verdict, weight)} <small>of a ${noun}</small></dt><dd>${meanings[verdict]} <small>Result: ${results[weight]}.</small></dd></div>
`;
  });
  return html`<section id="verdicts">
<h2>What the verdicts mean</h2>
<dl class="card glossary">
${rows}</dl>
</section>`;
}

function occurring(report: Report): readonly (SpanVerdict | StreamVerdict)[] {
  const { spans, streams, findings } = report;
  const { total: _, ...counts } = spans;
  const found = new Set<SpanVerdict | StreamVerdict>([
    ...streams.map(({ verdict }) => verdict),
    ...findings.map(({ verdict }) => verdict),
  ]);
  return (Object.keys(meanings) as (keyof typeof meanings)[])
    .filter(
      (verdict) => found.has(verdict) || ((counts as Partial<Record<string, number>>)[verdict] ?? 0) > 0,
    )
    .sort((one, other) => rankOf(weightIn(report, one)) - rankOf(weightIn(report, other)));
}
