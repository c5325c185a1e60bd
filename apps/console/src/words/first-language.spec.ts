import { describe, expect, it } from '@jest/globals';
import { firstLanguage } from './first-language.js';

describe('the language a page begins in', () => {
  it.each<[string, string | null, readonly string[], string]>([
    ['Chinese where a browser says nothing', null, [], 'zh'],
    ['Chinese where it wants what there are no words for', null, ['fr-FR', 'de'], 'zh'],
    ['what is kept and no language counts for nothing', 'klingon', ['en-GB'], 'en'],
    ['English where it wants English', null, ['en-US', 'en'], 'en'],
    ['English behind a language without words', null, ['fr-FR', 'en', 'zh-CN'], 'en'],
    ['Chinese of any place and script', null, ['zh-Hant-TW', 'en'], 'zh'],
    ['Chinese in capitals', null, ['ZH_cn', 'en'], 'zh'],
    ['not what merely begins alike', null, ['enm', 'zha', 'en'], 'en'],
    ['the choice, whatever the browser wants', 'zh', ['en-US'], 'zh'],
    ['the other choice as well', 'en', ['zh-CN'], 'en'],
  ])('%s', (_what, chosen, wanted, language) => {
    expect(firstLanguage(chosen, wanted)).toBe(language);
  });
});
