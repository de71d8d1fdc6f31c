import { EVENT_ID, type Event, getScalarValue } from 'js-yaml';

/** A YAML text and what its parser found in it: each node's event, those of its parts behind it, an end behind those. */
export interface ParsedText {
  readonly source: string;
  readonly events: readonly Event[];
}

/** The line on which a path (`keys[2].pattern`) stands, counted from 1, or the nearest part of it that stands at all. */
export function lineOfPath(text: ParsedText, path: string): number | undefined {
  let offset: number | undefined;
  // Behind the event of the document.
  let node = 1;
  for (let rest = path; rest !== ''; ) {
    const step = stepInto(text, node, rest);
    if (step === undefined) break;
    ({ node, rest } = step);
    offset = startOf(text.events[step.named]) ?? offset;
  }
  offset ??= startOf(text.events[node]);
  return offset === undefined || path === '' ? undefined : lineAt(text.source, offset);
}

/** One element or member further on a path: its node, the node that names it, and what is left of the path. */
interface PathStep {
  readonly node: number;
  readonly named: number;
  readonly rest: string;
}

function stepInto(text: ParsedText, node: number, path: string): PathStep | undefined {
  const { events } = text;
  const type = events[node]?.type;
  if (type === EVENT_ID.MAPPING) return stepIntoMapping(text, node, path.replace(/^\./, ''));
  const index = /^\[(\d+)\]/.exec(path);
  if (type !== EVENT_ID.SEQUENCE || index === null) return undefined;
  let element = node + 1;
  for (let left = Number(index[1]); left > 0 && isNode(events[element]); left -= 1)
    element = behind(events, element);
  if (!isNode(events[element])) return undefined;
  return { node: element, named: element, rest: path.slice(index[0].length) };
}

/** A member's name can have dots of its own. */
function stepIntoMapping({ source, events }: ParsedText, node: number, path: string): PathStep | undefined {
  for (let key = node + 1; isNode(events[key]); key = behind(events, behind(events, key))) {
    const event = events[key];
    if (event?.type !== EVENT_ID.SCALAR) continue;
    const name = getScalarValue(source, event);
    if (!path.startsWith(name) || !/^(?:[.[]|$)/.test(path.slice(name.length))) continue;
    return { node: behind(events, key), named: key, rest: path.slice(name.length) };
  }
  return undefined;
}

function isNode(event: Event | undefined): boolean {
  return event !== undefined && event.type !== EVENT_ID.POP;
}

/** What stands behind a node and all its parts. */
function behind(events: readonly Event[], node: number): number {
  let depth = 0;
  let end = node;
  do {
    const type = events[end]?.type;
    if (type === EVENT_ID.SEQUENCE || type === EVENT_ID.MAPPING) depth += 1;
    else if (type === EVENT_ID.POP) depth -= 1;
    end += 1;
  } while (depth > 0);
  return end;
}

function startOf(event: Event | undefined): number | undefined {
  if (event === undefined) return undefined;
  const start = 'valueStart' in event ? event.valueStart : 'start' in event ? event.start : -1;
  return start < 0 ? undefined : start;
}

function lineAt(source: string, offset: number): number {
  return source.slice(0, offset).split(/\r\n?|\n/).length;
}
