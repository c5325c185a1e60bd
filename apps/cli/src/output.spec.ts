import { describe, expect, it } from '@jest/globals';
import { CommandFailure, EXIT } from './exit-code.js';
import { columns, outputTo } from './output.js';

function written(json: boolean): { out: string[]; err: string[]; output: ReturnType<typeof outputTo> } {
  const out: string[] = [];
  const err: string[] = [];
  return {
    out,
    err,
    output: outputTo(
      (line) => out.push(line),
      (line) => err.push(line),
      { json, language: 'zh' },
    ),
  };
}

const failure = new CommandFailure(EXIT.finding, 'no_open_seat', { zh: '没有席位', en: 'no seat' }, { case: 'x' });

describe('output', () => {
  it('is one JSON value and nothing else with --json', () => {
    const { out, err, output } = written(true);
    output.say({ zh: '一行', en: 'a line' });
    output.result({ ok: true });
    expect([out, err]).toEqual([['{"ok":true}'], []]);
  });

  it('names the stable code of a failure in JSON', () => {
    const { out, output } = written(true);
    output.fail(failure);
    expect(out.map((line) => JSON.parse(line) as unknown)).toEqual([
      { ok: false, code: 'no_open_seat', message: { zh: '没有席位', en: 'no seat' }, data: { case: 'x' } },
    ]);
  });

  it('speaks to people otherwise, failures to stderr', () => {
    const { out, err, output } = written(false);
    output.say({ zh: '一行', en: 'a line' });
    output.result({ ok: true });
    output.fail(failure);
    expect([out, err]).toEqual([['一行'], ['✗ 没有席位']]);
  });

  it('aligns columns where a Chinese character is two wide', () => {
    expect(columns([['初审', 'a'], ['x', 'b'], []])).toEqual(['初审  a', 'x     b', '']);
  });
});
