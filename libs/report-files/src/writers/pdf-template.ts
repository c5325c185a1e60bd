/**
 * The report in the layout of GB/T 9704—2012 as far as it fits a report without letterhead, in the language of Typst: A4, 37 mm above, 28 mm left,
 * 156 × 225 mm of text, 22 lines of 28 characters of 3号 (16 pt) at 28 pt, page numbers `— 1 —` at the outer edge, table heads repeated. Everything
 * somebody typed comes in as data (`sys.inputs.report`, a `PdfInput` as JSON) and is set as strings, which Typst never reads as markup or code.
 */
export const PDF_TEMPLATE = `
#let data = json(bytes(sys.inputs.at("report")))
#let serif = ("Noto Serif SC",)
#let sans = ("Noto Sans SC", "Noto Serif SC")
// 28 characters of 16 pt are a hair wider than 156 mm: each gives way a little.
#let tight = 156mm / 28 - 16pt

#set document(title: data.title, author: data.organ, keywords: data.keywords, date: none)
#set page(
  paper: "a4",
  margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm),
  footer-descent: 7mm,
  footer: context {
    let number = counter(page).get().first()
    let mark = text(size: 14pt, "— " + str(number) + " —")
    if calc.odd(number) [#h(1fr) #mark #h(14pt)] else [#h(14pt) #mark]
  },
)
#set text(
  font: serif, size: 16pt, lang: "zh", region: "cn", fallback: false, hyphenate: false,
  top-edge: 0.8em, bottom-edge: -0.2em, tracking: tight, cjk-latin-spacing: none,
)
#set par(leading: 12pt, spacing: 12pt, justify: true, linebreaks: "simple", first-line-indent: (amount: 2em, all: true))

#show title: it => block(above: 0pt, below: 28pt, width: 100%, {
  set par(leading: 14pt, first-line-indent: 0pt, justify: false)
  set align(center)
  set text(size: 22pt, weight: "regular", stroke: 0.5pt, tracking: 0pt)
  it.body
})
#show heading: set text(size: 16pt, weight: "regular")
#show heading.where(level: 1): set text(font: sans)
#show heading: it => block(above: 12pt, below: 12pt, sticky: true, par(it.body))

#let paragraphs(texts) = for one in texts {
  if one.heading { heading(level: 2, one.text) } else { par(one.text) }
}

#let cell-of(cell) = table.cell(
  colspan: cell.colSpan,
  rowspan: cell.rowSpan,
  align: if cell.label { left + horizon } else { center + horizon },
  cell.text,
)

#let group-of(group) = {
  let head = group.head.flatten().map(cell-of)
  let rows = group.rows.flatten().map(cell-of)
  if head.len() == 0 { rows } else { (table.header(repeat: group.repeat, ..head), ..rows) }
}

#let table-of(one) = {
  set text(size: one.size * 1pt, tracking: 0pt)
  set par(leading: 2pt, spacing: 2pt, justify: false, first-line-indent: 0pt)
  set table.cell(breakable: false)
  block(above: 12pt, below: 16pt, width: 100%, table(
    columns: one.columns.map(share => share * 1fr),
    inset: (x: 2pt, y: 3pt),
    stroke: 0.5pt,
    ..one.groups.map(group-of).flatten(),
  ))
}

#title(data.title)
#paragraphs(data.preface)
#for chapter in data.chapters {
  heading(level: 1, chapter.heading)
  paragraphs(chapter.before)
  for one in chapter.tables { table-of(one) }
  paragraphs(chapter.after)
}
`;
