import { type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Report } from '../../api/answers.js';
import { useWords } from '../../words/words.js';
import { ActDialog } from '../verbs/act-dialog.js';
import { markedPlace, PlaceField } from './place-field.js';

export interface PublicActProps {
  readonly report: Report;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}

const LONGEST_REASON = 500;
const SHORTEST_REASON = 2;

/** What the public is told: it is printed on the page and signed with it. */
export function PublicReason({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (text: string) => void;
}) {
  const { say } = useWords();
  return (
    <p className="field">
      <label htmlFor="public-reason">{say('public.reason')}</label>
      <textarea
        id="public-reason"
        rows={3}
        maxLength={LONGEST_REASON}
        value={value}
        aria-describedby="public-reason-help"
        onChange={(event) => onChange(event.target.value)}
        lang="zh-CN"
      />
      <span id="public-reason-help" className="soft">
        {say('public.reasonHelp')}
      </span>
    </p>
  );
}

/** True for a reason the public can be given. */
export const isReason = (text: string): boolean => text.trim().length >= SHORTEST_REASON;

/** 更正: opens the next edition for writing; what is public stays until the new one is signed. */
export function CorrectDialog({ report, onClose, children }: PublicActProps) {
  const { say } = useWords();
  const navigate = useNavigate();
  // What somebody marked before he pressed the button is what he means.
  const [place, setPlace] = useState(markedPlace);
  return (
    <ActDialog
      title={say('public.found')}
      help={say('public.correctHelp')}
      button={say('public.correctStart')}
      told={(now) => now('public.correctStarted')}
      onClose={onClose}
      onDone={() => {
        const at = place === '' ? '' : `?at=${encodeURIComponent(place)}`;
        void navigate(`/reports/${report.document}/edit${at}`);
        return false;
      }}
      prepare={() => {
        const body = { places: place === '' ? [] : [place] };
        return { path: `/reports/${report.document}/corrections`, body, receipt: null };
      }}
    >
      {children}
      {report.report !== null && <PlaceField report={report.report} value={place} onChange={setPlace} />}
    </ActDialog>
  );
}

/** 撤回公开: a case of its own; once signed, the address says why there is nothing any more. */
export function WithdrawDialog({ report, onClose, children }: PublicActProps) {
  const { say } = useWords();
  const navigate = useNavigate();
  const [reason, setReason] = useState('');
  return (
    <ActDialog<{ readonly case: string }>
      title={say('public.found')}
      help={say('public.withdrawHelp')}
      button={say('public.withdrawSubmit')}
      told={(now) => now('public.withdrawSubmitted')}
      isGrave
      onClose={onClose}
      onDone={({ case: caseId }) => {
        void navigate(`/cases/${caseId}`);
        return false;
      }}
      prepare={() => {
        if (report.public === null || !isReason(reason)) return (now) => now('public.reasonNeeded');
        const { edition, content } = report.public;
        const body = { edition, content, reason: reason.trim() };
        return { path: `/reports/${report.document}/withdrawals`, body, receipt: null };
      }}
    >
      {children}
      <PublicReason value={reason} onChange={setReason} />
    </ActDialog>
  );
}
