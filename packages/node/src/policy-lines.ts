import { EVENT_ID, type Event, getScalarValue } from 'js-yaml';

/** A YAML text and what its parser found in it: each node's event, those of its parts behind it, an end behind those. */
export interface ParsedText {
  readonly source: string;
  readonly events: readonly Event[];
}

/** Tells on which line, counted from 1, a path (`keys[2].pattern`) stands, or the nearest part of it that stands at all. */
export class PolicyLines {
  readonly #text: ParsedText;
  #lines: ReadonlyMap<string, number> | undefined;

  constructor(text: ParsedText) {
    this.#text = text;
  }

  lineOf(path: string): number | undefined {
    this.#lines ??= new LineWalk(this.#text).lines;
    for (let part = path; part !== ''; part = withoutLast(part)) {
      const line = this.#lines.get(part);
      if (line !== undefined) return line;
    }
    return path === '' ? undefined : this.#lines.get('');
  }
}

function withoutLast(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('.'), path.lastIndexOf('[')));
}

/** A list or map that the walk is in. */
interface OpenNode {
  readonly path: string;
  readonly type: Event['type'];
  /** Of a list: elements so far. */
  count: number;
  /** Of a map: the path of the member whose value comes next. */
  member: string | undefined;
}

/** Goes through all nodes once, in the order of the text. */
class LineWalk {
  /** Where each path stands: of a member its name, of an element the element, and under '' the whole. */
  readonly lines = new Map<string, number>();
  readonly #source: string;
  readonly #open: OpenNode[] = [];
  #line = 1;
  #counted = 0;

  constructor({ source, events }: ParsedText) {
    this.#source = source;
    // Behind the event of the document.
    for (const event of events.slice(1)) {
      if (event.type === EVENT_ID.POP) this.#open.pop();
      else this.#visit(event);
    }
  }

  #visit(event: Event): void {
    const holder = this.#open.at(-1);
    const path = this.#pathOf(event, holder);
    if (event.type === EVENT_ID.SEQUENCE || event.type === EVENT_ID.MAPPING)
      this.#open.push({ path: path ?? '', type: event.type, count: 0, member: undefined });
  }

  /** The path of a value; undefined for the name of a member. */
  #pathOf(event: Event, holder: OpenNode | undefined): string | undefined {
    if (holder === undefined) return this.#note('', event);
    if (holder.type === EVENT_ID.SEQUENCE) {
      const path = `${holder.path}[${holder.count}]`;
      holder.count += 1;
      return this.#note(path, event);
    }
    const { member } = holder;
    holder.member = undefined;
    if (member !== undefined) return member;
    const name = event.type === EVENT_ID.SCALAR ? getScalarValue(this.#source, event) : '';
    holder.member = holder.path === '' ? name : `${holder.path}.${name}`;
    this.#note(holder.member, event);
    return undefined;
  }

  #note(path: string, event: Event): string {
    const start = 'valueStart' in event ? event.valueStart : 'start' in event ? event.start : -1;
    if (start >= 0 && !this.lines.has(path)) this.lines.set(path, this.#lineAt(start));
    return path;
  }

  /** Offsets come in ascending order, but for that of a map before its first name. */
  #lineAt(offset: number): number {
    for (; this.#counted < offset; this.#counted += 1) {
      const code = this.#source.charCodeAt(this.#counted);
      if (code === 0x0a || (code === 0x0d && this.#source.charCodeAt(this.#counted + 1) !== 0x0a))
        this.#line += 1;
    }
    return this.#line;
  }
}
