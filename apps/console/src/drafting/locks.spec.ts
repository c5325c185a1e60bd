import { beforeEach, describe, expect, it } from '@jest/globals';
import { isRefusal } from '#domain/decision';
import { blankReport } from '#report/blank-report';
import type { AnnualReport, Cell } from '#report/model';
import { Draft } from './draft.js';
import { Locks, type Opened } from './locks.js';

const blank = blankReport('向阳区人民政府', 2026);
if (isRefusal(blank)) throw new Error(blank.refused);
const base: AnnualReport = { ...blank, chapters: blank.chapters.map((one) => ({ ...one, paragraphs: ['甲', '乙'] })) };

const [BEGUN, BESIDE] = ['t3.1.natural-person', 't3.1.commercial'] as const;
const opened = (place: string, reason: string | null = null): Opened => ({ place, name: place, reason });
const figure = (value: string): Cell => ({ state: 'value', value, original: value });

describe('what a correction leaves as it was', () => {
  let locks: Locks;
  let draft: Draft;
  const both = (): number => draft.writeCells('t3', { [BEGUN]: figure('8'), [BESIDE]: figure('9') });
  const left = (): number => locks.state.left.length;

  beforeEach(() => {
    locks = new Locks(base, [opened(BEGUN)]);
    draft = new Draft(base, locks);
  });

  it('is told by name, and what is open is written', () => {
    expect(both()).toBe(1);
    expect(locks.state.left).toEqual([locks.nameOf(BESIDE)]);
    expect(draft.report.tables['t3']).toMatchObject({ [BEGUN]: { value: '8' }, [BESIDE]: { state: 'unfilled' } });
  });

  it('goes on being told when the service answers meanwhile with what was known', () => {
    both();
    locks.hear([opened(BEGUN)]);
    expect(left()).toBe(1);
  });

  it.each([
    ['the place is opened', () => locks.hear([opened(BEGUN), opened(BESIDE, '同一份台账也数错了')])],
    ['nothing is locked any more', () => locks.hear(null)],
    ['the next act leaves nothing', () => draft.writeCells('t3', { [BEGUN]: figure('7') })],
    ['the act is undone', () => draft.step('undo')],
    ['one goes on writing elsewhere', () => draft.write((report) => ({ ...report }))],
  ])('is told no longer once %s', (_, then) => {
    both();
    expect(left()).toBe(1);
    then();
    expect(left()).toBe(0);
  });

  it('tells nobody anew when there was and is nothing to tell', () => {
    let told = 0;
    locks.subscribe(() => (told += 1));
    draft.writeCells('t3', { [BEGUN]: figure('8') });
    expect(told).toBe(0);
  });
});
