const CLIENT = 3;
const PRODUCER = 4;

/** Attributes of the own host, of a pod, of a server: their address is nobody's. */
const SERVER_KEYS =
  /^(?:server\.(?:address|socket\.address)|(?:host|container|k8s\.(?:pod|node|service|cluster))\.ips?|(?:net\.host|net\.sock\.host|network\.local)\.[a-z.]+|k8s\.pod\.host_ip|destination\.address|dns\.answers?)$/;
/** The other side of a connection: on the spans of a client it is the server. */
const PEER_KEYS =
  /^(?:net\.peer\.(?:ip|name|address)|net\.sock\.peer\.(?:addr|name)|network\.peer\.address|peer\.(?:ipv4|ipv6|hostname|address)|db\.connection_string|url\.(?:full|original)|http\.(?:url|host))$/;

/** Whether the address under a key is a server's: it says where a call went, not who made it. */
export function isServerAddress(key: string, spanKind: number): boolean {
  if (SERVER_KEYS.test(key)) return true;
  return (spanKind === CLIENT || spanKind === PRODUCER) && PEER_KEYS.test(key);
}
