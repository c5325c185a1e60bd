// Applies the rules of the report library away from the keyboard: a check of everything after every pause in typing.
import { checkReport } from '#report/check-report';
import type { AnnualReport } from '#report/model';
import type { CheckContext } from '#report/rules/check-context';
import { NATIONAL_SETTINGS } from '#report/rules/national-settings';
import { checkKey } from '#report/settled-checks';
import type { CheckAnswer, CheckQuestion } from './checking.js';

let context: CheckContext = { settings: NATIONAL_SETTINGS };

self.addEventListener('message', ({ data }: MessageEvent<CheckQuestion>) => {
  if (data.kind === 'context') context = data.context;
  else answer(data.turn, data.report);
});

function answer(turn: number, report: AnnualReport): void {
  const started = performance.now();
  const results = checkReport(report, context);
  // What passed is told by its number alone: every result sent is made again on the side of the keyboard.
  const failed = results
    .filter(({ status }) => status === 'fail')
    .map((result) => ({ ...result, key: checkKey(result) }));
  const tookMs = performance.now() - started;
  self.postMessage({ turn, failed, count: results.length, tookMs } satisfies CheckAnswer, { transfer: [] });
}
