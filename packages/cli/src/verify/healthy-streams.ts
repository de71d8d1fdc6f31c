import { counted, grouped } from '../grouped-number.js';
import { html, type Markup } from '../page/markup.js';
import type { StreamState } from './stream-state.js';
import { rangeText, type TimeScale, timeScale } from './time-scale.js';
import { verdictChip } from './verdict-chip.js';

/** Columns of the picture. */
const slots = 96;
const height = 40;

/** Many complete streams as one row: how many there were at each time. */
export function healthyRow(states: readonly StreamState[], scale: TimeScale): Markup {
  const { fromMillis, toMillis } = timeScale(states.map(({ stream }) => stream));
  const sum = (count: (state: StreamState) => number) =>
    states.reduce((total, state) => total + count(state), 0);
  const running = sum(({ ending }) => (ending === 'running' ? 1 : 0));
  const counts = countsOverTime(states, scale);
  const most = Math.max(...counts);
  const said = [
    rangeText(fromMillis, toMillis),
    counted(
      sum(({ stream }) => stream.spans),
      'span',
    ),
    counted(
      sum(({ stream }) => stream.checkpoints ?? 0),
      'checkpoint',
    ),
    ...(running > 0 ? [`${grouped(running)} still running`] : []),
    `at most ${grouped(most)} at a time`,
  ].join(' · ');
  const name = `${grouped(states.length)} complete streams over time: ${said}`;
  return html`<li><p class="name">${verdictChip('complete', 'intact')} ${grouped(states.length)} streams with nothing to find: how many there were at each time</p>
<svg class="stream many" width="100%" height="${height}" role="img" aria-label="${name}">${columns(counts, most)}<rect class="track" y="${height - 1}" width="100%" height="1"/></svg>
<p class="said">${said}</p></li>
`;
}

/** How many streams there were in each slot: one step up where a stream begins, one down behind its end. */
function countsOverTime(states: readonly StreamState[], scale: TimeScale): number[] {
  const steps = new Array<number>(slots + 1).fill(0);
  for (const { stream } of states) {
    const from = slotOf(scale.at(stream.startMillis));
    const to = Math.max(from, slotOf(scale.at(stream.lastMillis)));
    steps[from] = (steps[from] ?? 0) + 1;
    steps[to + 1] = (steps[to + 1] ?? 0) - 1;
  }
  let now = 0;
  return steps.slice(0, slots).map((step) => {
    now += step;
    return now;
  });
}

function slotOf(place: number): number {
  return Math.min(slots - 1, Math.floor((place / 100) * slots));
}

function columns(counts: readonly number[], most: number): Markup[] {
  const width = 100 / slots;
  return counts.flatMap((count, slot) => {
    if (count === 0) return [];
    const tall = Math.max(1, Math.round((count / most) * (height - 2)));
    return [
      html`<rect class="life" x="${(slot * width).toFixed(2)}%" y="${height - tall}" width="${(width * 0.85).toFixed(2)}%" height="${tall}"/>`,
    ];
  });
}
