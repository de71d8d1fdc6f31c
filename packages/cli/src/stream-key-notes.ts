import type { FetchOutcome } from '@spanseal/seal';

/** For people, why the keys of streams are not there: a sentence for each key and reason. None says a token. */
export function keyNotes({ failures, skipped }: FetchOutcome): string[] {
  const counts = new Map<string, number>();
  for (const { keyId, code, message } of failures) {
    const text = `key ${keyId}: ${code}, ${message}`;
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [
    ...[...counts].map(([text, count]) => `${text} (${streams(count)})`),
    ...(skipped > 0 ? [`the keys of ${streams(skipped)} were not asked for: --max-streams`] : []),
  ];
}

function streams(count: number): string {
  return count === 1 ? '1 stream' : `${count} streams`;
}
