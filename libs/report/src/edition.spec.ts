import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { isRefusal } from '#domain/decision';
import { editionBytes, parseEdition, type EditionDocument } from './edition.js';
import type { AnnualReport } from './model.js';
import { readPlainText } from './readers/plain-text.js';

const reading = readPlainText(readFileSync(new URL('../../../samples/xiangyang-2020.txt', import.meta.url), 'utf8'));
if (isRefusal(reading)) throw new Error('the sample must be readable');
const { report } = reading;

const edition: EditionDocument = {
  schema: 'sunward.edition/1',
  document: '5f3c7a0e-8d6b-4a3e-9d53-0a9a7f7f2c11',
  edition: 1,
  kind: 'annual-report',
  organ: { code: 'xiangyang', name: '向阳区人民政府', level: 'county' },
  year: 2020,
  format: '2019',
  report,
  attachments: [{ name: '附件.pdf', mediaType: 'application/pdf', sizeBytes: 12, digest: 'a'.repeat(64) }],
};

const bytes = editionBytes(edition);
const textOf = (written: Uint8Array): string => new TextDecoder('utf-8', { fatal: true }).decode(written);
const text = textOf(bytes);
const encode = (json: string): Uint8Array => new TextEncoder().encode(json);
const withReport = (change: Partial<AnnualReport>): EditionDocument => ({
  ...edition,
  report: { ...report, ...change },
});

describe('bytes that are no edition', () => {
  it.each([
    ['nothing', '', 'edition_not_json'],
    ['half of it', text.slice(0, text.length / 2), 'edition_not_json'],
    ['a byte order mark before it', `\ufeff${text}`, 'edition_not_json'],
    ['a list', '[]', 'invalid_edition'],
    ['an unknown field', text.replace('"edition":1,', '"edition":1,"editor":"x",'), 'invalid_edition'],
    ['another schema', text.replace('sunward.edition/1', 'sunward.edition/2'), 'invalid_edition'],
    ['another year outside than inside', text.replace(/"year":2020\}$/, '"year":2021}'), 'invalid_edition'],
    ['a missing cell', text.replace(/"t3\.1\.total":\{[^}]*\},/, ''), 'invalid_edition'],
    ['a figure as a number', text.replace('"value":"111"', '"value":111'), 'invalid_edition'],
    ['a figure with a leading zero', text.replace('"value":"111"', '"value":"0111"'), 'invalid_edition'],
    ['half a character pair', text.replace('向阳区2020年', '\\ud83d向阳区2020年'), 'invalid_edition'],
    ['NUL in the text', text.replace('向阳区2020年', '\\u0000向阳区2020年'), 'invalid_edition'],
    ['a direction override', text.replace('向阳区2020年', '\u202e向阳区2020年'), 'invalid_edition'],
    ['a blank more', `${text} `, 'edition_not_canonical'],
    [
      'another order',
      text.replace(/^\{"attachments":(\[.*?\]),/, '{').replace(/\}$/, ',"attachments":[]}'),
      'edition_not_canonical',
    ],
    ['a doubled key', text.replace('"edition":1,', '"edition":2,"edition":1,'), 'edition_not_canonical'],
    ['an escape where none is due', text.replace('向阳区2020年', '\\u5411阳区2020年'), 'edition_not_canonical'],
    ['another spelling of a number', text.replace('"edition":1,', '"edition":1.0,'), 'edition_not_canonical'],
  ])('%s is refused', (_what, json, code) => {
    expect(json).not.toBe(text);
    expect(parseEdition(encode(json))).toMatchObject({ refused: code });
  });

  it('bytes that are no UTF-8 are refused', () => {
    expect(parseEdition(new Uint8Array([0x7b, 0xff, 0x7d]))).toMatchObject({ refused: 'edition_not_json' });
  });

  it('more than 5 MB is refused unread', () => {
    expect(parseEdition(new Uint8Array(5 * 1024 * 1024 + 1))).toMatchObject({ refused: 'edition_too_large' });
  });

  it('problems name their place', () => {
    const refusal = parseEdition(encode(text.replace('"value":"111"', '"value":"0111"')));
    expect(refusal).toMatchObject({
      data: { found: 1, problems: [{ path: 'edition.report.tables.t2.t2.20-5.licensing.decisions.value' }] },
    });
  });
});

describe('the frozen edition', () => {
  it('comes back as it went in', () => {
    expect(parseEdition(bytes)).toEqual(edition);
  });

  it('has the same bytes whatever the order of its fields', () => {
    const turned: EditionDocument = {
      ...edition,
      report: { ...report, tables: Object.fromEntries(Object.entries(report.tables).toReversed()) },
    };
    const reversed = Object.fromEntries(Object.entries(turned).toReversed());
    expect(Object.keys(reversed)).not.toEqual(Object.keys(edition));
    expect(textOf(editionBytes(Object.assign(reversed, turned)))).toBe(text);
  });

  it.each([
    ['no edition 0', { ...edition, edition: 0 }],
    ['no document id that is no UUID', { ...edition, document: 'x' }],
    ['no path for a file name', { ...edition, attachments: [{ ...edition.attachments[0]!, name: '../a' }] }],
    ['no half character', withReport({ preface: '\ud800' })],
    ['no NUL', withReport({ organName: 'a\u0000' })],
    ['no date that does not exist', withReport({ period: { from: '2020-02-30', to: '2020-12-31' } })],
  ])('takes %s', (_what, broken) => {
    expect(() => editionBytes(broken)).toThrow(/an edition is valid before it is frozen: edition\./);
  });

  it('any text of a report survives, and writing it again gives the same bytes', () => {
    const prose = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
      .filter((candidate) => !isRefusal(parseEdition(encodeOrEmpty(withReport({ preface: candidate })))));
    fc.assert(
      fc.property(prose, (preface) => {
        const written = editionBytes(withReport({ preface }));
        const back = parseEdition(written);
        if (isRefusal(back)) throw new Error('refused');
        expect(back.report.preface).toBe(preface);
        expect(textOf(editionBytes(back))).toBe(textOf(written));
      }),
      { numRuns: 40 },
    );
  });

  it('no byte of it can be flipped and still be this edition', () => {
    fc.assert(
      fc.property(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 0, max: 7 }), (at, bit) => {
        const flipped = Uint8Array.from(bytes);
        flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
        const parsed = parseEdition(flipped);
        // What still parses is another document: its own canonical bytes are the flipped ones.
        if (!isRefusal(parsed)) expect(textOf(editionBytes(parsed))).toBe(textOf(flipped));
      }),
      { numRuns: 60 },
    );
  });
});

function encodeOrEmpty(candidate: EditionDocument): Uint8Array {
  try {
    return editionBytes(candidate);
  } catch {
    return new Uint8Array();
  }
}

describe('the bytes that are signed', () => {
  type Path = readonly (string | number)[];

  /** Every value of an edition that is none of other values, by where it stands. */
  function leaves(value: unknown, at: Path = []): readonly Path[] {
    if (typeof value !== 'object' || value === null) return [at];
    return Object.entries(value).flatMap(([key, inner]) =>
      leaves(inner, [...at, Array.isArray(value) ? Number(key) : key]),
    );
  }
  function changedAt(value: unknown, [key, ...rest]: Path): unknown {
    if (key === undefined) return typeof value === 'number' ? value + 1 : typeof value === 'string' ? `${value}1` : 0;
    const copy = structuredClone(value) as Record<string | number, unknown>;
    copy[key] = changedAt(copy[key], rest);
    return copy;
  }
  const written = (document: unknown): Uint8Array | null => {
    try {
      return editionBytes(document as EditionDocument);
    } catch {
      return null; // no edition: nobody can be asked to sign it
    }
  };

  it('differ for every value in which an edition may differ, those of the files beside it too', () => {
    const changed = leaves(edition).map((at) => ({ at: at.join('.'), other: written(changedAt(edition, at)) }));
    const lawful = changed.filter(({ other }) => other !== null);
    expect(lawful.filter((one) => Buffer.compare(one.other!, bytes) === 0).map(({ at }) => at)).toEqual([]);
    const places = lawful.map(({ at }) => at);
    expect(places).toEqual(expect.arrayContaining(['edition', 'organ.code', 'organ.name', 'report.title']));
    expect(places).toEqual(expect.arrayContaining(['attachments.0.name', 'attachments.0.sizeBytes']));
    expect(places.length).toBeGreaterThan(50);
  });
});
