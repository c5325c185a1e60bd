import { type RefusalCode, refusalSentence } from '#contracts/refusals';
import { cspHash, html } from './html.js';
import { pageFrame } from './page-frame.page.js';

/** The shape of a district, small enough to overwrite. */
const EXAMPLE = {
  organs: [
    { code: 'example', name: '示例区人民政府', level: 'county', parent: null },
    { code: 'example-office', name: '示例区人民政府办公室', level: 'department', parent: 'example' },
  ],
  people: [
    { login: 'admin.one', name: '管理员甲', administrator: true, grants: [] },
    { login: 'admin.two', name: '管理员乙', administrator: true, grants: [] },
    { login: 'drafter', name: '起草人', grants: [{ role: 'drafter', organ: 'example' }] },
    { login: 'reviewer', name: '初审人', grants: [{ role: 'first-reviewer', organ: 'example-office' }] },
    { login: 'secrecy', name: '保密审查员', grants: [{ role: 'secrecy-reviewer', organ: 'example-office' }] },
    { login: 'principal', name: '主要负责人', grants: [{ role: 'principal', organ: 'example' }] },
  ],
  routes: [
    {
      name: '示例路线',
      appliesTo: '*',
      undoSeconds: 0,
      stages: [
        stage('first-review', 'review', '初审', 'first-reviewer', 'example-office'),
        stage('secrecy-review', 'review', '保密审查', 'secrecy-reviewer', 'example-office'),
        stage('principal', 'approval', '主要负责人签发', 'principal', 'self'),
      ],
    },
  ],
};

function stage(id: string, leg: string, name: string, role: string, organ: string): object {
  const meaning = `${name}：已核对全文与各表，同意。`;
  return {
    id,
    leg,
    name,
    meaning,
    need: 'all',
    ordered: false,
    grade: 'attested',
    dueWorkingDays: 2,
    slots: [{ role, organ }],
  };
}

/** Sends the definition and shows the passwords once. Texts are set as text, never as markup. */
const SCRIPT = `
const form = document.querySelector('form');
const wrong = document.querySelector('#wrong');
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  wrong.textContent = '';
  const button = form.querySelector('button');
  let district;
  try { district = JSON.parse(form.elements.district.value); }
  catch (error) { wrong.textContent = '不是有效的 JSON：' + error.message; return; }
  button.disabled = true;
  try {
    const token = new URLSearchParams(location.search).get('token') ?? '';
    const response = await fetch('/api/v1/setup', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token, district }) });
    const answer = await response.json();
    if (!response.ok) {
      wrong.textContent = [answer.detail, ...(answer.errors ?? []).map((one) => one.field + '：' + one.message)].join(' ');
      button.disabled = false;
      return;
    }
    const rows = answer.accounts.map((account) => {
      const row = document.createElement('tr');
      row.append(...[account.name, account.login, account.password].map((text) => Object.assign(document.createElement('td'), { textContent: text })));
      return row;
    });
    document.querySelector('#accounts').append(...rows);
    document.querySelector('#done').hidden = false;
    form.hidden = true;
  } catch (error) { wrong.textContent = '没有连上服务：' + error.message; button.disabled = false; }
});
`;

/** The page behind the one-time set-up link. */
export function setupPage(): string {
  return pageFrame(
    '初始设置 · 向阳',
    html` <h1>初始设置</h1>
      <p>写明机关、人员与审签路线，提交后生成每个人的初始密码。密码只显示这一次，请立即妥善保存。</p>
      <p class="en" lang="en">
        Describe organs, people and sign-off routes. Every account's first password is shown once, after you submit.
      </p>
      <p id="wrong" class="wrong" role="alert"></p>
      <form>
        <label for="district">地区定义（JSON；两名管理员，每个环节须有不同的人可签）</label>
        <textarea id="district" name="district" spellcheck="false">${JSON.stringify(EXAMPLE, null, 2)}</textarea>
        <button type="submit">完成设置</button>
      </form>
      <section id="done" hidden>
        <h2>已完成设置</h2>
        <table>
          <thead>
            <tr>
              <th scope="col">姓名</th>
              <th scope="col">登录名</th>
              <th scope="col">初始密码</th>
            </tr>
          </thead>
          <tbody id="accounts"></tbody>
        </table>
        <p><a href="/">进入首页</a></p>
      </section>`,
    SCRIPT,
  );
}

/** What a wrong or used link shows: why, and the way on. */
export function closedSetupPage(refusal: RefusalCode): string {
  return pageFrame(
    '初始设置 · 向阳',
    html`
      <h1>初始设置</h1>
      <p>${refusalSentence(refusal, 'zh', {})}</p>
      <p class="en" lang="en">${refusalSentence(refusal, 'en', {})}</p>
      <p><a href="/">进入首页</a></p>
    `,
  );
}

/** Lets the one script of this page run. */
export const SETUP_SCRIPT_SOURCE = cspHash(SCRIPT);
