// Judges bundles with the built verify.mjs in a process of its own: { evidence, span, files } by IPC, what it said back.
import { judgeFolder } from '../../dist/run/verify.mjs';

const said = ({ verdict }) => (verdict.ok ? 'ok' : `${verdict.defect.code} @ ${verdict.defect.where}`);
const bytesOf = (text) => new Uint8Array(Buffer.from(text, 'base64'));

process.on('message', ({ bundles, flips, files, now }) => {
  const beside = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, bytesOf(text)]));
  const judge = (evidence) => said(judgeFolder({ ...beside, 'evidence.json': evidence }, now));
  if (bundles) process.send(bundles.map((text) => judge(bytesOf(text))));
  else {
    const bytes = bytesOf(flips.evidence);
    const found = [];
    for (let index = flips.from; index < flips.to; index += 1) {
      const evidence = bytes.slice();
      evidence[index] ^= 1 << (index % 8);
      found.push(judge(evidence));
    }
    process.send(found);
  }
});
