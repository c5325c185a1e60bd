/** What a schema found wrong with one part of a request, as far as a sentence needs it. Source: zod 4, `$ZodIssue`. */
export interface SchemaIssue {
  readonly code?: unknown;
  readonly message: string;
  readonly expected?: unknown;
  readonly origin?: unknown;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly keys?: unknown;
  readonly values?: unknown;
}

/** The schemas' own words, and zod's for a value that is not there. `#` stands for a number. */
const OWN: Readonly<Record<string, string>> = {
  'at least # characters': '至少 # 个字',
  'at most # characters': '最多 # 个字',
  'no control characters': '含有看不见的控制字符',
  'one paragraph': '只能是一段，不能换行',
  'a time of day: 00:00 to 23:59': '须是 00:00 至 23:59 的时间',
  'base64url without padding': '须是不带填充的 base64url',
  'channel: a–z, 0–9 and hyphens': '渠道名只能用小写字母、数字和连字符',
  'not a SHA-256 digest in lower-case hexadecimal': '须是小写十六进制的 SHA-256 摘要',
  'organ code: a–z, 0–9 and hyphens': '机关编码只能用小写字母、数字和连字符',
  'role name: a–z and hyphens': '岗位编码只能用小写字母和连字符',
  'sign-in name: a–z, 0–9, dot, hyphen, underscore': '登录名只能用小写字母、数字、点、连字符和下划线',
  'stage id: a–z, 0–9 and hyphens': '环节编码只能用小写字母、数字和连字符',
  'the secret of a link': '链接不完整',
};

const KINDS: Readonly<Record<string, string>> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: 'true 或 false',
  array: '列表',
  object: '对象',
  record: '对象',
};

const UNITS: Readonly<Record<string, string>> = { string: ' 个字符', array: ' 项', set: ' 项' };

/**
 * What is wrong, in both languages, as refusals say it. English is the schema's own sentence; Chinese is made of what the schema
 * found. What has no Chinese of its own is said to be unfit, never left in English.
 */
export function issueSentences(issue: SchemaIssue): { readonly zh: string; readonly en: string } {
  return { zh: inChinese(issue), en: issue.message };
}

function inChinese(issue: SchemaIssue): string {
  const [, number = ''] = /(\d+) characters$/.exec(issue.message) ?? [];
  const own = OWN[issue.message.replace(/\d+(?= characters$)/, '#')];
  if (own !== undefined) return own.replace('#', number);
  switch (issue.code) {
    case 'invalid_type':
      return issue.message.endsWith('received undefined') ? '没有填写' : `须是${kindOf(issue.expected)}`;
    case 'too_small':
      return issue.origin === 'string' && issue.minimum === 1
        ? '没有填写'
        : `至少 ${String(issue.minimum)}${unitOf(issue.origin)}`;
    case 'too_big':
      return `最多 ${String(issue.maximum)}${unitOf(issue.origin)}`;
    case 'unrecognized_keys':
      return `多出的字段：${listOf(issue.keys)}`;
    case 'invalid_value':
      return `只能是：${listOf(issue.values)}`;
    case 'invalid_format':
      return '格式不对';
    default:
      return '不合要求';
  }
}

const kindOf = (expected: unknown): string => (typeof expected === 'string' && KINDS[expected]) || '另一种值';
const unitOf = (origin: unknown): string => (typeof origin === 'string' && UNITS[origin]) || '';
const listOf = (values: unknown): string => (Array.isArray(values) ? values.map(String).join('、') : '');
