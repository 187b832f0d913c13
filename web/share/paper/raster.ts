/** What a PDF cannot write by itself, drawn by the browser: text in scripts that our fonts lack, and pictures. */
import type { Face } from './fonts.ts'

/** Pixels for each point: sharp in print. */
const SHARP = 4
const QUALITY = 0.95
const LEADING = 1.5
const MAX_LINES = 400
const FAMILIES: Readonly<Record<Face, string>> = {
  serif: '400 {size}px "Source Serif 4 Variable", Georgia, serif',
  'serif-bold': '600 {size}px "Source Serif 4 Variable", Georgia, serif',
  sans: '400 {size}px "Inter Variable", system-ui, sans-serif',
  'sans-bold': '600 {size}px "Inter Variable", system-ui, sans-serif',
}
const RIGHT_TO_LEFT =
  /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u

export type Picture = {
  /** `data:` of a JPEG. */
  readonly source: string
  /** In points. */
  readonly width: number
  readonly height: number
}

export type Drawn = {
  readonly face: Face
  /** In points, as the width. */
  readonly size: number
  readonly colour: string
  readonly width: number
}

export type DrawnLine = Picture & { readonly text: string }

/** One picture for each line, so that lines can stand on different pages. */
export function drawText(text: string, drawn: Drawn): readonly DrawnLine[] {
  const { context } = canvasOf(1, 1)
  setFont(context, text, drawn)
  return linesOf(context, text, drawn.width * SHARP)
    .slice(0, MAX_LINES)
    .map((line) => drawLine(line, text, drawn))
}

function drawLine(line: string, text: string, drawn: Drawn): DrawnLine {
  const { width, size, colour } = drawn
  const height = size * LEADING
  const { canvas, context } = canvasOf(width * SHARP, height * SHARP)
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  setFont(context, text, drawn)
  context.fillStyle = colour
  context.textBaseline = 'middle'
  context.fillText(line, 0, canvas.height / 2)
  return { text: line, source: sourceOf(canvas), width, height }
}

function setFont(context: CanvasRenderingContext2D, text: string, { face, size }: Drawn): void {
  context.font = FAMILIES[face].replace('{size}', String(size * SHARP))
  context.direction = RIGHT_TO_LEFT.test(text) ? 'rtl' : 'ltr'
  // Whatever its direction, it begins where the lines around it begin, as on the page.
  context.textAlign = 'left'
}

/** Broken between words, as each script has them. */
function linesOf(context: CanvasRenderingContext2D, text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)) {
    if (line !== '' && context.measureText(line + segment).width > width) {
      lines.push(line.trim())
      line = ''
    }
    line += segment
  }
  return [...lines, line.trim()].filter((one) => one !== '')
}

/**
 * A picture of a document or a profile as a JPEG, within a square of so many points.
 * @param source `data:` of a picture; @returns undefined where the browser cannot read it
 */
export async function drawPicture(source: string, points: number): Promise<Picture | undefined> {
  const image = new Image()
  image.src = source
  try {
    await image.decode()
  } catch {
    return undefined
  }
  // A drawing without measures of its own is a square.
  const [wide, high] = [image.naturalWidth || points, image.naturalHeight || points]
  const factor = points / Math.max(wide, high)
  const [width, height] = [wide * factor, high * factor]
  const { canvas, context } = canvasOf(width * SHARP, height * SHARP)
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(image, 0, 0, canvas.width, canvas.height)
  return { source: sourceOf(canvas), width, height }
}

/** A PDF holds a JPEG as it is; a PNG its maker would unpack in a worker of its own, which no page of ours lets it. */
function sourceOf(canvas: HTMLCanvasElement): string {
  return canvas.toDataURL('image/jpeg', QUALITY)
}

export function canvasOf(
  width: number,
  height: number,
): { readonly canvas: HTMLCanvasElement; readonly context: CanvasRenderingContext2D } {
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(width))
  canvas.height = Math.max(1, Math.round(height))
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('this browser draws nothing')
  return { canvas, context }
}
