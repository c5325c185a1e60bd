import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ProposeChange } from './http/directory.api.js';
import { RouteTemplate } from './http/district.api.js';
import { fillTemplate } from './fill-route-template.js';

const template = RouteTemplate.parse(JSON.parse(readFileSync('samples/routes/township-department.json', 'utf8')));
const values = new Map([
  ['superior-office', 'xiangyang-office'],
  ['first.person', 'li.hua'],
  ['second.person', 'yang.bo'],
]);

describe('a template of routes', () => {
  it('filled is a change that can be proposed, without any placeholder left', () => {
    const filled = fillTemplate(template, { values, appliesTo: '*' });
    expect(ProposeChange.parse(filled)).toMatchObject({ changes: { length: 5 } });
    for (const name of values.keys()) expect(JSON.stringify(filled)).not.toContain(`"${name}"`);
  });

  it('for certain organs names them instead of levels', () => {
    const { changes } = ProposeChange.parse(fillTemplate(template, { values, appliesTo: ['xiangyang-justice'] }));
    for (const change of changes)
      expect(change).toMatchObject({ route: { appliesTo: ['xiangyang-justice'], levels: '*' } });
  });

  it('says which placeholders are open or unknown', () => {
    const some = new Map([['superior-office', 'x']]);
    expect(fillTemplate(template, { values: some, appliesTo: '*' })).toMatchObject({
      refused: 'placeholders_open',
      data: { open: ['first.person', 'second.person'] },
    });
    const more = new Map([...values, ['nobody.knows', 'x']]);
    expect(fillTemplate(template, { values: more, appliesTo: '*' })).toMatchObject({
      refused: 'placeholder_unknown',
      data: { unknown: ['nobody.knows'] },
    });
  });
});
