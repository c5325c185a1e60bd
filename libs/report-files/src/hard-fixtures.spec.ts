import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '#domain/decision';
import type { AnnualReport } from '#report/model';
import { readReportFile } from './read-report-file.js';

interface Fixture {
  readonly file: string;
  readonly quirk: string;
  readonly refused?: string;
  readonly figures?: Readonly<Record<string, string>>;
  readonly swapped?: readonly [string, string];
  readonly findings?: readonly string[];
}

const at = (name: string): URL => new URL(`../../../test/fixtures/${name}`, import.meta.url);
const fixtures = JSON.parse(readFileSync(at('reports/fixtures.json'), 'utf8')) as readonly Fixture[];
const base = JSON.parse(readFileSync(at('pdf/form-2021.report.json'), 'utf8')) as AnnualReport;

function figuresOf({ tables }: AnnualReport): Readonly<Record<string, string>> {
  const cells = Object.values(tables).flatMap((table) => Object.entries(table));
  return Object.fromEntries(cells.map(([id, cell]) => [id, cell.state === 'value' ? cell.value : cell.state]));
}

/** What every cell must read as; columns that changed places are read by their heads. */
function expectedOf({ figures, swapped }: Fixture): Readonly<Record<string, string>> {
  const plain = figuresOf(base);
  const [one = '', other = ''] = swapped ?? [];
  const from = (id: string): string =>
    id.endsWith(`.${one}`)
      ? id.replace(`.${one}`, `.${other}`)
      : id.endsWith(`.${other}`)
        ? id.replace(`.${other}`, `.${one}`)
        : id;
  const moved = Object.fromEntries(
    Object.keys(plain).map((id) => [id, plain[swapped === undefined ? id : from(id)] ?? '']),
  );
  return { ...moved, ...figures };
}

describe('a file with a quirk of real ones', () => {
  it.each(fixtures.map((fixture) => [fixture.file, fixture] as const))('%s', async (file, fixture) => {
    const reading = await readReportFile(new Uint8Array(readFileSync(at(`reports/${file}`))));
    if (isRefusal(reading)) {
      expect(reading.refused).toBe(fixture.refused);
      return;
    }
    expect(fixture.refused).toBeUndefined();
    expect(figuresOf(reading.report)).toEqual(expectedOf(fixture));
    const codes = [...new Set(reading.findings.map(({ code }) => code))].filter((code) => code !== 'scope_inferred');
    expect(codes.toSorted()).toEqual([...(fixture.findings ?? [])].toSorted());
  });

  it('is among at least thirty, each in the table for people with the same words', () => {
    const readme = readFileSync(at('reports/README.md'), 'utf8').replace(/ +/g, ' ');
    const files = readdirSync(at('reports/')).filter((name) => /^\d\d-/.test(name));
    expect(files.toSorted()).toEqual(fixtures.map(({ file }) => file).toSorted());
    expect(files.length).toBeGreaterThanOrEqual(30);
    for (const { file, quirk, refused, figures = {}, findings = [] } of fixtures) {
      const row = readme.split('\n').find((line) => line.startsWith(`| ${file} |`)) ?? '';
      expect(row).toContain(`| ${quirk} |`);
      for (const [id, value] of Object.entries(figures)) expect(row).toContain(`${id} ${value}`);
      expect(row).toContain(refused === undefined ? findings.join(', ') : `refused: ${refused}`);
    }
  });
});
