import { Button } from 'antd';
import { type FormEvent, useEffect, useState } from 'react';
import type { z } from 'zod';
import type { AskedByLink } from '#contracts/http/leg.api';
import type { AnnualReport } from '#report/model';
import { ReportText } from '../case/report-text.js';
import { command, send } from '../api/send.js';
import { formText } from '../shell/form-text.js';
import { Wrong } from '../shell/wrong.js';
import { dueText, momentText } from '../words/dates.js';
import { useWords, wrongText } from '../words/words.js';
import { Instead, Page } from './page.js';

type Asked = Omit<z.infer<typeof AskedByLink>, 'report'> & { readonly report: AnnualReport };

/** What stands behind the # of such an address: the leg and the secret. It never leaves the browser in an address. */
const LINK = /^#(review|approval)\.([A-Za-z0-9_-]{43})$/;

/** 征求意见 by link: whoever holds it, without an account, reads what he is asked about and gives an opinion once. */
export function OpinionPage() {
  const { say } = useWords();
  const [, leg, link] = LINK.exec(location.hash) ?? [];
  const [asked, setAsked] = useState<Asked | null>(null);
  const [wrong, setWrong] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (link === undefined) return;
    setWrong(null);
    send<Asked>({ method: 'POST', path: '/opinions-by-link/questions', body: { leg, link } }).then(setAsked, setWrong);
  }, [leg, link, turn]);
  return (
    <main className="opinion">
      {link === undefined ? (
        <Page title={say('opinion.title')}>
          <Wrong>{say('opinion.noLink')}</Wrong>
        </Page>
      ) : asked === null ? (
        <Instead error={wrong} retry={() => setTurn(turn + 1)} title={say('opinion.title')} />
      ) : (
        <Question asked={asked} link={{ leg: leg ?? '', link }} onAnswered={() => setTurn(turn + 1)} />
      )}
    </main>
  );
}

interface QuestionProps {
  readonly asked: Asked;
  readonly link: { readonly leg: string; readonly link: string };
  readonly onAnswered: () => void;
}

function Question({ asked, link, onAnswered }: QuestionProps) {
  const { say, language } = useWords();
  const { organ, year, question, expiresAt, answeredAt, report } = asked;
  const isOver = Date.parse(expiresAt) <= Date.now();
  return (
    <Page title={say('name.report', { organ, year })}>
      <p className="note">
        {say('opinion.what')} {say('opinion.until', { at: dueText(expiresAt, language) })}
      </p>
      <h2>{say('opinion.question')}</h2>
      <blockquote lang="zh-CN">{question}</blockquote>
      {answeredAt !== null ? (
        <p className="told" role="status">
          {say('opinion.answered', { at: momentText(answeredAt, language) })}
        </p>
      ) : isOver ? (
        <p className="note warn">{say('opinion.over')}</p>
      ) : (
        <Answer link={link} onAnswered={onAnswered} />
      )}
      <h2>{say('opinion.text')}</h2>
      <ReportText report={report} />
    </Page>
  );
}

function Answer({ link, onAnswered }: Pick<QuestionProps, 'link' | 'onAnswered'>) {
  const words = useWords();
  const { say } = words;
  const [isWaiting, setWaiting] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [isMissing, setMissing] = useState(false);
  const [wrong, setWrong] = useState<unknown>();
  const answer = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (isBusy) return;
    const values = new FormData(event.currentTarget);
    const said = { name: formText(values, 'name').trim(), opinion: formText(values, 'opinion').trim() };
    const lacks = said.name === '' || said.opinion === '';
    setMissing(lacks);
    if (lacks) return;
    setBusy(true);
    setWrong(undefined);
    try {
      await command('/opinions-by-link', { ...link, ...said }, { onWaiting: setWaiting });
      onAnswered();
    } catch (error) {
      setWrong(error);
    }
    setBusy(false);
  };
  return (
    <form onSubmit={(event) => void answer(event)} className="settings-form">
      <p className="field">
        <label htmlFor="opinion-name">{say('opinion.name')}</label>
        <input id="opinion-name" name="name" autoComplete="name" aria-required maxLength={80} />
      </p>
      <p className="field">
        <label htmlFor="opinion-text">{say('verb.opinion')}</label>
        <textarea id="opinion-text" name="opinion" rows={5} aria-required maxLength={4000} />
      </p>
      {isWaiting && (
        <p role="status" className="note warn">
          {say('state.waiting')}
        </p>
      )}
      {isMissing && <Wrong>{say('opinion.incomplete')}</Wrong>}
      {wrong !== undefined && <Wrong>{wrongText(wrong, words)}</Wrong>}
      <div className="acts">
        <Button type="primary" htmlType="submit" aria-disabled={isBusy}>
          {say('verb.opine')}
        </Button>
      </div>
    </form>
  );
}
