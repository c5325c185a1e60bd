import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readLocalFile } from './local-file.js';

describe('a file that cannot be read', () => {
  it.each([
    ['is not there', 'absent.docx', /没有这个文件或文件夹，请核对路径。$/, /check the path\.$/],
    ['is a folder', '.', /这是文件夹，请给出其中的文件。$/, /it is a folder; name a file in it\.$/],
  ])('says why in words when it %s', async (_what, name, zh, en) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'sunward-files-'));
    try {
      await expect(readLocalFile(path.join(folder, name))).rejects.toMatchObject({
        code: 'file_unreadable',
        sentence: { zh: expect.stringMatching(zh), en: expect.stringMatching(en) },
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the program', () => {
  it('ends as it would when nobody reads its output to the end', () => {
    const { stderr } = spawnSync(
      'sh',
      ['-c', '{ "$0" dist/run/sunward.js --help; echo $? >&2; } | true', process.execPath],
      {
        encoding: 'utf8',
      },
    );
    expect(stderr).toBe('0\n');
  });
});
