import { Button } from 'antd';
import { useState } from 'react';
import { organsAround } from '../../api/people.js';
import { useMe } from '../../api/session.js';
import { legPathOf } from '../../case/acting.js';
import { Dialog } from '../../shell/dialog.js';
import { useWords } from '../../words/words.js';
import { useCandidates } from '../queries.js';
import { ActDialog } from './act-dialog.js';
import type { VerbProps } from './person-dialogs.js';
import { candidateKey, PersonField } from './person-field.js';

const SHORTEST = 4;
const LONGEST = 1000;
const DAYS = [3, 7, 14, 30] as const;

interface Consulted {
  readonly link: string | null;
}

/** 征求意见: of a colleague, or by a link of whoever has no account here. An opinion is never a signature. */
export function ConsultDialog({ file, onClose }: VerbProps) {
  const { say } = useWords();
  const people = useCandidates(organsAround(file, useMe()));
  const [isByLink, setByLink] = useState(false);
  const [chosen, choose] = useState('');
  const [question, setQuestion] = useState('');
  const [days, setDays] = useState<number>(7);
  const [link, setLink] = useState<string | null>(null);
  if (link !== null) return <LinkDialog link={link} onClose={onClose} />;
  return (
    <ActDialog<Consulted>
      title={say('verb.consult')}
      help={say('verb.consultHelp')}
      button={say('verb.consult')}
      told={(now) => now('verb.consultDone')}
      onClose={onClose}
      onDone={(outcome) => {
        if (outcome.link === null) return false;
        setLink(`${location.origin}/app/opinion#${file.line.leg}.${outcome.link}`);
        return true;
      }}
      prepare={() => {
        const who = people.find((one) => candidateKey(one) === chosen);
        if (!isByLink && who === undefined) return (now) => now('people.needed');
        if (question.trim().length < SHORTEST) return (now) => now('verb.questionNeeded');
        const body = { person: isByLink ? null : (who?.person ?? null), question: question.trim(), days };
        return { path: `${legPathOf(file.line)}/consultations`, body, receipt: null };
      }}
    >
      <fieldset className="checklist">
        <legend>{say('verb.consultWhom')}</legend>
        {[false, true].map((byLink) => (
          <label key={String(byLink)}>
            <input type="radio" name="by-link" checked={isByLink === byLink} onChange={() => setByLink(byLink)} />
            <span>{say(byLink ? 'verb.byLink' : 'verb.colleague')}</span>
          </label>
        ))}
      </fieldset>
      {!isByLink && <PersonField label={say('people.to')} people={people} value={chosen} onChoose={choose} />}
      <p className="field">
        <label htmlFor="question">{say('verb.question')}</label>
        <textarea
          id="question"
          rows={3}
          maxLength={LONGEST}
          value={question}
          onChange={(event) => setQuestion(event.target.value)}
        />
      </p>
      <p className="field">
        <label htmlFor="days">{say('verb.days')}</label>
        <select id="days" value={days} onChange={(event) => setDays(Number(event.target.value))}>
          {DAYS.map((one) => (
            <option key={one} value={one}>
              {say('verb.daysCount', { count: one })}
            </option>
          ))}
        </select>
      </p>
    </ActDialog>
  );
}

/** The link, said once: nobody keeps its secret. */
function LinkDialog({ link, onClose }: { readonly link: string; readonly onClose: () => void }) {
  const { say } = useWords();
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(link);
    setCopied(true);
  };
  return (
    <Dialog title={say('verb.linkTitle')} onClose={onClose}>
      <p className="note warn">{say('verb.linkOnce')}</p>
      <p className="field">
        <label htmlFor="link">{say('verb.link')}</label>
        <input id="link" readOnly value={link} onFocus={(event) => event.target.select()} />
      </p>
      <div className="acts">
        <Button type="primary" onClick={() => void copy()}>
          {say(isCopied ? 'verb.linkCopied' : 'verb.linkCopy')}
        </Button>
        <Button onClick={onClose}>{say('verb.close')}</Button>
      </div>
    </Dialog>
  );
}
