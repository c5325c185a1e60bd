/** A stretch of running text of a report: a paragraph of a chapter (`paragraph` from 0), its title or its preface. */
export type Passage = { readonly chapter: number; readonly paragraph: number } | { readonly part: 'title' | 'preface' };
