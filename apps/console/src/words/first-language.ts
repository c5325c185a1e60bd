import type { Language } from './dates.js';

/**
 * The language a page begins in: what was chosen on this device, else the first language of the browser there are words for, else
 * Chinese. `chosen`: as kept, null when nobody chose; `wanted`: tags of BCP 47, the dearest first (`navigator.languages`).
 */
export function firstLanguage(chosen: string | null, wanted: readonly string[]): Language {
  const tags = chosen === null ? wanted : [chosen, ...wanted];
  return tags.map(spoken).find((one) => one !== null) ?? 'zh';
}

function spoken(tag: string): Language | null {
  const [primary] = tag.toLowerCase().split(/[-_]/);
  return primary === 'zh' || primary === 'en' ? primary : null;
}
