import type { Report } from '@spanseal/seal';

/** The result of a verification in words. */
export interface ReportHeadline {
  readonly word: string;
  /** What the word means here, as the rest of a sentence. */
  readonly meaning: string;
  /** What limits `intact`: not all is there, or not all of it to the last flag. */
  readonly remarks: readonly string[];
}

const headlines: Readonly<Record<Report['result'], Omit<ReportHeadline, 'remarks'>>> = {
  intact: { word: 'Intact', meaning: 'every span is as it was sealed, and none is missing' },
  tampered: { word: 'Tampered', meaning: 'something was changed, forged or replayed' },
  incomplete: { word: 'Incomplete', meaning: 'spans are missing, unsigned, or cannot be verified' },
};

const qualified: readonly (readonly [(report: Report) => boolean, string])[] = [
  [
    ({ streams }) => streams.some(({ verdict }) => verdict === 'declared-loss'),
    'what is not there, the exporter itself said',
  ],
  [
    ({ streams }) => streams.some(({ verdict }) => verdict === 'sampled-or-deleted'),
    'whole traces are not there, which --sampled allows',
  ],
  [({ spans }) => (spans['valid-core'] ?? 0) > 0, 'some lost what stores lose'],
  [
    ({ streams }) => streams.some(({ open }) => open),
    'a stream has no end yet: what comes after, nobody can say; verify again when it was silent for ten minutes',
  ],
  [
    ({ streams }) => streams.some(({ checkpoints, open }) => checkpoints === undefined && !open),
    'a stream has no checkpoints: whether its end was cut off, nobody can say',
  ],
];

export function headlineOf(report: Report): ReportHeadline {
  const headline = headlines[report.result];
  if (report.result === 'incomplete' && report.findings.length === 0)
    return { ...headline, meaning: 'there was nothing to verify', remarks: [] };
  const remarks = qualified.filter(([holds]) => holds(report)).map(([, remark]) => remark);
  if (report.result !== 'intact' || remarks.length === 0) return { ...headline, remarks: [] };
  return { ...headline, meaning: 'every span that is there is as it was sealed', remarks };
}
