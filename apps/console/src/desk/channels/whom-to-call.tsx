import { useWords } from '../../words/words.js';
import { type Publication, useNamesOf } from '../queries.js';

/** Who is called when something does not reach the public: whom the operator named, else who heads disclosure at the organ, else an administrator. */
export function WhomToCall({
  publication: { contact, heads },
  of = null,
}: {
  readonly publication: Pick<Publication, 'contact' | 'heads'>;
  /** Whom a channel names for itself. */
  readonly of?: Publication['contact'];
}) {
  const { say, language } = useWords();
  const named = of ?? contact;
  const nameOf = useNamesOf(named === null ? heads : []);
  if (named !== null) return <span>{say('publication.call', { who: named[language] })}</span>;
  if (heads.length === 0) return <span>{say('publication.callAdministrator')}</span>;
  const names = heads.map(nameOf).join(language === 'zh' ? '、' : ', ');
  return <span>{say('publication.call', { who: say('publication.head', { names }) })}</span>;
}
