import { Button } from 'antd';
import { useState } from 'react';
import { Dialog } from '../../shell/dialog.js';
import { useWords } from '../../words/words.js';

const STEPS = ['turn', 'changed', 'notes', 'sign', 'after'] as const;
const SEEN = 'sunward.tour';

function wasSeen(): boolean {
  try {
    return localStorage.getItem(SEEN) !== null;
  } catch {
    return true; // storage is shut: offering it each time would only be in the way
  }
}

function keepSeen(): void {
  try {
    localStorage.setItem(SEEN, 'seen');
  } catch {
    // Storage is shut: it holds for this page.
  }
}

/** Offers, once, to show in five steps how a report goes through here; it never opens by itself. */
export function TourOffer() {
  const { say } = useWords();
  const [isOffered, setOffered] = useState(() => !wasSeen());
  const [isOpen, setOpen] = useState(false);
  const decline = (): void => {
    keepSeen();
    setOffered(false);
    setOpen(false);
  };
  if (!isOffered) return null;
  return (
    <div className="note offer">
      <span>{say('tour.offer')}</span>
      <span className="verbs">
        <Button type="primary" onClick={() => setOpen(true)}>
          {say('tour.start')}
        </Button>
        <Button onClick={decline}>{say('tour.decline')}</Button>
      </span>
      {isOpen && <Tour onClose={decline} />}
    </div>
  );
}

/** How a report goes through here, step by step. */
export function Tour({ onClose }: { readonly onClose: () => void }) {
  const { say } = useWords();
  const [at, setAt] = useState(0);
  const step = STEPS[at] ?? 'turn';
  const isLast = at === STEPS.length - 1;
  return (
    <Dialog title={say(`tour.title.${step}`)} onClose={onClose}>
      <p className="soft">{say('tour.of', { at: at + 1, all: STEPS.length })}</p>
      <p aria-live="polite">{say(`tour.text.${step}`)}</p>
      <div className="acts">
        <Button type="primary" onClick={() => (isLast ? onClose() : setAt(at + 1))}>
          {say(isLast ? 'tour.end' : 'tour.next')}
        </Button>
        {at > 0 && <Button onClick={() => setAt(at - 1)}>{say('tour.before')}</Button>}
        {!isLast && <Button onClick={onClose}>{say('verb.close')}</Button>}
      </div>
    </Dialog>
  );
}
