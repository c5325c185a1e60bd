import { Button } from 'antd';
import { useState } from 'react';
import { useWords } from '../words/words.js';
import type { Finding } from './checking.js';
import { useOpenDraft } from './open-draft.js';
import { say as saySentence, useSentences } from './sentences.js';

const SHORTEST = 4;
const LONGEST = 500;

interface SentenceFieldProps {
  readonly finding: Finding;
  readonly where: string;
  readonly onDone: () => void;
}

/** The drafter’s sentence on a finding: kept when it is left as well, so that nothing written is lost. */
export function SentenceField({ finding, where, onDone }: SentenceFieldProps) {
  const { say } = useWords();
  const { document } = useOpenDraft();
  const [text, setText] = useState(useSentences(document)[finding.key] ?? '');
  const isShort = text.trim().length < SHORTEST && text.trim() !== '';
  const keep = (): void => {
    if (isShort) return;
    saySentence(document, finding.key, text.trim());
    onDone();
  };
  return (
    <form
      // Whoever goes on with something else has written what he meant; the field stays, so that nothing moves under the pointer.
      onBlur={(event) => {
        const isLeaving = !event.currentTarget.contains(event.relatedTarget);
        if (isLeaving && !isShort && text.trim() !== '') saySentence(document, finding.key, text.trim());
      }}
      onSubmit={(event) => {
        event.preventDefault();
        keep();
      }}
    >
      <textarea
        autoFocus
        lang="zh-CN"
        rows={2}
        maxLength={LONGEST}
        aria-label={say('drafting.sentenceFor', { where })}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {isShort && <p className="warn">{say('drafting.sentenceShort', { count: SHORTEST })}</p>}
      <Button size="small" htmlType="submit">
        {say('drafting.keepSentence')}
      </Button>
    </form>
  );
}
