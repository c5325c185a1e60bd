import { readFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import { canonicalBytes } from '#evidence/canonical';
import type { EvidenceCrypto } from '#evidence/crypto';
import { filesManifest, MANIFEST, type NamedFiles } from '#evidence/files-manifest';
import type { Trust } from '#evidence/trust';
import type { PublicFiles } from '#evidence/verify-files';

/** What a folder of evidence is made of. `url`: the public address, for the reader's eyes; null when it is not known. */
export interface EvidenceFolder {
  readonly files: PublicFiles & Required<Pick<PublicFiles, 'report'>>;
  readonly trust: Trust;
  readonly title: string;
  readonly url: string | null;
}

/** The program that travels with the evidence, and the list of what it is made of. */
export interface TravellingVerifier {
  readonly program: Uint8Array;
  readonly billOfMaterials: Uint8Array;
}

/**
 * Everything needed to check one publication for ever, with Node and nothing else, as a ZIP: the files, the anchors, the
 * verifier, and what to do in both languages. The same bytes for the same publication on every machine.
 */
export function evidenceZip(folder: EvidenceFolder, verifier: TravellingVerifier, crypto: EvidenceCrypto): Uint8Array {
  const { evidence, report, receipt, inclusion } = folder.files;
  const fingerprint = crypto.sha256(canonicalBytes(folder.trust));
  const encoder = new TextEncoder();
  const files: NamedFiles = {
    'README.txt': encoder.encode(englishGuide(folder, fingerprint)),
    'README.zh-CN.txt': encoder.encode(chineseGuide(folder, fingerprint)),
    'evidence.json': evidence,
    ...(inclusion === undefined ? {} : { 'inclusion.json': inclusion }),
    ...(receipt === undefined ? {} : { 'receipt.json': receipt }),
    'report.json': report,
    'trust.json': canonicalBytes(folder.trust),
    'verify.mjs': verifier.program,
    'verify.sbom.json': verifier.billOfMaterials,
  };
  const whole: NamedFiles = { ...files, [MANIFEST]: filesManifest(files, folder.trust, crypto) };
  const names = Object.keys(whole).toSorted();
  // ZIP times are local: this names the same fields in every time zone, the first a ZIP can say.
  const mtime = new Date(1980, 0, 1);
  return zipSync(Object.fromEntries(names.map((name) => [name, [whole[name]!, { mtime }] as const])), { level: 6 });
}

let kept: TravellingVerifier | undefined;

/** Reads the verifier the build left beside this program; read once. */
export function readVerifier(): TravellingVerifier {
  const folder = new URL(import.meta.url.endsWith('.ts') ? '../../../../dist/run/' : './', import.meta.url);
  kept ??= {
    program: new Uint8Array(readFileSync(new URL('verify.mjs', folder))),
    billOfMaterials: new Uint8Array(readFileSync(new URL('verify.sbom.json', folder))),
  };
  return kept;
}

function chineseGuide({ title, url, files }: EvidenceFolder, fingerprint: string): string {
  return `${title}
公开网址：${url ?? '未注明'}

这个文件夹能证明什么
  这份报告在公开之前，审签路线规定的每一个环节都由有权的人签批，人人不同，没有起草人签自己的稿，
  而且每个人签的正是 report.json 里的这些字节，此后一个字节也没有改动。

怎样核验（不需要联网，也不需要安装任何东西，只要有 Node 20 或更新版本）
  在本文件夹中运行：  node verify.mjs
  退出码 0 表示证实，1 表示不能证实，2 表示无法核验。每项检查输出一行，中英文对照。

公钥从哪里来
  verify.mjs 默认使用随附的 trust.json。它只能证明前后一致；要证明确是该机关所签，请通过可靠渠道
  （例如电话或当面）向机关核对信任文件的指纹：
  ${fingerprint}
  也可以使用自己保存的信任文件：  node verify.mjs --trust 我的trust.json

文件
  report.json        签批的报告，逐字节
  evidence.json      证据包：送审单、审签路线、名录、每一份签批、审核卷宗和封签
${files.receipt === undefined ? '' : '  receipt.json       发布回执：上线后回读网站所见的签名记录\n'}${files.inclusion === undefined ? '' : '  inclusion.json     入账证明：台账日志中确有封签这一条\n'}  trust.json         公钥，以及每把公钥的用途和有效期（按台账日志的次序）
  manifest.json      文件清单与摘要，只用来发现拷贝是否完整
  verify.mjs         核验程序，源码可读，没有任何依赖
  verify.sbom.json   核验程序的软件物料清单（CycloneDX）

签名算法为 Ed25519 或 SM2（配 SM3）。算法支持，可对接认证产品；本程序自身不是经认证的密码产品。
`;
}

function englishGuide({ title, url, files }: EvidenceFolder, fingerprint: string): string {
  return `${title}
Public address: ${url ?? 'not stated'}

What this folder proves
  Before this report went public, every stage of its sign-off route was signed by people entitled to it, each a
  different person, none of them an author of it; and each signed exactly the bytes of report.json, not one of
  which has changed since.

How to check it (no network, nothing to install, only Node 20 or newer)
  In this folder:  node verify.mjs
  Exit code 0 means proved, 1 not proved, 2 could not be checked. One line a check, in Chinese and English.

Where the keys come from
  verify.mjs goes by the trust.json that came along. That proves that everything fits together; to know that it was
  this organ, compare the fingerprint of the trust file with the organ over a channel you trust, say by telephone:
  ${fingerprint}
  Or use a trust file of your own:  node verify.mjs --trust my-trust.json

The files
  report.json        the report that was signed, byte by byte
  evidence.json      the bundle: submission, route, directory, every signature, dossier and seal
${files.receipt === undefined ? '' : '  receipt.json       the signed record of what was read back from the site\n'}${files.inclusion === undefined ? '' : '  inclusion.json     the proof that the log holds the entry of the seal\n'}  trust.json         the public keys, what each may sign, and from which entry of the log to which
  manifest.json      names and digests of the files; only tells whether a copy is whole
  verify.mjs         the verifier: readable source, no dependencies
  verify.sbom.json   what the verifier is made of (CycloneDX)

Signatures are Ed25519, or SM2 with SM3. The algorithms are supported and certified products can be connected; this
program is itself no certified cryptographic product.
`;
}
