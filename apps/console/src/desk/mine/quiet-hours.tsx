import { Button } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { keepQuiet, type Quiet } from '../../api/notices.js';
import { read } from '../../api/send.js';
import { formText } from '../../shell/form-text.js';
import { tell } from '../../shell/told.js';
import { Wrong } from '../../shell/wrong.js';
import { useWords, wrongText } from '../../words/words.js';
import { queries } from '../queries.js';

const KEY = ['notices', 'settings'];

/** When one is left in peace: hours of the day, and days off. */
export function QuietHours() {
  const words = useWords();
  const { say } = words;
  const { data } = useQuery({ queryKey: KEY, queryFn: ({ signal }) => read<Quiet>('/notices/settings', signal) });
  const [wrong, setWrong] = useState<unknown>();
  if (data === undefined) return null;
  const keep = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    setWrong(undefined);
    try {
      const kept = await keepQuiet({
        quietFrom: formText(values, 'from'),
        quietUntil: formText(values, 'until'),
        quietOnDaysOff: values.get('days-off') !== null,
      });
      queries.setQueryData(KEY, kept);
      tell((now) => now('quiet.kept'));
    } catch (error) {
      setWrong(error);
    }
  };
  return (
    <form onSubmit={(event) => void keep(event)} className="settings-form" key={JSON.stringify(data)}>
      <p>{say('quiet.help')}</p>
      <div className="fields">
        <p className="field">
          <label htmlFor="quiet-from">{say('quiet.from')}</label>
          <input id="quiet-from" name="from" type="time" defaultValue={data.quietFrom} required />
        </p>
        <p className="field">
          <label htmlFor="quiet-until">{say('quiet.until')}</label>
          <input id="quiet-until" name="until" type="time" defaultValue={data.quietUntil} required />
        </p>
      </div>
      <p className="soft">{say('quiet.never')}</p>
      <div className="checklist">
        <label>
          <input type="checkbox" name="days-off" defaultChecked={data.quietOnDaysOff} />
          <span>{say('quiet.daysOff')}</span>
        </label>
      </div>
      {wrong !== undefined && <Wrong>{wrongText(wrong, words)}</Wrong>}
      <div className="acts">
        <Button type="primary" htmlType="submit">
          {say('quiet.keep')}
        </Button>
      </div>
    </form>
  );
}
