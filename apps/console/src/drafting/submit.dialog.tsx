import { useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { z } from 'zod';
import type { ReportSubmitted } from '#contracts/http/drafting.api';
import type { Report } from '../api/answers.js';
import { command, Refused } from '../api/send.js';
import { Dialog } from '../shell/dialog.js';
import { tell } from '../shell/told.js';
import { Wrong } from '../shell/wrong.js';
import { useWords, wrongText } from '../words/words.js';
import type { Finding } from './checking.js';
import { One } from './findings-panel.js';
import { useChecks, useOpenDraft, usePart, useSaveState } from './open-draft.js';
import { EmergencyTerms, KindChoice, regularOf, type WritingKind } from './kind-choice.js';
import { RouteStages } from './route-stages.js';
import { useRoute } from './use-route.js';
import { useSentences } from './sentences.js';

interface SubmitDialogProps {
  readonly report: Report;
  readonly go: (finding: Finding) => void;
  readonly onClose: () => void;
}

/** Hours China is ahead of UTC: offices mean their own clock. */
const CHINA = '+08:00';

/** Submitting: what stands in the way and how to mend it, who signs after this, and from when it may be public. */
export function SubmitDialog({ report, go, onClose }: SubmitDialogProps) {
  const { document, fit, case: caseId } = report;
  const words = useWords();
  const { say } = words;
  const { saving } = useOpenDraft();
  const checks = useChecks((now) => now);
  const save = useSaveState();
  const sentences = useSentences(document);
  const title = usePart((now) => now.title);
  const navigate = useNavigate();
  const client = useQueryClient();
  // A case that came back goes on for what it was for, until somebody says otherwise.
  const [kind, setKind] = useState<WritingKind>(fit.find((one) => one === report.kind) ?? regularOf(fit));
  const route = useRoute(document, kind);
  const [notBefore, setNotBefore] = useState('');
  const [reason, setReason] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<unknown>();
  const key = useRef<{ readonly content: string; readonly key: string } | undefined>(undefined);
  const barring = checks.findings.filter((one) => stands(one, sentences));
  const isChecked = checks.state === 'done' && save.state === 'saved';
  const needsReason = kind !== 'publish';
  const isReasoned = !needsReason || reason.trim().length > 1;
  const may = isChecked && barring.length === 0 && isReasoned && route.isOpen;

  const submit = async (): Promise<void> => {
    if (isBusy || !may) return;
    setBusy(true);
    setWrong(undefined);
    const failed = new Set(checks.findings.map((one) => one.key));
    const explanations = Object.entries(sentences)
      .filter(([check]) => failed.has(check))
      .map(([check, sentence]) => ({ check, sentence }));
    const { revision, digest } = saving.base;
    const body = {
      revision,
      digest,
      notBefore: notBefore === '' ? null : new Date(`${notBefore}:00${CHINA}`).toISOString(),
      explanations,
      kind,
      reason: needsReason ? reason.trim() : null,
    };
    // The same submission has the same key, however often it is sent.
    const content = JSON.stringify(body);
    if (key.current?.content !== content) key.current = { content, key: crypto.randomUUID() };
    try {
      await command<z.infer<typeof ReportSubmitted>>(`/reports/${document}/submissions`, body, {
        key: key.current.key,
      });
      tell((now) => now('drafting.submitted', { report: title }));
      await client.invalidateQueries();
      void navigate('/');
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      setWrong(error);
      setBusy(false);
    }
  };
  return (
    <Dialog title={say(caseId === null ? 'drafting.submit' : 'drafting.submitAgain')} onClose={onClose}>
      {!isChecked && (
        <p role="status">{say(checks.state === 'broken' ? 'drafting.checksBroken' : 'drafting.notReady')}</p>
      )}
      {barring.length > 0 && (
        <section aria-labelledby="barring">
          <h3 id="barring">{say('drafting.barring', { count: barring.length })}</h3>
          <ul className="findings">
            {barring.slice(0, 20).map((finding) => (
              <One
                key={finding.key}
                finding={finding}
                go={(one) => {
                  onClose();
                  go(one);
                }}
              />
            ))}
          </ul>
        </section>
      )}
      <KindChoice fit={fit} kind={kind} choose={setKind} />
      {kind === 'emergency' && <EmergencyTerms preview={route.data?.preview} />}
      <section aria-labelledby="route-preview">
        <h3 id="route-preview">{say('drafting.route')}</h3>
        {route.error !== null && <Wrong>{wrongText(route.error, words)}</Wrong>}
        {route.data !== undefined && <RouteStages {...route.data} />}
      </section>
      {needsReason && (
        <p className="field">
          <label htmlFor="reason">{say(kind === 'emergency' ? 'drafting.emergency.reason' : 'drafting.reason')}</label>
          <textarea
            id="reason"
            lang="zh-CN"
            rows={2}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </p>
      )}
      <p className="field narrow">
        <label htmlFor="not-before">{say('drafting.notBefore')}</label>
        <input
          id="not-before"
          type="datetime-local"
          value={notBefore}
          onChange={(event) => setNotBefore(event.target.value)}
        />
        <span className="soft">{say('drafting.notBeforeHelp')}</span>
      </p>
      {wrong !== undefined && <Wrong>{wrongText(wrong, words)}</Wrong>}
      <div className="acts">
        {may ? (
          <Button type="primary" aria-disabled={isBusy} onClick={() => void submit()}>
            {isBusy
              ? say('drafting.submitting')
              : say(kind === 'emergency' ? 'drafting.emergency.submit' : 'drafting.submitAct')}
          </Button>
        ) : (
          <span className="soft">
            {say(isChecked && barring.length === 0 && !isReasoned ? 'drafting.reasonFirst' : 'drafting.cannotYet')}
          </span>
        )}
        <Button onClick={onClose}>{say('session.cancel')}</Button>
      </div>
    </Dialog>
  );
}

/** True while a failed check bars the way: an error, or a warning without a sentence. */
const stands = ({ severity, overridable, key }: Finding, sentences: Readonly<Record<string, string>>): boolean =>
  severity !== 'I' && !((severity === 'W' || overridable) && sentences[key] !== undefined);
