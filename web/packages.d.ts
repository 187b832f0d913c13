/** What pages use of packages that bring no types of their own for browsers. */

declare module 'pdfkit' {
  export type StructureOptions = { readonly alt?: string; readonly actual?: string }
  export type TextOptions = {
    readonly width?: number
    readonly lineGap?: number
    readonly align?: 'left' | 'center' | 'right'
    readonly lineBreak?: boolean
    readonly link?: string
  }
  export interface Structure {
    add(child: Structure): this
    end(): void
  }
  export default class PDFDocument {
    constructor(options: Readonly<Record<string, unknown>>)
    readonly page: { readonly width: number; readonly height: number; margins: { bottom: number } }
    x: number
    y: number
    registerFont(name: string, source: ArrayBuffer): this
    font(name: string, size: number): this
    fillColor(colour: string): this
    text(text: string, x: number, y: number, options?: TextOptions): this
    heightOfString(text: string, options?: TextOptions): number
    image(source: string, x: number, y: number, options: Readonly<Record<string, unknown>>): this
    rect(x: number, y: number, width: number, height: number): this
    path(path: string): this
    fill(colour: string): this
    save(): this
    restore(): this
    translate(x: number, y: number): this
    scale(factor: number): this
    addPage(): this
    switchToPage(page: number): unknown
    bufferedPageRange(): { readonly start: number; readonly count: number }
    struct(type: string, options: StructureOptions, children?: readonly (() => void)[]): Structure
    addStructure(element: Structure): this
    markContent(tag: string, options?: Readonly<Record<string, unknown>>): this
    endMarkedContent(): this
    file(source: ArrayBuffer, options: Readonly<Record<string, unknown>>): unknown
    end(): void
  }
}

declare module 'pdfkit/output' {
  import type PDFDocument from 'pdfkit'
  export function toBytes(document: PDFDocument): Promise<Uint8Array>
}

declare module 'fontkit' {
  export interface Path {
    scale(x: number, y: number): Path
    translate(x: number, y: number): Path
    toSVG(): string
  }
  export interface Font {
    readonly unitsPerEm: number
    hasGlyphForCodePoint(codePoint: number): boolean
    /** Shaped; all in units of the font. */
    layout(text: string): {
      readonly advanceWidth: number
      readonly glyphs: readonly { readonly path: Path }[]
      readonly positions: readonly {
        readonly xAdvance: number
        readonly xOffset: number
        readonly yOffset: number
      }[]
    }
  }
  export function create(bytes: Uint8Array): Font
}
