import { clockText, momentText } from '../words/dates.js';
import { useWords } from '../words/words.js';
import type { Publication } from './queries.js';
import { arrivedOf, newsOf, type ToldPerson, toldOf } from './told-of-it.js';

interface ToldProps {
  readonly edition: Publication['editions'][number];
  readonly publication: Publication;
}

/** The last step of the timeline: what subscribers and programs were given, and who of those who took part was told, when and how, or why not. */
export function PublicationTold({ edition, publication }: ToldProps) {
  const { say } = useWords();
  const news = newsOf(edition);
  if (news === null) return null;
  const told = toldOf(edition, publication);
  const missed = told.filter(({ because }) => because !== null && because !== 'void').length;
  const isCurrent = edition.state === 'live' || edition.state === 'done';
  return (
    <>
      <ToPrograms edition={edition} />
      {told.length === 0 ? (
        <span className="soft">{say(`told.nobody.${news}`)}</span>
      ) : (
        <details className="told-people" open={isCurrent}>
          <summary className={missed === 0 ? '' : 'warn'}>
            <span aria-hidden="true">{missed === 0 ? '✓ ' : '⚠ '}</span>
            {say(`told.${news}`, { reached: told.filter(({ because }) => because === null).length, all: told.length })}
          </summary>
          <ul className="steps">
            {told.map((one) => (
              <Told key={`${one.person} ${one.by}`} one={one} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** Feeds and lists are made of what is public whenever they are asked for; the rest are deliveries of their own. */
function ToPrograms({ edition }: Pick<ToldProps, 'edition'>) {
  const { say } = useWords();
  const { arrived, all } = arrivedOf(edition);
  return (
    <span className={arrived === all ? '' : 'warn'}>
      <span aria-hidden="true">{arrived === all ? '✓ ' : '◷ '}</span>
      {say('told.feeds')}
      {all > 0 && say('told.programs', { arrived, all })}
    </span>
  );
}

function Told({
  one: { name, isDrafter, stages, by, deliverAfter, deliveredAt, because },
}: {
  readonly one: ToldPerson;
}) {
  const { say, language } = useWords();
  const at = momentText(deliverAfter, language);
  const as = [...(isDrafter ? [say('case.drafter')] : []), ...stages].join(say('seat.comma'));
  return (
    <li className={because === null || because === 'void' ? '' : 'warn'}>
      <span>
        <span aria-hidden="true">{because === null ? '✓' : because === 'void' ? '–' : '⚠'} </span>
        <span lang="zh-CN">{name}</span>
        {as !== '' && (
          <span className="soft">
            {' · '}
            <span lang={stages.length > 0 ? 'zh-CN' : undefined}>{as}</span>
          </span>
        )}
      </span>
      <span className="soft took">{deliveredAt === null ? '—' : clockText(deliveredAt)}</span>
      <span className="found">
        {because === null
          ? say(`told.by.${by}`, { at: deliveredAt === null ? '' : momentText(deliveredAt, language) })
          : say(`told.because.${because}`, { at })}
      </span>
    </li>
  );
}
