import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { keptUp } from '../../apps/publication/src/site/kept-up.js';
import { ProvenPages } from '../../apps/publication/src/site/proven-pages.js';
import type { SiteLink } from '../../apps/publication/src/site/site-folder.js';
import { eventually } from '../support/client.js';
import { PATH, PublicationWorld } from '../support/publication-world.js';

let world: PublicationWorld;
beforeAll(async () => {
  world = await PublicationWorld.open();
}, 60_000);
beforeEach(async () => {
  await world.release(await world.seal());
  await world.publisher().drain();
});
afterEach(() => world.clear());
afterAll(() => world?.close());

async function opened(): Promise<Socket> {
  const socket = connect(Number(new URL(world.origin).port), '127.0.0.1');
  await once(socket, 'connect');
  // Whoever is hung up on may hear it as an error.
  socket.on('error', () => undefined);
  return socket;
}

/** What the site answers to a question written by hand. */
async function said(question: string, ...headers: string[]): Promise<string> {
  const socket = await opened();
  const parts: Buffer[] = [];
  socket.on('data', (part) => parts.push(part));
  socket.write([question, ...headers, 'connection: close', '', ''].join('\r\n'));
  await once(socket, 'close');
  return Buffer.concat(parts).toString();
}

describe('an address nobody wrote by clicking', () => {
  it.each([
    '/%zz',
    '/%',
    '/%E4%BD',
    `${PATH}%2e%2e/`,
    `${PATH}..%2freport.json`,
    `${PATH}%00`,
    PATH.replace('xiangyang', '%78iangyang'),
    `${PATH}..;/`,
    '//evil.example/',
    '/\\evil.example/',
    '/xxgk/ndbg/<script>alert(1)</script>/2020/',
    '/data/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx.csv',
  ])('is absent like any other, with every header and nothing of it in the answer: %s', async (path) => {
    const answer = await said(`GET ${path} HTTP/1.1`, 'host: localhost');
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    for (const header of ["content-security-policy: default-src 'none'", 'x-content-type-options: nosniff'])
      expect(answer).toContain(header);
    expect(answer).not.toMatch(/evil\.example|<script>alert|xxxxxxxx|%zz/);
  });

  it.each([
    ['a foreign host', `GET /xxgk/ndbg/ HTTP/1.1`, ['host: evil.example']],
    ['a whole foreign address', 'GET http://evil.example/xxgk/ndbg/ HTTP/1.1', ['host: evil.example']],
    ['a feed', 'GET /feeds/reports.atom HTTP/1.1', ['host: evil.example']],
    ['a sitemap', 'GET /sitemap.xml HTTP/1.1', ['host: evil.example', 'x-forwarded-host: evil.example']],
    ['robots', 'GET /robots.txt HTTP/1.1', ['host: evil.example', 'x-forwarded-proto: javascript']],
    ['a redirect', `GET ${PATH.slice(0, -1)} HTTP/1.1`, ['host: evil.example', 'x-original-url: /evil.example']],
    ['a page that is not there', 'GET /evil HTTP/1.1', ['host: evil.example', 'forwarded: host=evil.example']],
  ])(
    'says nothing of where it was asked for, which a cache would keep for others: %s',
    async (_, question, headers) => {
      expect(await said(question, ...headers)).not.toContain('evil.example');
    },
  );

  it('of twelve thousand letters is absent too', async () => {
    const answer = await said(`GET /${'x'.repeat(12_000)} HTTP/1.1`, 'host: localhost');
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    expect(answer).not.toContain('xxxxxxxx');
  });

  it('asked for its head says what the whole answer would', async () => {
    for (const path of [PATH, `${PATH}report.json`, '/feeds/reports.atom']) {
      const [head, whole] = [await fetch(`${world.origin}${path}`, { method: 'HEAD' }), await world.get(path)];
      for (const name of ['content-length', 'content-type', 'etag'])
        expect(head.headers.get(name)).toBe(whole.headers.get(name));
    }
    const data = await fetch(`${world.origin}/data/reports.csv`, { method: 'HEAD' });
    expect([data.status, data.headers.get('content-length')]).toEqual([200, null]);
  });
});

describe('whole downloads', () => {
  it('beyond four at once are refused by a page, which is not saved as the file, until one has ended', async () => {
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    class GatedPages extends ProvenPages {
      override async reportAt(link: SiteLink): ReturnType<ProvenPages['reportAt']> {
        await gate;
        return super.reportAt(link);
      }
    }
    await world.reopenSite(undefined, { pages: new GatedPages(world.folder, world.ports()) });
    const path = '/data/reports.csv';
    // The head of the answer comes with the first line, which needs no report.
    const begun = await Promise.all([1, 2, 3, 4].map(() => world.get(path)));
    const refused = await world.get(path);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '10']);
    expect([refused.headers.get('content-type'), refused.headers.get('content-disposition')]).toEqual([
      'text/html; charset=utf-8',
      null,
    ]);
    open();
    for (const answer of begun) expect(await answer.text()).toContain('xiangyang');
    await eventually('another may begin', async () => ((await world.get(path)).status === 200 ? true : undefined));
  });
});

describe('a reader who keeps the site waiting', () => {
  it('with his question is hung up on', async () => {
    await world.reopenSite(undefined, { patience: { askMs: 300, takeMs: 60_000 } });
    for (const begun of ['', 'GET ', `GET ${PATH} HTTP/1.1\r\nhost: localhost\r\nx-slow: `]) {
      const socket = await opened();
      socket.write(begun);
      socket.resume();
      await once(socket, 'close');
    }
    expect((await world.get(PATH)).status).toBe(200);
  });

  it('with taking the answer is hung up on', async () => {
    await world.reopenSite(undefined, { patience: { askMs: 60_000, takeMs: 500 } });
    const connections = promisify(world.site.server.getConnections.bind(world.site.server));
    const socket = await opened();
    socket.pause();
    // More than the two ends of a connection hold.
    socket.write(`GET ${PATH} HTTP/1.1\r\nhost: localhost\r\n\r\n`.repeat(800));
    await eventually(
      'the connection is given up',
      async () => ((await connections()) === 0 ? true : undefined),
      30_000,
    );
    socket.destroy();
    expect((await world.get(PATH)).status).toBe(200);
  });

  it('of a whole download is given no more of it, so that others have theirs', async () => {
    let ms = 0;
    const take = async (bytesPerSecond: number): Promise<number> => {
      let taken = 0;
      ms = 0;
      async function* data(): AsyncGenerator<string> {
        for (let part = 0; part < 100; part += 1) yield 'x'.repeat(bytesPerSecond);
      }
      for await (const part of keptUp(data(), () => ms)) {
        taken += part.length;
        ms += 1000;
      }
      return taken;
    };
    expect(await take(10_000)).toBe(1_000_000);
    await expect(take(5_000)).rejects.toThrow('too slow');
    expect(ms).toBe(31_000);
  });

  it('who compares years has no more read than the years of that organ', async () => {
    const walk = jest.spyOn(world.folder, 'links');
    expect((await world.get(`${PATH}comparison.html`)).status).toBe(200);
    expect(walk).not.toHaveBeenCalled();
    walk.mockRestore();
  });
});
