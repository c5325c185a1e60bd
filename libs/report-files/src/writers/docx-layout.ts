import {
  AlignmentType,
  convertMillimetersToTwip,
  Footer,
  type IRunOptions,
  type ISectionPropertiesOptions,
  LineRuleType,
  PageNumber,
  Paragraph,
  TextRun,
} from 'docx';

type Face = 'title' | 'body' | 'level1' | 'level2' | 'table' | 'page';

/** Faces and sizes (half points) of GB/T 9704—2012, 7.3 and 5.2: title 2号 小标宋, body 3号 仿宋, first level 黑体, second 楷体, page number 4号 宋体. */
const FACES: Readonly<Record<Face, { readonly face: string; readonly size: number }>> = {
  title: { face: '方正小标宋简体', size: 44 },
  body: { face: '仿宋', size: 32 },
  level1: { face: '黑体', size: 32 },
  level2: { face: '楷体', size: 32 },
  table: { face: '宋体', size: 18 },
  page: { face: '宋体', size: 28 },
};

const LINE_TWIPS = 28 * 20;
const TWO_CHARACTERS_TWIPS = 2 * 16 * 20;
const ONE_CHARACTER_TWIPS = 14 * 20;

/** Width of the text on the page in twips: 210 mm less the margins of 28 and 26 mm. */
export const TEXT_WIDTH_TWIPS = convertMillimetersToTwip(210 - 28 - 26);

/** Page and margins of GB/T 9704—2012, 5.2.1: A4, 37 mm above, 35 mm below, 28 mm left, 26 mm right. */
export const PAGE: NonNullable<ISectionPropertiesOptions['page']> = {
  size: { width: convertMillimetersToTwip(210), height: convertMillimetersToTwip(297) },
  margin: {
    top: convertMillimetersToTwip(37),
    bottom: convertMillimetersToTwip(35),
    left: convertMillimetersToTwip(28),
    right: convertMillimetersToTwip(26),
    footer: convertMillimetersToTwip(28),
  },
};

/** A run in one of the faces; Chinese text takes the East Asian one, which a program would else guess. */
export function runOf(face: Face, text: string, more: IRunOptions = {}): TextRun {
  const { face: name, size } = FACES[face];
  return new TextRun({ text, font: { ascii: name, hAnsi: name, eastAsia: name, cs: name }, size, ...more });
}

/** Spacing of all text outside tables: exactly 28 points. */
export const BODY_SPACING = { line: LINE_TWIPS, lineRule: LineRuleType.EXACT, before: 0, after: 0 };

/** First line of a paragraph: two characters in. */
export const BODY_INDENT = { firstLine: TWO_CHARACTERS_TWIPS };

/** Page number `— 1 —` at the outer edge, one character in: right on odd pages, left on even ones (7.5). */
export function pageFooter(side: 'odd' | 'even'): Footer {
  const { face, size } = FACES.page;
  const run = new TextRun({
    children: ['— ', PageNumber.CURRENT, ' —'],
    font: { ascii: face, hAnsi: face, eastAsia: face, cs: face },
    size,
  });
  const odd = side === 'odd';
  return new Footer({
    children: [
      new Paragraph({
        children: [run],
        alignment: odd ? AlignmentType.RIGHT : AlignmentType.LEFT,
        indent: odd ? { right: ONE_CHARACTER_TWIPS } : { left: ONE_CHARACTER_TWIPS },
      }),
    ],
  });
}
