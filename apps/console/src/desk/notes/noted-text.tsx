import { Button } from 'antd';
import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { AnnualReport } from '#report/model';
import type { CaseFile } from '../../api/case-file.js';
import { CandidateSteps } from '../../case/candidate-steps.js';
import { candidatesFor } from '../../case/candidates.js';
import { chosenPlaceWords, markOf } from '../../case/note-places.js';
import { ReportText } from '../../case/report-text.js';
import { type SelectedPlace, selectedWords } from '../../case/selected-place.js';
import { type CameFrom, WayBack } from '../../case/way-back.js';
import { useWords } from '../../words/words.js';
import { useNotes } from '../queries.js';

/** Drawn again only when the text or its notes change, not with every word that is marked. */
const SteadyText = memo(ReportText);

interface NotedTextProps {
  readonly file: CaseFile;
  readonly report: AnnualReport;
  /** Null for whoever may not make notes here. */
  readonly onMake: ((selected: SelectedPlace) => void) | null;
  /** Where one was led here from, and wants to come back to. */
  readonly from: CameFrom | null;
  readonly onBack: () => void;
}

/** The whole text with its notes marked, and under review what may be confidential: mark words or press a figure, and a note goes there. */
export function NotedText({ file, report, onMake, from, onBack }: NotedTextProps) {
  const { say } = useWords();
  const notes = useNotes(file).data;
  const [selected, select] = useState<SelectedPlace | null>(null);
  useEffect(() => {
    if (onMake === null) return undefined;
    const look = (): void => {
      const words = selectedWords(document.getSelection());
      if (words !== null) select(words);
    };
    document.addEventListener('selectionchange', look);
    return () => document.removeEventListener('selectionchange', look);
  }, [onMake]);
  const onCell = useCallback(
    (cell: string, text: string): void => {
      if (onMake !== null && document.getSelection()?.isCollapsed !== false) select({ place: { cell }, text });
    },
    [onMake],
  );
  // What is marked becomes a note: the mark has done its work. What is marked before that note is heard of stays marked.
  const known = notes?.length ?? 0;
  const made = useRef<SelectedPlace | null>(null);
  useEffect(() => select((now) => (now === made.current ? null : now)), [known]);
  const make = (place: SelectedPlace): void => {
    made.current = place;
    document.getSelection()?.removeAllRanges();
    onMake?.(place);
  };
  const candidates = useMemo(() => candidatesFor(file), [file]);
  const marks = useMemo(() => {
    const open = (notes ?? []).filter(({ state }) => state === 'open');
    const noted = new Set(open.flatMap((note) => markOf(note) ?? []));
    return { noted, candidates: candidates?.inText, onCell };
  }, [notes, candidates, onCell]);
  return (
    <>
      <div className="over-text">
        {from !== null && <WayBack from={from} onBack={onBack} />}
        {candidates !== null && <CandidateSteps candidates={candidates} />}
        {onMake !== null && (
          <div className="marking">
            <span className="soft">
              {selected === null ? say('note.mark') : say('note.selected')}{' '}
              {selected !== null && <strong lang="zh-CN">{chosenPlaceWords(selected.place, report, say)}</strong>}
            </span>
            {selected !== null && (
              <Button type="primary" onClick={() => make(selected)}>
                {say('note.make')}
              </Button>
            )}
          </div>
        )}
      </div>
      <SteadyText report={report} marks={marks} />
    </>
  );
}
