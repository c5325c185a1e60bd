import { describe, expect, it } from '@jest/globals';
import { blankReport } from '#report/blank-report';
import { isRefusal } from '#domain/decision';
import { withDetail, withPreface, withTitle } from './contact.js';

const blank = blankReport('向阳区司法局', 2026);
if (isRefusal(blank)) throw new Error(blank.refused);
const SAID = '联系地址：向阳区解放路1号，邮政编码：154000，电话：0454-1234567，电子邮箱：sfj@example.gov.cn。';

describe('contact details', () => {
  it('follow the preface while they say what it says', () => {
    const said = withPreface(blank, SAID);
    expect(said.contact).toEqual({
      address: '向阳区解放路1号',
      postcode: '154000',
      phone: '0454-1234567',
      email: 'sfj@example.gov.cn',
    });
    const moved = withPreface(said, SAID.replace('1号', '2号').replace('电话：0454-1234567，', ''));
    expect(moved.contact).toEqual({ address: '向阳区解放路2号', postcode: '154000', email: 'sfj@example.gov.cn' });
    expect(withPreface(moved, '')).toEqual(blank);
  });

  it('stay as somebody wrote them otherwise', () => {
    const written = withDetail(withPreface(blank, SAID), 'phone', '0454-7654321');
    expect(withPreface(written, SAID.replace('1234567', '1111111')).contact?.phone).toBe('0454-7654321');
    expect(withDetail(written, 'phone', ' ').contact).not.toHaveProperty('phone');
    expect(withDetail(withDetail(blank, 'phone', '1'), 'phone', '')).toEqual(blank);
  });
});

describe('the name of the organ', () => {
  it.each([
    ['青山区司法局2026年政府信息公开工作年度报告', '青山区司法局'],
    ['没有年份的标题', '向阳区司法局'],
    ['2026年政府信息公开工作年度报告', '向阳区司法局'],
    ['', '向阳区司法局'],
  ])('of the title “%s” is “%s”', (title, organName) => {
    expect(withTitle(blank, title)).toMatchObject({ title, organName });
  });
});
