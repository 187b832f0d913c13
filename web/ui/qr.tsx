/** An address as a QR code, drawn as one path: sharp at any size, on a page, in print and in a PDF. */
import { encodeQR } from 'qr'

/** Light modules that every reader expects around the code. */
const QUIET = 4

export type QrDrawing = {
  /** Modules on each side, those around the code included. */
  readonly size: number
  /** Of the dark modules, in units of a module: for an SVG path, a canvas or a PDF. */
  readonly path: string
}

/** Throws where the text is longer than a code holds (some 2,000 bytes). */
export function qrOf(text: string): QrDrawing {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: QUIET })
  const path = rows
    .flatMap((row, y) => runsOf(row).map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`))
    .join('')
  return { size: rows.length, path }
}

/** Where dark modules begin, and how many follow each other. */
function runsOf(row: readonly boolean[]): (readonly [x: number, length: number])[] {
  const runs: [number, number][] = []
  row.forEach((isDark, x) => {
    if (!isDark) return
    const last = runs.at(-1)
    if (last !== undefined && last[0] + last[1] === x) last[1] += 1
    else runs.push([x, 1])
  })
  return runs
}

type QrProps = {
  readonly text: string
  /** What a reader of the code comes to, for who does not see it. */
  readonly label: string
  /** In pixels. */
  readonly width?: number
}

/** Dark on white in every theme: readers of codes ask for no less. */
export function Qr({ text, label, width = 160 }: QrProps) {
  const { size, path } = qrOf(text)
  return (
    <svg
      class="qr"
      viewBox={`0 0 ${size} ${size}`}
      width={width}
      height={width}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <rect width={size} height={size} fill="#ffffff" />
      <path d={path} fill="#000000" />
    </svg>
  )
}
