import { pathToFileURL } from 'node:url';
import type { CheckResult } from '#report/check-report';
import type { Finding } from '#report/finding';
import type { Severity } from '#report/place';
import type { Language } from '../output.js';
import { RULES } from '#report/rules/catalogue';
import type { CheckedFile } from './checked-file.js';
import { placeText } from './place-text.js';

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = { E: 'error', W: 'warning', I: 'note' };

/**
 * The outcome as SARIF 2.1.0 (OASIS), for tools that show findings beside files. What could not be checked is a result of kind `open`, what passed is left
 * out; a file that could not be read is an `error` of rule `unreadable`.
 */
export function sarifOf(checked: readonly CheckedFile[], language: Language): object {
  const rules = RULES.map(({ id, severity, source, version }) => ({
    id,
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { source, version },
  }));
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'sunward', rules } },
        columnKind: 'utf16CodeUnits',
        results: checked.flatMap((one) => resultsOf(one, language)),
      },
    ],
  };
}

function resultsOf(checked: CheckedFile, language: Language): readonly object[] {
  const { file, refusal, report, findings, checks } = checked;
  const artifactLocation = { uri: pathToFileURL(file).href };
  if (refusal !== undefined || report === undefined) {
    const text = refusal?.message[language] ?? file;
    return [
      {
        ruleId: 'unreadable',
        level: 'error',
        message: { text },
        locations: [{ physicalLocation: { artifactLocation } }],
      },
    ];
  }
  const located = (one: Finding | CheckResult, line: number | null): object => ({
    physicalLocation: { artifactLocation, ...(line === null ? {} : { region: { startLine: line } }) },
    logicalLocations: [{ fullyQualifiedName: placeText(one.place, report, language) }],
  });
  return [
    ...findings.map((one) => ({
      ruleId: one.rule,
      level: LEVELS[one.severity],
      message: { text: one.message[language] },
      locations: [located(one, one.line)],
    })),
    ...checks
      .filter(({ status }) => status !== 'pass')
      .map((one) => ({
        ruleId: one.rule,
        ...(one.status === 'fail' ? { level: LEVELS[one.severity] } : { kind: 'open', level: 'none' }),
        message: { text: one.message[language] },
        locations: [located(one, null)],
        properties: { expected: one.expected, found: one.found, formula: one.formula, fix: one.fix },
      })),
  ];
}
