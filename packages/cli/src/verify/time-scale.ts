/** The latest time that a date can have, in milliseconds since the Unix epoch. */
const latest = 8.64e15;
/** Where the scale begins and ends, in percent of the width: marks have room on both sides. */
const left = 1;
const right = 97.5;

/** Times of a picture as places in it. */
export interface TimeScale {
  readonly fromMillis: number;
  readonly toMillis: number;
  /** The place of a time, in percent of the width. */
  at(millis: number): number;
}

export function timeScale(
  times: readonly { readonly startMillis: number; readonly lastMillis: number }[],
): TimeScale {
  let [fromMillis, toMillis] = [latest, 0];
  for (const { startMillis, lastMillis } of times) {
    fromMillis = Math.min(fromMillis, startMillis);
    toMillis = Math.max(toMillis, lastMillis);
  }
  const length = Math.max(1, toMillis - fromMillis);
  const at = (millis: number): number => {
    const share = Math.min(1, Math.max(0, (millis - fromMillis) / length));
    return left + share * (right - left);
  };
  return { fromMillis, toMillis: Math.max(fromMillis, toMillis), at };
}

/** `2026-11-21 09:00:00`, in UTC. A time past the last one that a date can have (attacker-controlled) is that one. */
export function utcText(millis: number): string {
  return new Date(Math.min(latest, Math.max(0, millis)))
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, '');
}

/** `2026-11-21 09:00:00 – 09:05:00`: a date that is that of the time before is left out, and one that `beside` has. */
export function rangeText(fromMillis: number, toMillis: number, beside?: number): string {
  const [from, to] = [utcText(fromMillis), utcText(toMillis)];
  const first = beside === undefined ? from : withoutDay(from, utcText(beside));
  return from === to ? first : `${first} – ${withoutDay(to, from)}`;
}

function withoutDay(text: string, before: string): string {
  const [day, time = text] = text.split(' ');
  return before.startsWith(`${day} `) ? time : text;
}

/** `45 s`, `12 min`, `3 h 20 min`, `5 d`. */
export function lengthText(millis: number): string {
  const seconds = Math.round(millis / 1000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return `${Math.round(hours / 24)} d`;
}
