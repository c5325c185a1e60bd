/** Names in one sentence; more are counted before it. */
const MOST_NAMED = 3;

/** As many names of places as a sentence holds, as the form has them in Chinese. */
export function FewNames({ names }: { readonly names: readonly string[] }) {
  const more = names.length > MOST_NAMED ? '……' : '';
  return <span lang="zh-CN">{names.slice(0, MOST_NAMED).join('、') + more}</span>;
}
