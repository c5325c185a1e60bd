import { cellsOf } from '../format.js';
import type { CellKind, FormatDefinition, TableDefinition } from '../format-definition.js';
import { MAX_CHAPTERS } from '../model.js';

/** Identifier of the JSON Schema of a report: `$id` there, `$schema` in every report written as JSON. A name, not an address to fetch. */
export const REPORT_SCHEMA_ID = 'urn:sunward:annual-report:1';

type Schema = Readonly<Record<string, unknown>>;

// The characters of text-safety.ts: control characters, direction overrides, separators of lines, halves of surrogate pairs.
const SAFE_TEXT =
  '^[^\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069\\ufeff\\ud800-\\udfff]*$';
const DECIMAL = '^(?!-0$)(?=(?:[^0-9]*[0-9]){1,18}[^0-9]*$)-?(?:0|[1-9][0-9]*)(?:\\.[0-9]*[1-9])?$';
const LEAP_YEAR = '(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)';
const DATE =
  '^(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))' +
  `|${LEAP_YEAR}-02-29)$`;

/**
 * JSON Schema (2020-12) of a report in any of the formats: what `parseAnnualReport` accepts, beside an optional `$schema`. A schema cannot say
 * three things: `tableAt` is at most the number of paragraphs, lengths count UTF-16 units (a schema counts characters), and the problems'
 * words for people.
 */
export function annualReportSchema(formats: readonly FormatDefinition[]): Schema {
  const perFormat = Object.fromEntries(
    formats.flatMap((format) => [
      [`chapters-${format.id}`, chaptersSchema(format)],
      [`tables-${format.id}`, tablesSchema(format)],
    ]),
  );
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: REPORT_SCHEMA_ID,
    title: '政府信息公开工作年度报告 · Annual report on open government information',
    ...closed(
      {
        format: { enum: formats.map(({ id }) => id), description: formatList(formats) },
        year: whole(2000, 2999, '报告年度 · report year'),
        organName: text(200, 1, '机关全称（标题中年份之前的部分） · the title up to the year'),
        title: text(200, 1, '标题 · title'),
        preface: text(20_000, 0, '前言，换行分段 · preface, a line break begins a paragraph'),
        period: {
          anyOf: [{ type: 'null' }, closed({ from: date(), to: date() })],
          description: '统计期限 · first and last day',
        },
        scope: { enum: ['organ', 'region'], description: '本机关或全地区口径 · this organ alone or the whole region' },
        chapters: { type: 'array', maxItems: MAX_CHAPTERS },
        tables: { type: 'object' },
      },
      { $schema: { type: 'string' }, contact: contactSchema() },
    ),
    allOf: formats.map(({ id }) => ({
      if: { properties: { format: { const: id } }, required: ['format'] },
      // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
      then: { properties: { chapters: ref(`chapters-${id}`), tables: ref(`tables-${id}`) } },
    })),
    $defs: { ...cellSchemas(), ...perFormat },
  };
}

/** Identifier of the JSON Schema of a frozen edition, the `report.json` of the public site. A name, not an address to fetch. */
const EDITION_SCHEMA_ID = 'urn:sunward:edition:1';

/** JSON Schema (2020-12) of a frozen edition in any of the formats: what `parseEdition` accepts, beside its canonical form. */
export function editionSchema(formats: readonly FormatDefinition[]): Schema {
  const id = { type: 'string', pattern: '^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$' };
  const digest = { type: 'string', pattern: '^[0-9a-f]{64}$' };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: EDITION_SCHEMA_ID,
    title: '签批的年度报告 · Annual report as it was signed',
    ...closed({
      schema: { const: 'sunward.edition/1' },
      document: { ...id, description: '报告编号，各版本相同 · the report, the same for all its editions' },
      edition: { ...whole(1, 1_000_000, '版本号 · number of the edition') },
      kind: { const: 'annual-report' },
      organ: closed({ code: text(64, 1), name: text(200, 1), level: text(40, 1) }),
      year: whole(2000, 2999, '报告年度 · report year'),
      format: { enum: formats.map(({ id: format }) => format) },
      report: { $ref: REPORT_SCHEMA_ID },
      attachments: {
        type: 'array',
        items: closed({
          name: text(200, 1),
          mediaType: { type: 'string' },
          sizeBytes: { type: 'integer', minimum: 0 },
          digest,
        }),
      },
    }),
    $defs: { report: annualReportSchema(formats) },
  };
}

function closed(required: Readonly<Record<string, Schema>>, optional: Readonly<Record<string, Schema>> = {}): Schema {
  return {
    type: 'object',
    properties: { ...optional, ...required },
    required: Object.keys(required),
    additionalProperties: false,
  };
}

const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` });
const text = (maxLength: number, minLength = 0, description?: string): Schema => ({
  type: 'string',
  ...(minLength > 0 ? { minLength } : {}),
  maxLength,
  pattern: SAFE_TEXT,
  ...(description === undefined ? {} : { description }),
});
const whole = (minimum: number, maximum: number, description?: string): Schema => ({
  type: 'integer',
  minimum,
  maximum,
  ...(description === undefined ? {} : { description }),
});
const date = (): Schema => ({ type: 'string', pattern: DATE });

function contactSchema(): Schema {
  const fields = ['address', 'postcode', 'phone', 'email'].map((field) => [field, text(300, 1)] as const);
  return closed({}, Object.fromEntries(fields));
}

function formatList(formats: readonly FormatDefinition[]): string {
  return formats.map(({ id, issued, years }) => `${id}: ${issued}（${years.from}–${years.to ?? ''}）`).join('; ');
}

const KINDS: readonly CellKind[] = ['count', 'change', 'money', 'fee'];

function cellSchemas(): Readonly<Record<string, Schema>> {
  const original = text(500);
  const value = { state: { const: 'value' }, value: { type: 'string', pattern: DECIMAL }, original };
  const noFigure = closed({ state: { enum: ['unfilled', 'not-applicable', 'unreadable'] }, original });
  const money = {
    ...closed(value, { unit: { const: '元' }, printUnit: { enum: ['元', '万元', '亿元'] } }),
    dependentRequired: { unit: ['printUnit'], printUnit: ['unit'] },
  };
  const fee = closed({ ...value, unit: { const: '万元' }, printUnit: { const: '万元' } });
  const figures: Readonly<Record<CellKind, Schema>> = { count: closed(value), change: closed(value), money, fee };
  return Object.fromEntries(KINDS.map((kind) => [kind, { oneOf: [figures[kind], noFigure] }]));
}

function chaptersSchema(format: FormatDefinition): Schema {
  const numbers = format.chapters.filter(({ table }) => table !== undefined).map(({ no }) => no);
  const fields = {
    no: whole(1, MAX_CHAPTERS),
    title: text(200, 0, '标题，不含序号 · title without its numeral'),
    paragraphs: { type: 'array', maxItems: 500, items: text(20_000, 1) },
  };
  const tableAt = whole(0, 500, '表格之前有几段 · how many paragraphs stand before the table');
  return {
    type: 'array',
    maxItems: MAX_CHAPTERS,
    items: {
      if: { properties: { no: { enum: numbers } }, required: ['no'] },
      // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
      then: closed({ ...fields, tableAt }),
      else: closed(fields),
    },
  };
}

function tablesSchema(format: FormatDefinition): Schema {
  return closed(Object.fromEntries(format.tables.map((table) => [table.id, tableSchema(table)])));
}

function tableSchema(table: TableDefinition): Schema {
  return {
    title: table.name,
    ...closed(Object.fromEntries(cellsOf(table).map(({ id, column }) => [id, ref(column.kind)]))),
  };
}
