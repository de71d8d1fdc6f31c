import type { Stretch } from '../stretch.js';

/** User and password of a driver's URL without '//', and where the '@' behind them ends. */
export interface OracleLogin {
  readonly user: Stretch;
  readonly password: Stretch;
  readonly end: number;
}

/** Reads `jdbc:oracle:thin:user/password@` at `at`. */
export function readOracleLogin(text: string, at: number): OracleLogin | undefined {
  const match = /^(jdbc:oracle:\w{1,16}:(?:\/\/)?)([^\s/@:]{1,128})\/([^\s@]{1,256})@/i.exec(
    text.slice(at, at + 440),
  );
  if (match === null) return undefined;
  const [whole, scheme = '', user = '', password = ''] = match;
  const start = at + scheme.length;
  const slash = start + user.length;
  return {
    user: { start, end: slash },
    password: { start: slash + 1, end: slash + 1 + password.length },
    end: at + whole.length,
  };
}

/** `arn:aws:secretsmanager:eu-west-1:123456789012:secret:name` names a secret and is none: `at` is where a part starts. */
export function isPartOfArn(text: string, at: number): boolean {
  return (
    text[at - 1] === ':' &&
    /\barn:[\w-]{0,16}:[\w-]{0,32}:[\w-]{0,32}:\d{0,12}:(?:[\w./+=@-]{1,64}:){0,3}$/.test(
      text.slice(Math.max(0, at - 320), at),
    )
  );
}

/** `registry:5000/team/` in front of the name of an image. */
const IMAGE_PATH =
  /(?:^|[\s"'=])[a-z0-9][a-z0-9.-]{0,62}(?::\d{2,5})?\/(?:[a-z0-9][a-z0-9._-]{0,62}\/){0,4}$/;
const TAG = /^(?:(?:sha-)?[0-9a-f]{7,40}|[a-z]{2,12}(?:-[a-z0-9]{1,12}){0,2})$/;

/** Whether the name at `at` and what follows its colon are an image of a container: `ghcr.io/acme/token-svc:prod`. */
export function isImage(text: string, at: number, value: string): boolean {
  return text[at - 1] === '/' && TAG.test(value) && IMAGE_PATH.test(text.slice(Math.max(0, at - 192), at));
}

/** Of Maven: `io.jsonwebtoken:jjwt-api:0.11.2` names a library. */
const GROUP = /^(?:com|dev|io|net|org)(?:\.[a-z][a-z0-9_-]{0,31}){1,5}$/;
const ARTIFACT = /^[a-z]{2,32}(?:[-_.][a-z0-9]{1,32}){1,8}(?![\w@/])/;

/** Whether a name and what follows its colon are the coordinates of a library. */
export function isCoordinate(name: string, value: string): boolean {
  return GROUP.test(name) && ARTIFACT.test(value);
}
