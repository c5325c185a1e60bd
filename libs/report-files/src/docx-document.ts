import { refuse, type Refusal } from '#domain/decision';
import type { ReportDocument } from '#report/readers/report-document';
import { DocxBody } from './docx-body.js';
import { readNumbering } from './docx-numbering.js';
import type { Notices } from './notices.js';
import { walkXml } from './xml-door.js';
import type { Package } from './zip-door.js';

/**
 * A Word document (ECMA-376) as a document. Tracked changes are refused unless a person says whether to accept or reject them; hidden text is not
 * read and reported, and so are links to contents outside the file, which are never followed. Refuses tracked_changes (insertions, deletions, sample),
 * broken_file. Throws UnsafePart, UnsafeXml.
 */
export async function docxDocument(
  opened: Package,
  changes: 'refuse' | 'accept' | 'reject',
): Promise<ReportDocument | Refusal> {
  const main = await mainPart(opened);
  const bytes = await opened.part(main);
  if (bytes === null) return refuse('broken_file', { why: `${main} is missing` });
  const numbering = readNumbering(await opened.part('word/numbering.xml'));
  const body = new DocxBody(numbering, changes === 'reject' ? 'reject' : 'accept');
  walkXml(bytes, main, body);
  const insertions = body.notices.count('tracked_insertions');
  const deletions = body.notices.count('tracked_deletions');
  if (changes === 'refuse' && insertions + deletions > 0) {
    const sample = body.notices.list().find(({ code }) => code.startsWith('tracked_'))?.sample ?? '';
    return refuse('tracked_changes', { insertions, deletions, sample });
  }
  await noteOutside(opened, main, body.notices);
  return { kind: 'docx', blocks: body.blocks, notices: body.notices.list() };
}

/** The main part as the package says; the usual place when it does not. */
async function mainPart(opened: Package): Promise<string> {
  let main = 'word/document.xml';
  const bytes = await opened.part('_rels/.rels');
  if (bytes === null) return main;
  walkXml(bytes, '_rels/.rels', {
    open: (name, { Type: type = '', Target: target = '' }) => {
      if (name === 'Relationship' && type.endsWith('/officeDocument')) main = target.replace(/^\//, '');
    },
    close: () => undefined,
    text: () => undefined,
  });
  return main;
}

/** Links a reader of the file would follow by itself; a hyperlink waits for a click and is harmless. */
async function noteOutside(opened: Package, main: string, notices: Notices): Promise<void> {
  const folder = main.slice(0, main.lastIndexOf('/') + 1);
  for (const part of [`${folder}_rels/${main.slice(folder.length)}.rels`, `${folder}_rels/settings.xml.rels`]) {
    const bytes = await opened.part(part);
    if (bytes === null) continue;
    walkXml(bytes, part, {
      open: (name, { TargetMode: mode, Type: type = '', Target: target = '' }) => {
        if (name === 'Relationship' && mode === 'External' && !type.endsWith('/hyperlink'))
          notices.add('external_links', target, {});
      },
      close: () => undefined,
      text: () => undefined,
    });
  }
  const embedded = opened.names.filter((name) => /^word\/(?:embeddings|activeX)\//.test(name));
  for (const name of embedded) notices.add('embedded_objects', name, {});
  const furniture = opened.names.filter((name) => /^word\/(?:header|footer)\d*\.xml$/.test(name));
  for (const name of furniture) notices.add('page_furniture', name, {});
}
