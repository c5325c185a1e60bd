import {
  chapterOneIsShort,
  chaptersSaySomething,
  chapterTitlesStand,
  feesAreTold,
  governmentTellsResults,
  statutoryChaptersStand,
} from './chapter-checks.js';
import { formatFitsYear, noResidue, prefaceIsComplete, statutoryTitle } from './front-checks.js';
import { ownNameAndLevel } from './name-level-checks.js';
import { nationalRule } from './national-rule.js';
import { partsAreCounted } from './part-count-checks.js';
import type { Rule } from './rule.js';
import { cellsAreThere, noBlankCells, noHeadTwice, nothingIsAdded, tablesAreData } from './table-structure-checks.js';

const FORMS = '国办公开办函〔2019〕60号、〔2021〕30号';
const LOCAL = { formats: ['2021'], scope: 'tenant' } as const;

/** Rules on chapters, title, format and completeness of the tables. Rules of the catalogue: S. */
export const structureRules: readonly Rule[] = [
  nationalRule('S01', 'E', '条例第五十条；国办公开办函〔2021〕30号', statutoryChaptersStand),
  nationalRule('S02', 'W', FORMS, chapterTitlesStand),
  nationalRule('S03', 'E', FORMS, formatFitsYear),
  nationalRule('S04', 'E', FORMS, tablesAreData),
  nationalRule('S05', 'E', FORMS, cellsAreThere),
  nationalRule('S06', 'W', FORMS, nothingIsAdded),
  nationalRule('S07', 'E', FORMS, noBlankCells),
  nationalRule('S08', 'E', FORMS, noHeadTwice),
  nationalRule('S09', 'W', FORMS, statutoryTitle, { version: 2 }),
  nationalRule('S10', 'W', '条例第五十条', partsAreCounted),
  nationalRule('S11', 'E', '条例第五十条；国办公开办函〔2021〕30号', chaptersSaySomething),
  nationalRule('S12', 'W', '条例第五十条第二款', governmentTellsResults),
  nationalRule('S13', 'W', '武政办发〔2025〕54号', chapterOneIsShort, LOCAL),
  nationalRule('S14', 'E', '粤办函〔2010〕249号', noResidue, { version: 2 }),
  // Words of level are judged by what stands around them, which a person may know better.
  nationalRule('S15', 'E', '国办公开办函〔2021〕30号（四）', ownNameAndLevel, { overridable: true }),
  nationalRule('S16', 'W', '国办公开办函〔2021〕30号；国办函〔2020〕109号', feesAreTold, { formats: ['2021'] }),
  nationalRule('S17', 'W', '条例第四十九条、第五十条；各地通行格式', prefaceIsComplete),
];
