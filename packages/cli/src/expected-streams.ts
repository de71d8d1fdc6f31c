import { argumentError } from './argument-error.js';
import type { CommandLine } from './command-line.js';

/** A stream as it stands in reports and seals: 26 letters of the protocol, behind the id of a key or not. */
const streamShape = /^(?:[A-Za-z0-9][A-Za-z0-9_-]{0,31}~)?[b-df-hj-np-tv-xzB-DF-HJ-NP]{26}$/;

/**
 * The streams of `--expect`. A list that came out empty would switch off, in silence, the check that was asked for.
 *
 * @throws CliError `ERR_SPANSEAL_CLI_ARGUMENT`
 */
export function readExpectedStreams(line: CommandLine): readonly string[] {
  const given = line.value('expect');
  if (given === undefined) return [];
  const ids = given
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
  if (ids.length === 0) throw argumentError('--expect', 'ids of streams, with commas between', 'none');
  if (ids.every((id) => streamShape.test(id))) return ids;
  throw argumentError('--expect', 'ids of streams: 26 letters, or KEYID~ and 26 letters', 'another text');
}
