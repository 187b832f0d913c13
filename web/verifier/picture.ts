/** The text of a QR code in a picture that the reader chose. Its pixels stay here; nothing of it is drawn on the page. */
import { decodeQR } from 'qr/decode.js'

/** A photograph of a telephone is larger, and no easier to read. */
const MAX_SIDE = 2_000
/** Larger ones are first made smaller: a code that fills the picture reads best there. */
const SIDES = [MAX_SIDE, 900, 400]
const EFFORT_MS = 1_500

/** Undefined where there is none, it cannot be read, or the file is no picture that this browser knows. */
export async function qrInPicture(picture: Blob): Promise<string | undefined> {
  const bitmap = await bitmapOf(picture)
  if (bitmap === undefined) return undefined
  try {
    for (const side of SIDES) {
      const text = decoded(pixelsOf(bitmap, side))
      if (text !== undefined) return text
    }
    return undefined
  } finally {
    bitmap.close()
  }
}

async function bitmapOf(picture: Blob): Promise<ImageBitmap | undefined> {
  try {
    return await createImageBitmap(picture)
  } catch {
    // Whatever the browser has against it, it is no picture for us.
    return undefined
  }
}

function pixelsOf(bitmap: ImageBitmap, most: number): ImageData {
  const scale = Math.min(1, most / Math.max(bitmap.width, bitmap.height))
  const width = Math.max(1, Math.round(bitmap.width * scale))
  const height = Math.max(1, Math.round(bitmap.height * scale))
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context === null) throw new Error('this browser draws nothing out of sight')
  // A code printed on nothing is read as on paper.
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, width, height)
  context.drawImage(bitmap, 0, 0, width, height)
  return context.getImageData(0, 0, width, height)
}

function decoded({ width, height, data }: ImageData): string | undefined {
  try {
    return decodeQR({ width, height, data }, { timeLimit: EFFORT_MS, effort: 3 })
  } catch {
    // Its way of saying that there is none.
    return undefined
  }
}
