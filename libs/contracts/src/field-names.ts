/** What fields of requests that people fill in are called; others keep the name programs know them by. */
const NAMES: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  login: ['登录名', 'Sign-in name'],
  password: ['密码', 'Password'],
  next: ['新密码', 'New password'],
  name: ['名称', 'Name'],
  reason: ['理由', 'Reason'],
  question: ['问题', 'Question'],
  opinion: ['意见', 'Opinion'],
  text: ['内容', 'Text'],
  quietFrom: ['开始时间', 'From'],
  quietUntil: ['结束时间', 'Until'],
  since: ['开始时间', 'From'],
  until: ['结束时间', 'Until'],
  notBefore: ['不早于', 'Not before'],
  address: ['地址', 'Address'],
  body: ['请求', 'Request'],
};

/** A field by the name people know; `changes.0.reason` is called as `reason` is. */
export function fieldName(field: string): { readonly zh: string; readonly en: string } {
  const [zh, en] = NAMES[field.split('.').at(-1) ?? ''] ?? [field, field];
  return { zh, en };
}
