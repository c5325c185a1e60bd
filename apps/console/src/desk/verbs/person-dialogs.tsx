import { useState } from 'react';
import type { CaseFile } from '../../api/case-file.js';
import { type Candidate, organsAround } from '../../api/people.js';
import { useMe } from '../../api/session.js';
import { legPathOf } from '../../case/acting.js';
import { useWords } from '../../words/words.js';
import { useCandidates } from '../queries.js';
import { ActDialog } from './act-dialog.js';
import { candidateKey, PersonField } from './person-field.js';

/** A verb of one case, open in a dialog. */
export interface VerbProps {
  readonly file: CaseFile;
  readonly onClose: () => void;
}

const chosenOf = (people: readonly Candidate[], key: string): Candidate | undefined =>
  people.find((one) => candidateKey(one) === key);

/** 转办: to another holder of the same office. */
export function HandOverDialog({ file, onClose }: VerbProps) {
  const { say } = useWords();
  const me = useMe();
  const [chosen, choose] = useState('');
  const { current, names, line } = file;
  const seat = current.seats.find(({ seat: id }) => current.signable.some((one) => one.seat === id));
  const held = names.offices.find(({ office }) => office === `${seat?.role}@${seat?.organ}`);
  const people = (held?.holders ?? [])
    .filter(({ person }) => person !== me.person)
    .map((one) => ({ ...one, role: seat?.role ?? '', organ: seat?.organ ?? '', organName: held?.organName ?? '' }));
  return (
    <ActDialog
      title={say('verb.handOver')}
      help={say(people.length === 0 ? 'verb.handOverNobody' : 'verb.handOverHelp')}
      button={say('verb.handOver')}
      told={(now) => now('verb.handOverDone')}
      onClose={onClose}
      prepare={() => {
        const to = chosenOf(people, chosen);
        if (to === undefined || seat === undefined) return (now) => now('people.needed');
        const body = { seat: seat.seat, content: current.content, to: to.person };
        return { path: `${legPathOf(line)}/hand-overs`, body, receipt: null };
      }}
    >
      <PersonField label={say('people.to')} people={people} value={chosen} onChoose={choose} />
    </ActDialog>
  );
}

/** 加签: one more required signature in the open stage. */
export function AddSignerDialog({ file, onClose }: VerbProps) {
  const { say } = useWords();
  const people = useCandidates(organsAround(file, useMe()));
  const [chosen, choose] = useState('');
  const { current, line } = file;
  return (
    <ActDialog
      title={say('verb.addSigner')}
      help={say('verb.addSignerHelp')}
      button={say('verb.addSigner')}
      told={(now) => now('verb.addSignerDone')}
      onClose={onClose}
      prepare={() => {
        const who = chosenOf(people, chosen);
        const [own] = current.signable;
        if (who === undefined || own === undefined) return (now) => now('people.needed');
        const { person, role, organ } = who;
        const body = { seat: own.seat, content: current.content, person, role, organ };
        return { path: `${legPathOf(line)}/added-signers`, body, receipt: null };
      }}
    >
      <PersonField label={say('people.signer')} people={people} value={chosen} onChoose={choose} />
    </ActDialog>
  );
}

/** 抄送: lets somebody read the case. */
export function CopyDialog({ file, onClose }: VerbProps) {
  const { say } = useWords();
  const people = useCandidates(organsAround(file, useMe()));
  const [chosen, choose] = useState('');
  return (
    <ActDialog
      title={say('verb.copy')}
      help={say('verb.copyHelp')}
      button={say('verb.copy')}
      told={(now) => now('verb.copyDone')}
      onClose={onClose}
      prepare={() => {
        const who = chosenOf(people, chosen);
        if (who === undefined) return (now) => now('people.needed');
        return { path: `${legPathOf(file.line)}/copies`, body: { person: who.person }, receipt: null };
      }}
    >
      <PersonField label={say('people.to')} people={people} value={chosen} onChoose={choose} />
    </ActDialog>
  );
}
