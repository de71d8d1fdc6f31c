import type { KeyRule, Policy, ServiceRule } from '../policy.js';
import { lumigoPatterns } from '../presets.js';
import type { Environment } from './from-adot.js';

const MAIN = 'LUMIGO_SECRET_MASKING_REGEX';
/** The older name of the same. Where both are set, both count. */
const LEGACY = 'LUMIGO_BLACKLIST_REGEX';
const ALL = 'all';

/** Contents that have a list of their own, and the attributes in which instrumentations record them. */
const CONTEXTS: { readonly [suffix: string]: readonly string[] } = {
  HTTP_REQUEST_BODIES: [
    'http.request.body',
    'http.request.body.*',
    'messaging.publish.body',
    'messaging.produce.body',
    'rpc.request.payload',
    'rpc.payload',
  ],
  HTTP_REQUEST_HEADERS: ['http.request.header.*', 'http.request.headers', 'http.request.headers.*'],
  HTTP_QUERY_PARAMS: ['url.query', 'url.full', 'url.original', 'http.url', 'http.target', 'http.query'],
  HTTP_RESPONSE_BODIES: [
    'http.response.body',
    'http.response.body.*',
    'messaging.consume.body',
    'rpc.response.payload',
    'db.response.body',
  ],
  HTTP_RESPONSE_HEADERS: ['http.response.header.*', 'http.response.headers', 'http.response.headers.*'],
  ENVIRONMENT: ['process.environ', 'process.environ.*', 'process.environment_variable.*'],
};
/** They hold more than a query: of these only the parameters are masked. */
const URLS: ReadonlySet<string> = new Set(['url.full', 'url.original', 'http.url', 'http.target']);
/** The tracer's own variables, which name patterns and no secrets. */
const OWN_VARIABLES = [
  MAIN,
  LEGACY,
  ...Object.keys(CONTEXTS).map((suffix) => `${MAIN}_${suffix}`),
  'LUMIGO_SECRET_MASKING_EXACT_PATH',
  'LUMIGO_SECRET_MASKING_DEBUG',
];
/** Sizes of bodies are no content. */
const SIZES: KeyRule = { glob: 'http.*.body.size', whole: true, action: 'keep' };

type Patterns = readonly string[] | typeof ALL;

/**
 * The policy of Lumigo's environment variables. As there, a list that cannot be read gives way to the default list, and
 * never to no list; an empty one (`[]`) masks nothing, as it says.
 *
 * @param env environment variables, such as `process.env`.
 * @see https://docs.lumigo.io/docs/secret-masking
 */
export function fromLumigo(env: Environment): Policy {
  const main = mainList(env);
  const contexts = Object.entries(CONTEXTS).flatMap(([suffix, attributes]) => {
    const patterns = readPatterns(env[`${MAIN}_${suffix}`]);
    return patterns === undefined ? [] : [{ patterns, attributes }];
  });
  const services = readServices(env['LUMIGO_DOMAINS_SCRUBBER']);
  const allowed = readList(env['LUMIGO_WHITELIST_KEYS_REGEXES']) ?? [];
  const paths = readPaths(env['LUMIGO_SECRET_MASKING_EXACT_PATH']);
  const hasOwnLists = main !== undefined || contexts.length > 0;
  return {
    ...lists(main, { contexts, services }),
    ...(hasOwnLists || allowed.length > 0 ? { allow: { keys: [...allowed, ...ownVariables()] } } : {}),
    ...(paths.length === 0 ? {} : { paths }),
  };
}

interface Lists {
  readonly contexts: readonly Context[];
  /** Undefined: the default domains. */
  readonly services: readonly ServiceRule[] | undefined;
}

function lists(
  main: Patterns | undefined,
  { contexts, services }: Lists,
): Pick<Policy, 'extends' | 'keys' | 'services'> {
  if (main === undefined && contexts.length === 0 && services === undefined) return { extends: 'lumigo' };
  const domains = services ?? ['lumigo'];
  if (main === ALL) return { extends: 'strict', keys: everything(), services: domains };
  return {
    extends: [],
    keys: [...contexts.flatMap(contextRules), ...mainRules(main, contexts)],
    services: domains,
  };
}

interface Context {
  readonly patterns: Patterns;
  readonly attributes: readonly string[];
}

function contextRules({ patterns, attributes }: Context): KeyRule[] {
  if (patterns !== ALL) return patterns.map((pattern) => ({ pattern, exact: true, within: attributes }));
  const wholes = attributes.filter((glob) => !URLS.has(glob)).map((glob) => ({ glob, whole: true }));
  const queries = attributes.filter((glob) => URLS.has(glob));
  // A scheme stands before its URL like a name before its value.
  const names: KeyRule[] = [
    { pattern: '^(?:https?|wss?|ftp)$', within: queries, action: 'keep' },
    { pattern: '.*', within: queries },
  ];
  return [SIZES, ...wholes, ...(queries.length === 0 ? [] : names)];
}

/** The list that holds wherever no context has its own. */
function mainRules(main: readonly string[] | undefined, contexts: readonly Context[]): KeyRule[] {
  const outside = contexts.flatMap(({ attributes }) => attributes);
  const patterns = main ?? lumigoPatterns;
  const places = outside.length === 0 ? {} : { outside };
  return patterns.map((pattern) => ({ pattern, exact: true, ...places }));
}

/** All contents, whole, whatever lists they have of their own. The preset `strict` takes the rest. */
function everything(): KeyRule[] {
  return Object.values(CONTEXTS).flatMap((attributes) => contextRules({ patterns: ALL, attributes }));
}

function mainList(env: Environment): Patterns | undefined {
  const lists = [env[LEGACY], env[MAIN]].flatMap((value) => {
    const patterns = readPatterns(value);
    return patterns === undefined ? [] : [patterns];
  });
  if (lists.includes(ALL)) return ALL;
  return lists.length === 0 ? undefined : [...new Set(lists.flat())];
}

/** Undefined: not set, or not readable. */
function readPatterns(value: string | undefined): Patterns | undefined {
  return value?.trim() === ALL ? ALL : readList(value);
}

/** A JSON array of regular expressions, all of them sound. */
function readList(value: string | undefined): string[] | undefined {
  const list = readArray(value);
  if (list === undefined) return undefined;
  try {
    return list.map((pattern) => new RegExp(String(pattern), 'i') && String(pattern));
  } catch {
    return undefined;
  }
}

function readArray(value: string | undefined): (string | number)[] | undefined {
  if (value === undefined || value === '') return undefined;
  try {
    const list: unknown = JSON.parse(value);
    const isList =
      Array.isArray(list) && list.every((item) => typeof item === 'string' || typeof item === 'number');
    return isList ? list : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined: the default domains. */
function readServices(value: string | undefined): ServiceRule[] | undefined {
  return readList(value)?.map((hostPattern) => ({ name: hostPattern, hostPattern }));
}

/** Paths without a name in them match nothing there. */
function readPaths(value: string | undefined): string[] {
  const paths = (readArray(value) ?? []).map(String);
  return paths.filter((path) => path.split('.').every((name) => name !== ''));
}

function ownVariables(): string[] {
  return OWN_VARIABLES.map((name) => `^${name}$`);
}
