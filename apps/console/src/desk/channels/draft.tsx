import { Button } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import type { PreparedDraft } from '#contracts/http/publication.api';
import { read } from '../../api/send.js';
import { Wrong } from '../../shell/wrong.js';
import { useWords, wrongText } from '../../words/words.js';
import { ActDialog } from '../verbs/act-dialog.js';
import type { Publication } from '../queries.js';

type Prepared = z.infer<typeof PreparedDraft>;

export interface OfDraft {
  readonly document: string;
  readonly case: string;
  readonly delivery: Publication['editions'][number]['deliveries'][number];
}

/** What a person posts by hand: the files, and his word that he has done it. */
export function Draft({ of }: { readonly of: OfDraft }) {
  const words = useWords();
  const { say } = words;
  const [draft, setDraft] = useState<Prepared | null>(null);
  const [wrong, setWrong] = useState<unknown>();
  const [isConfirming, setConfirming] = useState(false);
  const { channel, round, act } = of.delivery;
  const open = async (): Promise<void> => {
    setWrong(undefined);
    try {
      setDraft(await read<Prepared>(`/publications/${of.document}/drafts/${channel}/${of.case}/${round}`));
    } catch (error) {
      setWrong(error);
    }
  };
  return (
    <>
      <span className="draft">
        {draft === null ? (
          <Button size="small" onClick={() => void open()}>
            {say(act === 'show' ? 'channel.draft' : 'channel.removal')}
          </Button>
        ) : (
          draft.files.map((file) => (
            <Button key={file.name} size="small" onClick={() => keep(file)}>
              {say('channel.download', { name: file.name })}
            </Button>
          ))
        )}
        <Button size="small" type="primary" onClick={() => setConfirming(true)}>
          {say(act === 'show' ? 'channel.posted' : 'channel.removed')}
        </Button>
      </span>
      {(draft?.files ?? []).filter(isPicture).map((file) => (
        <img
          key={file.name}
          className="draft-cover"
          src={`data:${file.mediaType};base64,${file.text}`}
          alt={say('channel.cover')}
        />
      ))}
      {wrong !== undefined && <Wrong>{wrongText(wrong, words)}</Wrong>}
      {isConfirming && <ConfirmDialog of={of} onClose={() => setConfirming(false)} />}
    </>
  );
}

function ConfirmDialog({ of, onClose }: { readonly of: OfDraft; readonly onClose: () => void }) {
  const { say } = useWords();
  const [address, setAddress] = useState('');
  const { channel, round, act, receipt } = of.delivery;
  const isShow = act === 'show';
  return (
    <ActDialog
      title={say(isShow ? 'channel.posted' : 'channel.removed')}
      help={say(isShow ? 'channel.postedHelp' : 'channel.removedHelp')}
      button={say(isShow ? 'channel.posted' : 'channel.removed')}
      told={(now) => now('channel.noted')}
      onClose={onClose}
      prepare={() => {
        const given = address.trim();
        if (isShow && !given.startsWith('https://')) return (now) => now('channel.addressNeeded');
        const posted = { digest: receipt?.digest ?? '', address: isShow ? given : null };
        const body = { channel, case: of.case, round, ...posted };
        return { path: `/publications/${of.document}/postings`, body, receipt: null };
      }}
    >
      {isShow && (
        <p className="field">
          <label htmlFor="posted-at">{say('channel.address')}</label>
          <input
            id="posted-at"
            type="url"
            inputMode="url"
            maxLength={500}
            value={address}
            placeholder="https://mp.weixin.qq.com/s/…"
            onChange={(event) => setAddress(event.target.value)}
          />
        </p>
      )}
    </ActDialog>
  );
}

const isPicture = ({ mediaType }: Prepared['files'][number]): boolean => mediaType.startsWith('image/');

/** Has the browser keep a file under its name. */
function keep({ name, mediaType, encoding, text }: Prepared['files'][number]): void {
  const blob =
    encoding === 'base64'
      ? new Blob([Uint8Array.from(atob(text), (character) => character.charCodeAt(0))], { type: mediaType })
      : new Blob([text], { type: `${mediaType};charset=utf-8` });
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
