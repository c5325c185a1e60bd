import type { Language } from './frame.page.js';

/** Words of the check page before anything is checked; the results speak for themselves in the program. */
interface CheckWords {
  readonly title: string;
  readonly step: string;
  readonly description: string;
  readonly footer: string;
  readonly lead: string;
  readonly noScript: string;
  readonly paste: string;
  readonly check: string;
  readonly choose: string;
  readonly files: string;
  readonly result: string;
}

export const CHECK_WORDS: Readonly<Record<Language, CheckWords>> = {
  zh: {
    title: '核验一份报告',
    step: '核验',
    description: '在自己的浏览器里核验：谁在何时签批了哪些字节，页面上的数字是否就是所签的数字',
    footer: '核验在浏览器里进行，文件不会上传；本页脚本只读取本站公开的文件，不收集访问者信息。保存本页即可离线使用。',
    lead: '程序在这台机器的浏览器里运行，从签名本身重新证明，不采信本站的任何说法。更正、应急公开和已撤回的报告同样可以核验。',
    noScript: '浏览器没有启用脚本。也可以下载报告页的 evidence.zip，解压后运行 node verify.mjs。',
    paste: '粘贴报告的网址',
    check: '核验',
    choose: '或选择、拖入 evidence.zip，或其中的单个文件',
    files:
      '也可以是 evidence.json、report.json、receipt.json、ratification.json；已撤回的报告用 withdrawal.json。自己保存的 trust.json 可一并选择。',
    result: '核验结果',
  },
  en: {
    title: 'Check a report yourself',
    step: 'Check',
    description:
      'Check in your own browser who signed which bytes and when, and whether the figures on a page are the signed ones',
    footer:
      'Everything is checked in your browser and no file is uploaded; the script of this page reads nothing but public files of this site and keeps no record of readers. Save the page to use it offline.',
    lead: 'The program runs in your browser and proves everything from the signatures; it believes nothing this site says. Corrected, emergency and withdrawn reports can be checked as well.',
    noScript:
      'Scripts are off in this browser. You can download evidence.zip from the page of a report, unpack it and run node verify.mjs.',
    paste: 'Paste the address of a report',
    check: 'Check',
    choose: 'Or choose or drop evidence.zip, or single files of it',
    files:
      'That is evidence.json, report.json, receipt.json and ratification.json; for a withdrawn report, withdrawal.json. A trust.json you kept may come along.',
    result: 'Result',
  },
};
