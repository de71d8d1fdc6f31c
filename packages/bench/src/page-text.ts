import type { Table } from './benchmark.js';
import type { Machine } from './machine.js';
import { tableText } from './table-text.js';

/** The tables of one benchmark. */
export interface Result {
  readonly name: string;
  readonly tables: readonly Table[];
}

/** The page of the documentation: every table, the method and the machine. */
export function pageText(results: readonly Result[], machine: Machine): string {
  const tables = results.flatMap(({ tables }) => tables.map(tableText));
  return `${tables.join('\n')}\n${JSON.stringify(machine)}\n`;
}
