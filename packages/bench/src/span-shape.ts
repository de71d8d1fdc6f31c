import { flatText } from './flat-text.js';
import { jsonBody } from './json-body.js';
import { SeededRandom } from './seeded-random.js';

/** Attributes of one generated span. */
export type ShapeAttributes = Readonly<Record<string, string | number>>;

/** `lean`: 12 HTTP attributes. `heavy`: the same, two header objects as JSON text, a JSON body of 1 kB and one of 2 kB. */
export type ShapeName = 'lean' | 'heavy';

const HEX = '0123456789abcdef';
const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const NOUNS = 'orders carts items users invoices parcels shelves visits labels stocks offers routes'.split(
  ' ',
);

/**
 * So many different spans of a shape. No two have a URL, a path, a host, an address or a user agent in common; routes
 * repeat as those of a large service do. Methods, schemes and protocol versions have few values in any service.
 */
export function generateSpans(shape: ShapeName, count: number): readonly ShapeAttributes[] {
  const random = new SeededRandom(shape === 'lean' ? 1 : 2);
  const spans = Array.from({ length: count }, (_, index) => {
    const attributes = leanAttributes(random, index);
    return flatten(shape === 'lean' ? attributes : { ...attributes, ...contentOf(random) });
  });
  // Long numbers cost more than short ones: every stretch of the pool must have its share of both.
  return random.shuffle(spans);
}

/** One span in ten has a session key in its query. */
function leanAttributes(random: SeededRandom, index: number): ShapeAttributes {
  const version = `v${1 + random.below(3)}`;
  const [parent, child] = [random.pick(NOUNS), random.pick(NOUNS)];
  const path = `/api/${version}/${parent}/${index}/${child}/${random.below(10_000)}`;
  const host = `shop-${index.toString(36)}.example.com`;
  const secret = index % 10 === 3 ? `&session_key=${random.characters(16, HEX)}` : '';
  const query = `user=${10_000 + index}&expand=${random.pick(NOUNS)}${secret}`;
  return {
    'http.request.method': random.pick(['GET', 'GET', 'GET', 'POST', 'PUT', 'DELETE']),
    'url.full': `https://${host}${path}?${query}`,
    'url.scheme': 'https',
    'url.path': path,
    'url.query': query,
    'http.route': `/api/${version}/${parent}/:id/${child}/:part`,
    'http.response.status_code': [200, 200, 200, 201, 204, 404, 500][random.below(7)] ?? 200,
    'server.address': host,
    'server.port': 443,
    'client.address': `203.${random.below(256)}.${index >> 8}.${index & 255}`,
    'user_agent.original': userAgent(random, index),
    'network.protocol.version': random.pick(['1.1', '2']),
  };
}

function userAgent(random: SeededRandom, index: number): string {
  const platform = random.pick([
    'X11; Linux x86_64',
    'Windows NT 10.0; Win64; x64',
    'Macintosh; Intel Mac OS X 10_15_7',
  ]);
  const version = `${110 + random.below(30)}.0.${index}.${random.below(200)}`;
  return `Mozilla/5.0 (${platform}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version} Safari/537.36`;
}

function contentOf(random: SeededRandom): ShapeAttributes {
  return {
    'http.request.headers': JSON.stringify(headers(random)),
    'http.response.headers': JSON.stringify(headers(random)),
    'http.request.body': jsonBody(random, 1024),
    'http.response.body': jsonBody(random, 2048),
  };
}

function headers(random: SeededRandom): Readonly<Record<string, string>> {
  const token = `eyJhbGciOiJIUzI1NiJ9.${random.characters(40, BASE64URL)}.${random.characters(43, BASE64URL)}`;
  const id = [8, 4, 4, 4, 12].map((length) => random.characters(length, HEX)).join('-');
  return {
    host: `shop-${random.characters(6, HEX)}.example.com`,
    accept: 'application/json, text/plain, */*',
    'accept-encoding': 'gzip, deflate, br',
    'content-type': 'application/json',
    'content-length': `${random.below(10_000)}`,
    'user-agent': userAgent(random, random.below(10_000)),
    authorization: `Bearer ${token}`,
    cookie: `sid=${random.characters(24, HEX)}; theme=dark`,
    'x-request-id': id,
    'x-api-key': `ak_live_${random.characters(16, HEX)}`,
    'x-forwarded-for': `203.0.${random.below(256)}.${random.below(256)}`,
    connection: 'keep-alive',
  };
}

/** Texts in one piece each. */
function flatten(attributes: ShapeAttributes): ShapeAttributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => [
      key,
      typeof value === 'string' ? flatText(value) : value,
    ]),
  );
}
