import { codeAt, codeBefore } from './code-points.js';
import { Op, type PatternProgram } from './pattern-program.js';

/** A way through a program, and where the groups that it went through begin and end. */
interface Way {
  readonly place: number;
  readonly edges: readonly (number | undefined)[];
}

/** A match whose ends are known, as offsets in UTF-16 units. */
interface Match {
  readonly start: number;
  readonly end: number;
}

/** Offsets at which the groups of a match begin and end, at twice their numbers and behind. Undefined: took no part. */
export function groupEdges(
  program: PatternProgram,
  text: string,
  { start, end }: Match,
): readonly (number | undefined)[] {
  const { classes, ops, next } = program;
  let best: Way['edges'] = [];
  let ways: readonly Way[] = [{ place: program.start, edges: [] }];
  for (let at = start; at <= end && ways.length > 0; ) {
    const code = codeAt(text, at);
    const after: Way[] = [];
    for (const { place, edges } of reach(program, ways, { text, at })) {
      if (ops[place] === Op.match) {
        best = edges;
        break;
      }
      if (program.takes(place, classes.of(code))) after.push({ place: next[place] ?? 0, edges });
    }
    ways = after;
    at += code > 0xffff ? 2 : 1;
  }
  return best;
}

interface Place {
  readonly text: string;
  readonly at: number;
}

/** The ways on to where a character is taken or a match ends, best first. */
function reach(program: PatternProgram, ways: readonly Way[], { text, at }: Place): Way[] {
  const { classes, ops, next, rest } = program;
  const before = program.side(classes.of(codeBefore(text, at)));
  const after = program.side(classes.of(codeAt(text, at)));
  const seen = new Set<number>();
  const reached: Way[] = [];
  const left = [...ways].reverse();
  for (let way = left.pop(); way !== undefined; way = left.pop()) {
    const { place, edges } = way;
    if (seen.has(place)) continue;
    seen.add(place);
    const op = ops[place];
    const on = next[place] ?? 0;
    if (op === Op.split) left.push({ place: rest[place] ?? 0, edges }, { place: on, edges });
    else if (op === Op.save) {
      const saved = [...edges];
      saved[rest[place] ?? 0] = at;
      left.push({ place: on, edges: saved });
    } else if (op !== Op.edge) reached.push(way);
    else if (program.passes(place, before, after)) left.push({ place: on, edges });
  }
  return reached;
}
