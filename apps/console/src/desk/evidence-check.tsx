import { Button } from 'antd';
import { useState } from 'react';
import type { FilesVerdict } from '#evidence/verify-files';
import { readPublished } from '../api/public-files.js';
import { Wrong } from '../shell/wrong.js';
import { momentText } from '../words/dates.js';
import { roleWords } from '../words/office-words.js';
import { useWords, wrongText } from '../words/words.js';

interface Checked {
  readonly verdict: FilesVerdict;
  /** What one compares with the organ: the SHA-256 of the trust file. */
  readonly fingerprint: string;
}

/** Reads the files from the public address and proves them here, by the verifier everybody else has. */
async function checkHere(page: string): Promise<Checked> {
  const [{ verify, fingerprint }, { trust, evidence, report, receipt, inclusion }] = await Promise.all([
    import('../report/verifier.js'),
    readPublished(page),
  ]);
  const beside = { ...(receipt === undefined ? {} : { receipt }), ...(inclusion === undefined ? {} : { inclusion }) };
  return { verdict: verify({ evidence, report, ...beside }, trust), fingerprint: fingerprint(trust) };
}

/** Proves in this browser that what is public is what was signed. */
export function EvidenceCheck({ url }: { readonly url: string }) {
  const words = useWords();
  const { say } = words;
  const [isBusy, setBusy] = useState(false);
  const [checked, setChecked] = useState<Checked | null>(null);
  const [wrong, setWrong] = useState<unknown>();
  const check = async (): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    setWrong(undefined);
    try {
      setChecked(await checkHere(url));
    } catch (error) {
      setWrong(error);
    }
    setBusy(false);
  };
  return (
    <>
      <div className="acts">
        <Button type="primary" aria-disabled={isBusy} onClick={() => void check()}>
          {say(isBusy ? 'proof.checking' : 'proof.check')}
        </Button>
      </div>
      <div role="status">{checked !== null && <Verdict checked={checked} />}</div>
      {wrong !== undefined && <Wrong>{wrongText(wrong, words)}</Wrong>}
    </>
  );
}

function Verdict({ checked: { verdict, fingerprint } }: { readonly checked: Checked }) {
  const { say, language } = useWords();
  if (!verdict.ok) {
    const { code, where, detail } = verdict.defect;
    return (
      <p className="note bad">
        <span aria-hidden="true">✕ </span>
        {say('proof.failed', { code, where, detail })}
      </p>
    );
  }
  const { summary, title } = verdict;
  return (
    <div className="told">
      <p>
        <strong>
          <span aria-hidden="true">✓ </span>
          {say('proof.proved')}
        </strong>
      </p>
      <p lang="zh-CN">{title}</p>
      <ul className="plain">
        {summary.seats.map(({ stage, stageName, role, at }) => (
          <li key={`${stage} ${role} ${at}`}>
            <span lang="zh-CN">{stageName}</span> · {roleWords(role, say)} · {momentText(at, language)}
          </li>
        ))}
      </ul>
      <p className="soft">{say(summary.place === null ? 'proof.notLogged' : 'proof.logged')}</p>
      <p className="soft">{say('proof.fingerprint', { fingerprint })}</p>
    </div>
  );
}
