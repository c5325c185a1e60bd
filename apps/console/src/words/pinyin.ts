/** The first character of each initial in the order of pinyin; no word begins with i, u or v. */
const FIRST = '阿八嚓咑妸发旮哈讥咔垃妈拏噢妑七呥仨他屲夕丫帀';
const INITIALS = 'abcdefghjklmnopqrstwxyz';
const order = new Intl.Collator('zh-CN-u-co-pinyin');
const isHan = /\p{Script=Han}/u;

/**
 * The pinyin initials of a name, `xyqrmzf` for 向阳区人民政府, by the order in which the browser sorts Chinese: no table is sent
 * for it. A character of several readings counts by its commonest. Anything else stays, in lower case.
 */
export function initialsOf(text: string): string {
  return Array.from(text, (character) => {
    if (!isHan.test(character)) return character.trim().toLowerCase();
    const after = Array.from(FIRST).findIndex((first) => order.compare(character, first) < 0);
    return INITIALS.at(after === 0 ? 0 : after < 0 ? -1 : after - 1) ?? '';
  }).join('');
}

/** True when what was typed is part of the text or of its initials. */
export function isMeant(text: string, typed: string): boolean {
  const wanted = typed.trim().toLowerCase();
  return text.toLowerCase().includes(wanted) || initialsOf(text).includes(wanted.replaceAll(/\s+/g, ''));
}
