import type { CaseFile } from '../api/case-file.js';
import { namedPlaceWords } from '../report/place-words.js';
import { momentText } from '../words/dates.js';
import { useWords } from '../words/words.js';
import { reasonIn, senderOf } from './sent-by.js';

/** Who ended the leg before its last signature, when, why and where; nothing of one that did not end so. */
export function Ended({ file: { current, names, frame } }: { readonly file: CaseFile }) {
  const { say, language } = useWords();
  if (current.ended === null) return null;
  const { at, place } = current.ended;
  const about = { who: senderOf(current.ended, names, say), reason: reasonIn(current.ended, language) };
  return (
    <p>
      {say('live.endedBy', { ...about, at: momentText(at, language) })}
      {place !== null && ` ${say('case.place', { place: namedPlaceWords(frame, place, say) })}`}
    </p>
  );
}
