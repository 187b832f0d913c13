/** Writes blocks of text down the pages of a PDF, tagged for who hears it, in our fonts or as the browser draws them. */
import PDFDocument from 'pdfkit'
import type { Structure } from 'pdfkit'
import { toBytes } from 'pdfkit/output'
import { holdsInvisible } from '../../../src/index.ts'
import type { Language } from '../../../src/index.ts'
import { FACES, hasLetters } from './fonts.ts'
import type { Face, FontFiles } from './fonts.ts'
import { drawText } from './raster.ts'
import type { Picture } from './raster.ts'

/** A4, in points. */
export const PAGE = { width: 595.28, height: 841.89 } as const
export const MARGIN = { top: 56, side: 56, bottom: 72 } as const
const BOTTOM = PAGE.height - MARGIN.bottom
/** A block begins on a page only where so much of it fits. */
const LEAST = 36

export type Style = {
  readonly face: Face
  readonly size: number
  readonly colour: string
  readonly lineGap?: number
}

export type Block = Style & {
  readonly tag: 'H1' | 'H2' | 'P'
  readonly text: string
  readonly x: number
  readonly width: number
}

export type Writer = {
  /** Where the next block begins; blocks move it down. */
  y: number
  block(block: Block): void
  /** How high a block will be. */
  heightOf(block: Omit<Block, 'tag' | 'x'>): number
  picture(picture: Picture, x: number, y: number, alt: string): void
  /** Dark modules of a code, of so many points a module. */
  code(path: string, size: number, place: Place, alt: string): void
  /** Drawn, and passed over by who hears the page. */
  bar(x: number, y: number, width: number, height: number, colour: string): void
  /** Begins a page where less than this is left. */
  room(height: number): void
  attach(name: string, type: string, bytes: Uint8Array, description: string): void
  /** @param foot of each page, of its number and how many there are */
  finish(foot: (page: number, pages: number) => string): Promise<Uint8Array>
}

type Place = { readonly x: number; readonly y: number; readonly width: number }

export type About = { readonly title: string; readonly author: string; readonly language: Language }

export function newWriter(fonts: FontFiles, { title, author, language }: About): Writer {
  const document = new PDFDocument({
    size: 'A4',
    margins: { top: MARGIN.top, left: MARGIN.side, right: MARGIN.side, bottom: MARGIN.bottom },
    pdfVersion: '1.7',
    subset: 'PDF/A-3a',
    tagged: true,
    displayTitle: true,
    bufferPages: true,
    lang: language,
    // No face of the viewer's own: every letter is in the file.
    font: null,
    info: { Title: title, Author: author, Creator: 'Inaltera', Producer: 'Inaltera' },
  })
  for (const face of FACES) document.registerFont(face, fonts[face].bytes)
  const root = document.struct('Document', {})
  document.addStructure(root)
  return writerOn(document, root, fonts)
}

function writerOn(document: PDFDocument, root: Structure, fonts: FontFiles): Writer {
  const writer: Writer = {
    y: MARGIN.top,
    block: (block) => {
      const text = visible(block.text)
      writer.room(Math.min(writer.heightOf(block), LEAST))
      if (hasLetters(fonts[block.face], text)) write(document, root, writer, { ...block, text })
      else draw(document, root, writer, { ...block, text })
    },
    heightOf: ({ face, size, text, width, lineGap = 0 }) =>
      document.font(face, size).heightOfString(visible(text), { width, lineGap }),
    picture: ({ source, width, height }, x, y, alt) => {
      const place = () => document.image(source, x, y, { width, height })
      root.add(document.struct('Figure', { alt }, [place]))
    },
    code: (path, size, { x, y, width }, alt) => {
      const place = (): void => {
        document
          .save()
          .translate(x, y)
          .scale(width / size)
        document.path(path).fill('#000000').restore()
      }
      root.add(document.struct('Figure', { alt }, [place]))
    },
    bar: (x, y, width, height, colour) => {
      document.markContent('Artifact', { type: 'Layout' })
      document.rect(x, y, width, height).fill(colour)
      document.endMarkedContent()
    },
    room: (height) => {
      if (writer.y + height <= BOTTOM) return
      document.addPage()
      writer.y = MARGIN.top
    },
    attach: (name, type, bytes, description) => {
      const { buffer } = new Uint8Array(bytes)
      document.file(buffer, {
        name,
        type,
        description,
        relationship: 'Source',
        creationDate: new Date(),
        modifiedDate: new Date(),
      })
    },
    finish: (foot) => {
      writeFeet(document, foot)
      root.end()
      document.end()
      return toBytes(document)
    },
  }
  return writer
}

/** By the PDF's own fonts: it breaks lines and pages. */
function write(document: PDFDocument, root: Structure, writer: Writer, block: Block): void {
  const { tag, text, x, width, face, size, colour, lineGap = 0 } = block
  const place = (): void => {
    document.font(face, size).fillColor(colour).text(text, x, writer.y, { width, lineGap })
  }
  root.add(document.struct(tag, {}, [place]))
  writer.y = document.y
}

/** By the browser, line by line; what is read aloud and searched is the text itself. */
function draw(document: PDFDocument, root: Structure, writer: Writer, block: Block): void {
  for (const line of drawText(block.text, block)) {
    writer.room(line.height)
    const place = (): void => {
      const { source, width, height } = line
      document.image(source, block.x, writer.y, { width, height })
    }
    root.add(document.struct(block.tag, { actual: line.text }, [place]))
    writer.y += line.height
  }
}

function writeFeet(document: PDFDocument, foot: (page: number, pages: number) => string): void {
  const { start, count } = document.bufferedPageRange()
  for (let page = start; page < start + count; page += 1) {
    document.switchToPage(page)
    // Below the margin, where text would else begin a page of its own.
    document.page.margins.bottom = 0
    document.markContent('Artifact', { type: 'Pagination' })
    const text = foot(page - start + 1, count)
    const options = { lineBreak: false, width: PAGE.width - 2 * MARGIN.side } as const
    document.font('sans', 8).fillColor('#545b64')
    document.text(text, MARGIN.side, PAGE.height - 44, options)
    document.endMarkedContent()
  }
}

/** Characters that nobody sees stand as their number, as on the pages. */
function visible(text: string): string {
  if (!holdsInvisible(text)) return text
  return Array.from(text, (character) => {
    if (!holdsInvisible(character)) return character
    const code = character.codePointAt(0) ?? 0
    return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`
  }).join('')
}
