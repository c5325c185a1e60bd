import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { parseEdition } from '#report/edition';
import { isRefusal } from '#domain/decision';
import type { AnnualReport } from '#report/model';
import { type ReportChanges, changesBetween } from '#report/notice/report-changes';
import { readPublished } from '../../api/public-files.js';
import { changesTold, WhyChanged } from '../../case/why-changed.js';
import { useSentences } from '../../drafting/sentences.js';
import { useWords } from '../../words/words.js';
import { usePublication } from '../queries.js';
import { ActDialog } from '../verbs/act-dialog.js';
import { isReason, type PublicActProps, PublicReason } from './public-act-dialogs.js';

/** What differs from the public edition, read from its public address; null while it is not to be had. */
function useChanges(url: string | undefined, report: AnnualReport | null): ReportChanges | null {
  const { data } = useQuery({
    queryKey: ['published', url],
    queryFn: async () => {
      const edition = parseEdition((await readPublished(url ?? '')).report);
      if (isRefusal(edition)) throw new Error(`what is public is no edition: ${edition.refused}`);
      return edition.report;
    },
    enabled: url !== undefined,
  });
  return data === undefined || report === null ? null : changesBetween(data, report);
}

/** Submits a written correction: every change before and after, the reason the public reads, a word for each warning. */
export function SubmitCorrectionDialog({ report, onClose }: PublicActProps) {
  const { say, language } = useWords();
  const navigate = useNavigate();
  const changes = useChanges(usePublication(report.document).data?.live?.url, report.report);
  const [reason, setReason] = useState('');
  // What was said about a finding before is not asked for again.
  const said = useSentences(report.document);
  const [sentences, setSentences] = useState<Readonly<Record<string, string>>>({
    ...Object.fromEntries(report.explained.map(({ key, sentence }) => [key, sentence])),
    ...said,
  });
  const warnings = report.checks.filter(({ status, severity }) => status === 'fail' && severity === 'W');
  const errors = report.checks.filter(({ status, severity }) => status === 'fail' && severity === 'E');
  return (
    <ActDialog<{ readonly case: string }>
      title={say('public.submit')}
      help={say('public.submitHelp')}
      button={say('public.submit')}
      told={(now) => now('public.submitted')}
      onClose={onClose}
      onDone={({ case: caseId }) => {
        void navigate(`/cases/${caseId}`);
        return false;
      }}
      prepare={() => {
        if (errors.length > 0) return (now) => now('public.errors', { count: errors.length });
        if (!isReason(reason)) return (now) => now('public.reasonNeeded');
        if (warnings.some(({ key }) => (sentences[key]?.trim().length ?? 0) < 4)) return (now) => now('public.explain');
        const explanations = warnings.map(({ key }) => ({ check: key, sentence: sentences[key]?.trim() }));
        const { revision, digest } = report;
        const body = { revision, digest, kind: 'correct', reason: reason.trim(), explanations };
        return { path: `/reports/${report.document}/submissions`, body, receipt: null };
      }}
    >
      <h3>{say('case.noticeChanges')}</h3>
      {changes === null && <p className="soft">{say('public.changesPending')}</p>}
      {changes !== null && changes.cells.length + changes.texts.length === 0 && <p>{say('public.same')}</p>}
      <ol className="changes" lang="zh-CN">
        {(changes === null ? [] : changesTold(changes)).map(({ at, name, before, after }, index) => (
          <li key={index}>
            <span className="where">{name}</span>
            <span>
              {before !== null && <del>{before}</del>} {after !== null && <ins>{after}</ins>}
            </span>
            <WhyChanged correction={report.correction} change={at} />
          </li>
        ))}
      </ol>
      <PublicReason value={reason} onChange={setReason} />
      {warnings.map(({ key, message }, index) => (
        <p className="field" key={key}>
          <label htmlFor={`explain-${index}`}>
            {say('case.warning')}: {message[language]}
          </label>
          <input
            id={`explain-${index}`}
            maxLength={500}
            value={sentences[key] ?? ''}
            onChange={(event) => setSentences({ ...sentences, [key]: event.target.value })}
          />
        </p>
      ))}
    </ActDialog>
  );
}
