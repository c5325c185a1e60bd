import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Examined } from './examined.js';

/** Milliseconds after which a monitor that wrote nothing does not watch. */
const SILENT_MS = 300_000;

/** What this line takes from the monitor's own report. */
const report = z.object({
  at: z.iso.datetime(),
  turns: z.object({ total: z.number(), budget: z.number(), worstSeconds: z.number() }),
  failing: z
    .array(
      z.object({
        where: z.string(),
        cause: z.string(),
        mend: z.object({ zh: z.string(), en: z.string() }),
        isOver: z.boolean(),
        since: z.string(),
      }),
    )
    .default([]),
});

/**
 * How long an altered public page may stay unseen, and what the monitor could not look at, as it says in the folder of the site; nothing where no monitor
 * of this release wrote there.
 */
export async function monitorLine(varDir: string, now: Date): Promise<readonly Examined[]> {
  const file = path.join(varDir, 'site', 'monitor.json');
  const text = await readFile(file, 'utf8').catch(() => undefined); // no installation here: other lines say so
  const parsed = report.safeParse(text === undefined ? undefined : valueIn(text));
  if (!parsed.success) return [];
  const { at, turns, failing } = parsed.data;
  const { total, budget, worstSeconds } = turns;
  const minutes = Math.ceil(worstSeconds / 60);
  const what = 'monitor';
  if (now.getTime() - Date.parse(at) > SILENT_MS)
    return [
      {
        what,
        ok: false,
        found: { zh: `自 ${at} 起没有巡检`, en: `has not watched since ${at}` },
        mend: { zh: '运行 npm start，或看它的输出', en: 'run npm start, or look at its output' },
      },
    ];
  return [
    {
      what,
      ok: true,
      found: {
        zh: `${total} 个公开地址，每轮轮到 ${budget} 个，任何改动最迟 ${minutes} 分钟发现`,
        en: `${total} public addresses, ${budget} in turn each round, any alteration is found within ${minutes} min`,
      },
    },
    ...failing
      .filter(({ isOver }) => !isOver)
      .map(({ where, cause, mend, since }) => ({
        what,
        ok: false,
        found: {
          zh: `自 ${since} 起有一项没有看成${where === '' ? '' : `（${where}）`}：${cause}`,
          en: `could not look at ${where === '' ? 'something' : where} since ${since}: ${cause}`,
        },
        mend,
      })),
  ];
}

function valueIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
