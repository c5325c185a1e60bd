import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { monitorLine } from './monitor-line.js';

const AT = '2026-11-26T08:00:00.000Z';
const later = (seconds: number): Date => new Date(Date.parse(AT) + seconds * 1000);
const report = { at: AT, turns: { total: 600, budget: 100, worstSeconds: 210, oldestSeconds: 170 } };

describe('the examination of the monitor', () => {
  let varDir: string;
  beforeEach(async () => {
    varDir = await mkdtemp(path.join(tmpdir(), 'sunward-doctor-'));
    await mkdir(path.join(varDir, 'site'));
  });
  afterEach(() => rm(varDir, { recursive: true }));
  const write = (text: string): Promise<void> => writeFile(path.join(varDir, 'site', 'monitor.json'), text);

  it('says within how many minutes any alteration is found', async () => {
    await write(JSON.stringify(report));
    const [line, ...more] = await monitorLine(varDir, later(60));
    expect([line?.ok, line?.found, more]).toEqual([
      true,
      {
        zh: '600 个公开地址，每轮轮到 100 个，任何改动最迟 4 分钟发现',
        en: '600 public addresses, 100 in turn each round, any alteration is found within 4 min',
      },
      [],
    ]);
  });

  it('finds a monitor that stopped', async () => {
    await write(JSON.stringify(report));
    const [line] = await monitorLine(varDir, later(301));
    expect([line?.ok, line?.mend?.en]).toEqual([false, 'run npm start, or look at its output']);
  });

  it('finds what the monitor could not look at, with what to do about it, while it lasts', async () => {
    const mend = { zh: '放回去', en: 'put it back' };
    const failure = { where: '/etc/trust.json', cause: 'ENOENT', mend, since: AT, isOver: false };
    await write(JSON.stringify({ ...report, failing: [failure, { ...failure, where: '', isOver: true }] }));
    const [first, ...more] = await monitorLine(varDir, later(60));
    expect(first?.ok).toBe(true);
    expect(more).toEqual([
      {
        what: 'monitor',
        ok: false,
        found: {
          zh: `自 ${AT} 起有一项没有看成（/etc/trust.json）：ENOENT`,
          en: `could not look at /etc/trust.json since ${AT}: ENOENT`,
        },
        mend,
      },
    ]);
  });

  it.each(['', '{', '{"at":"then"}'])('says nothing where no monitor wrote its figures: %j', async (text) => {
    if (text !== '') await write(text);
    expect(await monitorLine(varDir, later(0))).toEqual([]);
  });
});
