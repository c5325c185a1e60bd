import { useEffect, useState } from 'react';
import { chapterNumeral } from '#report/model';
import { useWords } from '../words/words.js';
import { useOpenDraft } from './open-draft.js';
import { FRONT } from './places.js';
import { usePresence } from './use-presence.js';

/** Who else has the report open, and where. Whoever comes is announced once; where he goes is only shown. */
export function PresentOthers({ chapter }: { readonly chapter: number }) {
  const { say, language } = useWords();
  const { document } = useOpenDraft();
  const others = usePresence(document, chapter);
  const [met, setMet] = useState<readonly string[]>([]);
  const [came, setCame] = useState<readonly string[]>([]);
  useEffect(() => {
    const fresh = others.filter(({ person }) => !met.includes(person));
    if (fresh.length === 0) return;
    setMet([...met, ...fresh.map(({ person }) => person)]);
    setCame(fresh.map(({ name }) => name));
  }, [others, met]);
  const where = (no: number): string => {
    if (no === FRONT) return say('drafting.present.front');
    return say('drafting.present.chapter', { no: language === 'zh' ? chapterNumeral(no) : no });
  };
  return (
    <>
      <span role="status" className="hidden">
        {came.length > 0 && say('drafting.present.came', { names: came.join(say('seat.comma')) })}
      </span>
      {others.map((one) => (
        <span key={one.person} className="present">
          <span lang="zh-CN">{one.name}</span> {where(one.chapter)}
        </span>
      ))}
    </>
  );
}
