import type { ReactNode } from 'react';
import type { Seat } from '../api/answers.js';
import { type CaseFile, nameOf } from '../api/case-file.js';
import { checkAddress } from '../api/public-addresses.js';
import { findingsOf } from '../case/findings.js';
import { QrCode } from '../shell/qr-code.js';
import { caseStateWords } from '../words/case-state.js';
import { momentText } from '../words/dates.js';
import { reportName } from '../words/report-name.js';
import { useWords } from '../words/words.js';

/** Characters of a digest people compare. */
const CODE = 16;

/** `isTheirs`: what people wrote, not the console's own words. */
interface Fact {
  readonly name: string;
  readonly value: ReactNode;
  readonly isTheirs?: boolean;
}

/** What the sheet is about, what was found, and how it stands; beside it the code that leads to the proof, once it is public. */
export function SheetFacts({ file, seats }: { readonly file: CaseFile; readonly seats: readonly Seat[] }) {
  const { say } = useWords();
  const facts = useFacts(file, seats);
  const { url } = file.line;
  return (
    <>
      {url !== null && (
        <figure className="sheet-code">
          <QrCode text={checkAddress(url)} label={`${say('sheet.scan')} ${url}`} />
          <figcaption>{say('sheet.scan')}</figcaption>
        </figure>
      )}
      <table className="sheet-facts">
        <caption className="hidden">{say('sheet.title')}</caption>
        <tbody>
          {facts.map(({ name, value, isTheirs = false }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td lang={isTheirs ? 'zh-CN' : undefined}>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function useFacts({ line, current, names, report }: CaseFile, seats: readonly Seat[]): readonly Fact[] {
  const { say, language } = useWords();
  const releaseAt = current.releaseAt === null ? '' : momentText(current.releaseAt, language);
  return [
    {
      name: say('sheet.report'),
      value: report?.report?.title ?? reportName(say, line),
      isTheirs: report?.report != null,
    },
    { name: say('sheet.organ'), value: line.organName, isTheirs: true },
    {
      name: say('sheet.kind'),
      value: `${say(`kind.${line.kind}`)} · ${say('case.editionRound', { edition: current.edition, round: current.round })}`,
    },
    { name: say('sheet.submitter'), value: nameOf(names, current.submitter) },
    { name: say('sheet.content'), value: current.content.slice(0, CODE) },
    ...(report?.report == null ? [] : [{ name: say('sheet.checks'), value: checked(report) }]),
    ...current.stages
      .filter(({ duty }) => duty === 'secrecy')
      .map((stage) => ({ name: say('sheet.secrecy'), value: concluded(stage) })),
    { name: say('sheet.state'), value: caseStateWords(say, { ...line, state: current.state }, releaseAt) },
    { name: say('sheet.address'), value: line.url ?? '—' },
  ];

  function checked(found: NonNullable<CaseFile['report']>): string {
    const findings = findingsOf(found);
    const errors = findings.filter(({ severity }) => severity === 'E').length;
    const warnings = findings.length - errors;
    const isExplained = found.explained.length > 0;
    return say('sheet.checksOf', { errors, warnings, explained: isExplained ? say('sheet.allExplained') : '' });
  }

  /** The conclusion is what the last of its signers declared; without all of them there is none. */
  function concluded({ id, meaning }: CaseFile['current']['stages'][number]): ReactNode {
    const own = seats.filter(({ stage }) => stage === id);
    const last = own.findLast(({ signedAt }) => signedAt !== null);
    if (last?.signedAt == null || own.some(({ state }) => state !== 'signed')) return say('sheet.notReached');
    const by = { who: nameOf(names, last.signedBy), at: momentText(last.signedAt, language) };
    return (
      <>
        <span lang="zh-CN">{meaning}</span> {say('sheet.secrecyBy', by)}
      </>
    );
  }
}
