// How the launcher shows services' log lines and, once all is up, where everything is.
import fs from 'node:fs';
import path from 'node:path';
import { paint } from './progress.mjs';

const COLOURS = { gateway: 36, drafting: 32, review: 33, approval: 35, publication: 34 };
const NOT_SHOWN = new Set(['at', 'level', 'service', 'msg']);

/** Prints a log line of a service behind its name; JSON lines are shortened to what a person reads. */
export function printLine(service, line) {
  const prefix = paint(COLOURS[service], `${service.padEnd(11)} │ `);
  console.log(prefix + readable(line));
}

function readable(line) {
  let fields;
  try {
    fields = JSON.parse(line);
  } catch {
    return line; // not one of our log lines: shown as it is
  }
  if (typeof fields?.msg !== 'string') return line;
  const rest = Object.entries(fields)
    .filter(([key]) => !NOT_SHOWN.has(key))
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return [paint(fields.level === 'info' ? 0 : 31, fields.level), fields.msg, ...rest].join(' ');
}

/** Columns a text takes at the terminal: Chinese characters and full-width signs take two. */
function widthOf(text) {
  let width = 0;
  for (const character of text)
    width += /[\u2E80-\u9FFF\uF900-\uFAFF\uFF00-\uFF60\u3000-\u303F]/u.test(character) ? 2 : 1;
  return width;
}

function frame(lines) {
  const width = Math.max(...lines.map(widthOf));
  const bar = '─'.repeat(width + 2);
  return [`┌${bar}┐`, ...lines.map((line) => `│ ${line}${' '.repeat(width - widthOf(line))} │`), `└${bar}┘`].join('\n');
}

const LABEL_WIDTH = 24;
const entry = (label, value) => `${label}${' '.repeat(LABEL_WIDTH - widthOf(label))}${value}`;

/** Prints the addresses, how to sign in and how to verify. Passwords stay in their file. */
export function printSummary({ system, varDir, root, live }) {
  const { gatewayUrl, siteUrl, accounts, state } = system;
  const shown = (file) => (path.relative(root, file).startsWith('..') ? file : path.relative(root, file));
  const page = `${siteUrl}/xxgk/ndbg/xiangyang/2020/`;
  const lines = [
    '向阳 Sunward 已就绪 · is up',
    '',
    entry('工作台 Console', `${gatewayUrl}/app`),
    entry('手机 Phone', `${gatewayUrl}/m`),
    entry('接口文档 API docs', `${gatewayUrl}/api/docs`),
    entry('公开网站 Public site', siteUrl),
  ];
  if (live) lines.push(entry('已公开报告 Live page', page), entry('核验 Verify', `npx sunward verify ${page}`));
  if (accounts.length > 0) {
    const example = accounts.find(({ login }) => !login.startsWith('admin')) ?? accounts[0];
    lines.push(
      entry('登录 Sign in', `${example.login}（${example.name}）`),
      entry('口令 Passwords', shown(state.accountsFile)),
    );
  } else {
    const token = fs.readFileSync(state.setupTokenFile, 'utf8').trim();
    lines.push(entry('首次设置 Set up', `${gatewayUrl}/setup?token=${token}`));
  }
  lines.push(entry('数据 Data', shown(varDir)), entry('停止 Stop', 'Ctrl-C'));
  console.log(`\n${frame(lines)}\n`);
}
