/**
 * How the arguments of a command are masked.
 *
 * - `keys`: all are keys and options, and stay.
 * - `rest`: the first `kept` stay, what follows becomes one `?`.
 * - `value`: as `rest`, but known options at the end stay.
 * - `stream`: as `pairs`, behind the id of an entry.
 * - `pairs`, `triples`: the first `kept` stay, then in every group of two or three the last one becomes `?`.
 */
export interface RedisCommand {
  readonly arguments: 'keys' | 'rest' | 'value' | 'pairs' | 'triples' | 'stream';
  readonly kept: number;
}

const COMMANDS = new Map<string, RedisCommand>();

function add(names: string, form: RedisCommand['arguments'], kept = 0): void {
  for (const name of names.split(' ')) COMMANDS.set(name, { arguments: form, kept });
}

add('AUTH ECHO PING MESSAGE EVAL EVAL_RO', 'rest', 0);
add(
  'APPEND GETSET LPUSH LPUSHX RPUSH RPUSHX SADD SREM SISMEMBER SMISMEMBER ZRANK ZREVRANK ZSCORE ZMSCORE ZREM GEOHASH GEOPOS ' +
    'GEODIST PFADD PUBLISH SPUBLISH SETNX EVALSHA EVALSHA_RO FCALL FCALL_RO LPOS FT.SEARCH FT.AGGREGATE BF.ADD BF.MADD ' +
    'GEOSEARCH HSETEX MSETEX SETIFEQ DELIFEQ SETIFMATCH TDIGEST.ADD TOPK.INCRBY BF.EXISTS BF.MEXISTS CF.ADD CF.ADDNX CF.DEL CF.EXISTS TOPK.ADD CMS.QUERY VADD VSIM JSON.MSET GEORADIUSBYMEMBER ' +
    'GEORADIUSBYMEMBER_RO ZRANGEBYLEX ZREVRANGEBYLEX ZLEXCOUNT ZREMRANGEBYLEX',
  'rest',
  1,
);
add(
  'SETEX PSETEX LSET LREM SETRANGE SETBIT ZINCRBY SMOVE HSETNX JSON.SET JSON.MERGE JSON.ARRAPPEND JSON.ARRINDEX TS.ADD LINSERT',
  'rest',
  2,
);
add('JSON.ARRINSERT BF.INSERT', 'rest', 3);
add('SET', 'value', 1);
add('RESTORE RESTORE-ASKING', 'value', 2);
add('HSET HMSET', 'pairs', 1);
add('XADD', 'stream');
add('MSET MSETNX', 'pairs', 0);
add('ZADD', 'pairs', 1);
add('GEOADD', 'triples', 1);
add(
  'GET MGET GETDEL GETEX GETRANGE SUBSTR STRLEN EXISTS DEL UNLINK TYPE TTL PTTL EXPIRE PEXPIRE EXPIREAT PEXPIREAT EXPIRETIME ' +
    'PEXPIRETIME PERSIST RENAME RENAMENX MOVE COPY DUMP OBJECT TOUCH KEYS SCAN RANDOMKEY SORT SORT_RO INCR DECR INCRBY DECRBY ' +
    'INCRBYFLOAT GETBIT BITCOUNT BITOP BITPOS BITFIELD_RO HGET HMGET HGETALL HDEL HEXISTS HKEYS HVALS HLEN HSTRLEN HINCRBY ' +
    'HINCRBYFLOAT HSCAN HRANDFIELD HEXPIRE HPEXPIRE HTTL HPTTL HPERSIST HGETDEL HGETEX LLEN LRANGE LINDEX LPOP RPOP LTRIM LMOVE ' +
    'LMPOP BLMOVE BLMPOP BLPOP BRPOP RPOPLPUSH BRPOPLPUSH SMEMBERS SCARD SPOP SRANDMEMBER SINTER SINTERCARD SINTERSTORE SUNION ' +
    'SUNIONSTORE SDIFF SDIFFSTORE SSCAN ZCARD ZCOUNT ZRANGE ZRANGEBYSCORE ZREVRANGE ZREVRANGEBYSCORE ZRANGESTORE ZPOPMIN ZPOPMAX ' +
    'BZPOPMIN BZPOPMAX ZMPOP BZMPOP ZREMRANGEBYRANK ZREMRANGEBYSCORE ZUNION ZUNIONSTORE ZINTER ZINTERSTORE ZINTERCARD ZDIFF ' +
    'ZDIFFSTORE ZSCAN ZRANDMEMBER GEORADIUS GEORADIUS_RO GEOSEARCHSTORE PFCOUNT PFMERGE XREAD XREADGROUP XRANGE XREVRANGE ' +
    'XLEN XDEL XTRIM XACK XCLAIM XAUTOCLAIM XPENDING XGROUP XINFO SUBSCRIBE PSUBSCRIBE SSUBSCRIBE UNSUBSCRIBE PUNSUBSCRIBE ' +
    'SUNSUBSCRIBE PUBSUB MULTI EXEC DISCARD WATCH UNWATCH SELECT SWAPDB FLUSHALL FLUSHDB DBSIZE INFO TIME WAIT WAITAOF ROLE ' +
    'REPLICAOF SLAVEOF PSYNC SYNC CLIENT CLUSTER COMMAND MEMORY LATENCY SLOWLOG MONITOR DEBUG MODULE SAVE BGSAVE BGREWRITEAOF ' +
    'LASTSAVE SHUTDOWN QUIT RESET READONLY READWRITE ASKING FAILOVER FT.INFO FT.CREATE FT.DROPINDEX FT._LIST JSON.GET JSON.MGET ' +
    'JSON.DEL JSON.TYPE JSON.NUMINCRBY TS.RANGE TS.GET TS.CREATE',
  'keys',
);

/** The form of a command; undefined when the name is unknown. */
export function redisCommand(name: string): RedisCommand | undefined {
  return COMMANDS.get(name.toUpperCase());
}

const OPTIONS: ReadonlySet<string> = new Set('NX XX GT LT CH INCR GET KEEPTTL REPLACE ABSTTL'.split(' '));
const OPTIONS_WITH_NUMBER: ReadonlySet<string> = new Set('EX PX EXAT PXAT IDLETIME FREQ'.split(' '));

/** How many words at the end of the arguments are options of SET and RESTORE. */
export function trailingOptions(words: readonly string[]): number {
  const bracket = words.findIndex((word) => word.startsWith('['));
  if (bracket > 0) return words.length - bracket;
  let count = 0;
  while (count < words.length - 1) {
    const last = words[words.length - 1 - count] ?? '';
    const before = words[words.length - 2 - count] ?? '';
    if (OPTIONS.has(last.toUpperCase())) count += 1;
    else if (/^\d{1,19}$/.test(last) && OPTIONS_WITH_NUMBER.has(before.toUpperCase())) count += 2;
    else break;
  }
  return Math.min(count, words.length - 1);
}

/** How many words at the beginning are options of ZADD and GEOADD. */
export function leadingOptions(words: readonly string[]): number {
  const first = words.findIndex((word) => !OPTIONS.has(word.toUpperCase()));
  return first < 0 ? words.length : first;
}
