import { useEffect, useState } from 'react';
import { useWords } from '../words/words.js';
import type { Candidates } from './candidates.js';

const marksOnPage = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('.report mark')];

/** How many places there are to review for confidentiality, and from one to the next of them. */
export function CandidateSteps({ candidates }: { readonly candidates: Candidates }) {
  const { say, language } = useWords();
  const { count, inText, elsewhere } = candidates;
  const [at, setAt] = useState<number | null>(null);
  useEffect(() => {
    // One may also come to a place by keyboard or by pressing it: it is the one the next is counted from.
    const look = ({ target }: FocusEvent): void => {
      const index = marksOnPage().findIndex((mark) => mark === target);
      if (index >= 0) setAt(index);
    };
    document.addEventListener('focusin', look);
    return () => document.removeEventListener('focusin', look);
  }, []);
  const go = (step: 1 | -1): void => {
    const marks = marksOnPage();
    const from = at ?? (step > 0 ? -1 : 0);
    const mark = marks[(from + step + marks.length) % marks.length];
    mark?.focus({ preventScroll: true });
    mark?.scrollIntoView({ block: 'center', inline: 'center' });
  };
  if (count === 0)
    return (
      <p className="candidates">
        <span>
          <span aria-hidden="true">✓ </span>
          {say('secrecy.none')}
        </span>
      </p>
    );
  return (
    <div className="candidates" role="group" aria-label={say('secrecy.count', { count })}>
      <strong>
        <span aria-hidden="true">⚠ </span>
        {say('secrecy.count', { count })}
      </strong>
      {inText.size > 0 && (
        <>
          <button type="button" className="button" onClick={() => go(-1)}>
            {say('secrecy.previous')}
          </button>
          <button type="button" className="button" onClick={() => go(1)}>
            {say('secrecy.next')}
          </button>
          {at !== null && (
            <span className="soft">{say('secrecy.at', { at: at + 1, all: count - elsewhere.length })}</span>
          )}
        </>
      )}
      {elsewhere.map(({ key, message }) => (
        <span key={key}>{say('secrecy.elsewhere', { what: message[language] })}</span>
      ))}
    </div>
  );
}
