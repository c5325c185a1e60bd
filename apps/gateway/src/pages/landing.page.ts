import { html } from './html.js';
import { pageFrame } from './page-frame.page.js';

/** What the front page shows. `services` in the order shown. */
export interface LandingFacts {
  readonly siteOrigin: string;
  readonly setUp: boolean;
  readonly services: readonly { readonly name: string; readonly ready: boolean }[];
}

const DUTIES: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  gateway: ['网关：登录、待办、唯一入口', 'gateway: sign-in, to-do, the only door'],
  drafting: ['起草：报告、各稿、校验', 'drafting: reports, revisions, checks'],
  review: ['审核段：初审、保密审查', 'review leg: first review, confidentiality'],
  approval: ['签发段：会签、分管领导、主要负责人', 'approval leg: countersigning, leaders'],
  publication: ['公开：发布、回读、回执', 'publication: putting live, reading back, receipts'],
  ledger: ['台账：入账、日志、检查点', 'ledger: entries, the log, checkpoints'],
};

/** The front page: what this is, where to go, how the services are. */
export function landingPage({ siteOrigin, setUp, services }: LandingFacts): string {
  return pageFrame(
    '向阳 Sunward',
    html` <h1>向阳</h1>
      <p class="en" lang="en">Sunward</p>
      <p>
        政府信息公开工作年度报告：起草、检查、审核、签发，最后一个签批生效即自动公开。少一个签批不上线；签批过的，一字不差地上线一次。
      </p>
      <p class="en" lang="en">
        Drafts, checks, reviews, signs off and publishes the statutory annual report on government information
        disclosure. Nothing goes live without every required signature; what was signed does.
      </p>
      ${setUp ? html`` : html`<p class="wrong">尚未完成初始设置，请用设置链接打开设置页。<span lang="en">Not set up yet: open the set-up link.</span></p>`}
      <h2>去处 <span class="en" lang="en">Where to go</span></h2>
      <ul>
        <li><a href="/app">工作台</a> <span class="en" lang="en">the console</span></li>
        <li><a href="/m">手机签批</a> <span class="en" lang="en">signing on the phone</span></li>
        <li><a href="${siteOrigin}/">公开网站</a> <span class="en" lang="en">the public site</span></li>
        <li>
          <a href="/api/docs">接口文档</a> <span class="en" lang="en">API documentation</span> ·
          <a href="/api/openapi.json">OpenAPI</a>
        </li>
      </ul>
      <h2>运行状况 <span class="en" lang="en">Services</span></h2>
      <table>
        <thead>
          <tr>
            <th scope="col">服务 <span class="en" lang="en">service</span></th>
            <th scope="col">状态 <span class="en" lang="en">state</span></th>
          </tr>
        </thead>
        <tbody>
          ${services.map(({ name, ready }) => {
            const [zh, en] = DUTIES[name] ?? [name, ''];
            return html`<tr>
              <td>${zh} <span class="en" lang="en">${en}</span></td>
              <td>
                ${ready ? '正常' : html`<span class="wrong">未就绪</span>`}
                <span class="en" lang="en">${ready ? 'ready' : 'not ready'}</span>
              </td>
            </tr>`;
          })}
        </tbody>
      </table>`,
  );
}
