import { paint, type TextStyle } from '../text-table.js';
import type { DoctorReport, GuardedProcess } from './doctor-report.js';

const NAME = 14;
const VALUE = 34;

/** What the doctor found, for people. */
export function renderDoctor(report: DoctorReport, style: TextStyle): string {
  const { healthy, settings, faults, notes, processes, notCovered } = report;
  const heading = (text: string) => paint(text, 'bold', style);
  const lines = [
    healthy ? paint('nothing is wrong', 'green', style) : paint('something is wrong', 'red', style),
    heading('set in this environment'),
    ...settings.map(
      ({ name, value, from }) => `  ${name.padEnd(NAME)}${value.padEnd(VALUE)}${paint(from, 'dim', style)}`,
    ),
  ];
  if (faults.length > 0) {
    const texts = faults.map(
      ({ variable, expected, got }) => `  ${variable}: expected ${expected}, got ${got}`,
    );
    lines.push(heading('wrong'), ...texts);
  }
  if (notes.length > 0) lines.push(heading('notes'), ...notes.map((note) => `  ${note}`));
  if (processes !== undefined) lines.push(heading('guarded'), ...guardedLines(processes));
  lines.push(heading('not covered'), ...notCovered.map((each) => `  ${each}`));
  return `${lines.join('\n')}\n`;
}

function guardedLines(processes: readonly GuardedProcess[]): string[] {
  if (processes.length === 0) return ['  no process of the command ended in a way that lets it tell'];
  return processes.flatMap(({ pid, providers }) => {
    if (providers.length === 0) return [`  process ${pid}: no tracer provider was registered`];
    return providers.map((provider) => `  process ${pid}: a tracer provider, ${guardedText(provider)}`);
  });
}

function guardedText({ mode, processors, ...exporters }: GuardedProcess['providers'][number]): string {
  if (mode === 'closed') return 'which cannot be guarded: nothing of it is exported';
  if (mode === 'spans') return 'of a shape that is not known: its spans are masked in place as they end';
  const { sealed, unsealed, exporterless } = exporters;
  const counts = [
    `processors that get masked copies: ${processors}`,
    ...(sealed > 0 ? [`exporters that seal: ${sealed}`] : []),
    ...(unsealed > 0 ? [`exporters that cannot be wrapped, and send without seals: ${unsealed}`] : []),
    ...(exporterless > 0 ? [`processors without an exporter that can be seen: ${exporterless}`] : []),
  ];
  return counts.join('; ');
}
