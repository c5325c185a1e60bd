import { Redis } from 'ioredis';

/** Redis would lose or evict jobs as it is configured now. */
export class RedisUnfit extends Error {
  constructor(setting: string, found: string, wanted: string) {
    super(
      `Redis ${setting} is "${found}", "${wanted}" is needed: redis-cli config set ${setting} ${wanted} ` +
        '(and the same in redis.conf), then start again',
    );
    this.name = 'RedisUnfit';
  }
}

const WANTED = { 'maxmemory-policy': 'noeviction', appendonly: 'yes' } as const;

/** Refuses a Redis that may drop keys or forgets at a restart. Throws RedisUnfit, or the connection's error. */
export async function requireFitRedis(url: string): Promise<void> {
  const redis = new Redis(url, { maxRetriesPerRequest: 1, connectTimeout: 2000, lazyConnect: true });
  redis.on('error', () => undefined); // the awaited call below rejects with the same error
  try {
    await redis.connect();
    for (const [setting, wanted] of Object.entries(WANTED)) {
      const answer = await redis.config('GET', setting);
      const found = answer[1] ?? '';
      if (found !== wanted) throw new RedisUnfit(setting, found, wanted);
    }
  } finally {
    redis.disconnect();
  }
}
