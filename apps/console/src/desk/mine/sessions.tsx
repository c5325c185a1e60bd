import { Button } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { Sessions } from '#contracts/http/gateway.api';
import { read, send } from '../../api/send.js';
import { tell } from '../../shell/told.js';
import { Wrong } from '../../shell/wrong.js';
import { momentText } from '../../words/dates.js';
import { useWords, wrongText } from '../../words/words.js';
import { queries } from '../queries.js';

/** Where one is signed in: a session that is not one's own work can be ended from here. */
export function MySessions() {
  const words = useWords();
  const { say, language } = words;
  const [wrong, setWrong] = useState<unknown>();
  const { data } = useQuery({
    queryKey: ['sessions'],
    queryFn: ({ signal }) => read<z.infer<typeof Sessions>>('/sessions', signal),
  });
  const end = async (session: string): Promise<void> => {
    setWrong(undefined);
    try {
      await send({ method: 'DELETE', path: `/sessions/${session}` });
      tell((now) => now('sessions.ended'));
      await queries.invalidateQueries({ queryKey: ['sessions'] });
    } catch (error) {
      setWrong(error);
    }
  };
  return (
    <>
      <p>{say('sessions.help')}</p>
      {wrong !== undefined && <Wrong>{wrongText(wrong, words)}</Wrong>}
      <ul className="rows">
        {data?.items.map(({ session, since, lastSeen, isOwn }) => (
          <li key={session} className="row">
            <strong>{isOwn ? say('sessions.own') : say('sessions.other')}</strong>
            <span>{say('sessions.since', { at: momentText(since, language) })}</span>
            <span>{say('sessions.lastSeen', { at: momentText(lastSeen, language) })}</span>
            <span>
              {!isOwn && (
                <Button size="small" onClick={() => void end(session)}>
                  {say('sessions.end')}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
