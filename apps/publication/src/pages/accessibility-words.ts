import type { Language } from './frame.page.js';

/** What the site says of its own accessibility: what it keeps to, what is there, what is not. */
interface AccessibilityWords {
  readonly title: string;
  readonly description: string;
  readonly lead: string;
  readonly there: string;
  readonly has: readonly string[];
  readonly tried: string;
  readonly how: readonly string[];
  readonly gaps: string;
  readonly lacks: readonly string[];
  readonly ask: string;
  readonly whom: (contact: string | null) => readonly [before: string, contact: string, after: string];
}

export const ACCESSIBILITY_WORDS: Readonly<Record<Language, AccessibilityWords>> = {
  zh: {
    title: '无障碍说明',
    description: '本站的无障碍情况：依照的标准、已有的做法、检验方法、已知不足与反馈渠道',
    lead: '本站参照 GB/T 37668—2019《信息技术 互联网内容无障碍可访问性技术要求与测试方法》，按 WCAG 2.2 的 A 级和 AA 级制作。',
    there: '已有的做法',
    has: [
      '全部操作可以只用键盘完成；焦点看得见，每页开头可以直接跳到正文。',
      '法定表格是真正的表格：有表题，每个数字都标明所属的行和列，可以复制到电子表格。',
      '报告页可以改字号（三级）和对比度（两级），不需要脚本；浏览器的缩放不受限制，320 像素宽的屏幕上正文不需要左右滚动。',
      '除核验页外没有脚本；没有验证码、限时、自动播放和弹出窗口。核验页的结果会主动告知读屏软件。',
      '不只用颜色表示含义：更正前后、应急公开、已撤回都写成文字。',
      '每份报告另有带标签的 PDF，以及 Word 和 Excel 全文、CSV 和 JSON 数据；打印件写明网址、版本和摘要。',
      '各页都有英文框架；其中引用的中文标明了语言，供读屏软件正确发音。',
    ],
    tried: '检验方法',
    how: [
      '每次修改程序，都在真实浏览器里用 axe-core 按 WCAG 2.0、2.1、2.2 的 A、AA 级规则检查各类页面，宽屏和 320 像素宽各一次；报告页还检查最大字号和高对比。有一处不合格就不能交付。',
      '同时检查：没有内容超出屏幕，单独的链接和按钮不小于 24×24 像素，关闭脚本后能搜索和阅读。',
    ],
    gaps: '已知不足',
    lacks: [
      '字号和对比度的选择只在当前页有效：本站不用脚本和 Cookie，不记录读者的任何设置。要在各页都放大，可用浏览器的缩放。',
      '没有自带的朗读，可用浏览器或系统的朗读功能。',
      '法定表格列数固定，窄屏上要在表格区域内左右滚动；该区域可以用键盘操作。',
      '报告正文只有中文：那是法定文本，不作机器翻译。',
      '自动检查不能代替人：程序作者没有委托第三方测评，也没有用各种读屏软件逐页人工测试。',
    ],
    ask: '遇到障碍怎么办',
    whom: (contact) =>
      contact === null
        ? ['请与发布报告的机关联系，其地址和电话一般写在报告开头；需要其他格式的，也可以向该机关提出。', '', '']
        : ['请告诉我们：', contact, '。需要其他格式的，也可以向发布报告的机关提出。'],
  },
  en: {
    title: 'Accessibility',
    description:
      'How accessible this site is: what it keeps to, what is there, how it is tried, what is missing, whom to tell',
    lead: 'This site follows GB/T 37668—2019 and is made to levels A and AA of WCAG 2.2.',
    there: 'What is there',
    has: [
      'Everything works by keyboard alone; the focus can be seen, and each page begins with a link to its text.',
      'The statutory tables are true tables: they have captions, each figure names its row and column, and they can be copied into a spreadsheet.',
      'On the page of a report the size of type (three steps) and the contrast (two) can be changed without any script; zoom is not restricted, and on a screen of 320 pixels no text needs scrolling sideways.',
      'There is no script but on the check page; no puzzle, no time limit, nothing that plays or pops up by itself. Results of the check page are announced to screen readers.',
      'No meaning is in colour alone: before and after, emergency and withdrawn are said in words.',
      'Every report is there as a tagged PDF, whole in Word and Excel, and as data in CSV and JSON; on paper it says its address, edition and digest.',
      'Every page has an English frame; Chinese quoted in it is marked as such, so that screen readers pronounce it.',
    ],
    tried: 'How it is tried',
    how: [
      'With every change of the program each kind of page is checked in a real browser with axe-core, by the rules of WCAG 2.0, 2.1 and 2.2 at A and AA, wide and 320 pixels wide; pages of reports also in the largest type and in high contrast. With one violation it is not delivered.',
      'Checked along with it: nothing reaches beyond the screen, links and buttons of their own are 24 by 24 pixels or more, and without scripts one can search and read.',
    ],
    gaps: 'What is missing',
    lacks: [
      'Size and contrast are chosen for one page at a time: the site has no script and no cookie, so it keeps no setting of a reader. The zoom of the browser makes all pages larger.',
      'Nothing is read aloud by the site itself; browsers and systems can do that.',
      'The statutory tables have a fixed number of columns and scroll sideways within their region on narrow screens; that works by keyboard.',
      'Reports are in Chinese only: that is the statutory text, and it is not translated by machine.',
      'Checks by machine do not replace people: the authors of the program have had no test by others, and have not tried every page by hand with each screen reader.',
    ],
    ask: 'If something is in your way',
    whom: (contact) =>
      contact === null
        ? [
            'Please turn to the office that published the report; its address and telephone mostly stand at the beginning of the report. It can also be asked for other forms.',
            '',
            '',
          ]
        : ['Please tell us: ', contact, '. The office that published a report can also be asked for other forms.'],
  },
};
