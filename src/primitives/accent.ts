/** An issuer's colour as ink on the paper of its certificates: darkened until it can be read there. */

/** Of every sheet, on pages and in pictures: `--paper` of the pages' style. */
const PAPER: Rgb = [0xfd, 0xfc, 0xf9]
/** Of text, WCAG 2.2 AA. */
const ENOUGH = 4.5

type Rgb = readonly [red: number, green: number, blue: number]

/** The first of the colours that is one, as `#rrggbb` of at least 4.5:1 on paper; undefined where none is. */
export function accentOf(colours: readonly string[] | undefined): string | undefined {
  const colour = colours?.map(rgbOf).find((one) => one !== undefined)
  return colour === undefined ? undefined : printed(darkened(colour))
}

/** 1 to 21, by WCAG 2.2. */
export function contrastOnPaper(colour: string): number {
  const rgb = rgbOf(colour)
  return rgb === undefined ? 1 : contrast(rgb, PAPER)
}

function rgbOf(text: string): Rgb | undefined {
  const [, long, short] = /^#(?:([0-9a-f]{6})|([0-9a-f]{3}))$/i.exec(text.trim()) ?? []
  const digits = long ?? short?.replaceAll(/./g, '$&$&')
  if (digits === undefined) return undefined
  const at = (place: number): number => Number.parseInt(digits.slice(place, place + 2), 16)
  return [at(0), at(2), at(4)]
}

function darkened(colour: Rgb): Rgb {
  let dark = colour
  while (contrast(dark, PAPER) < ENOUGH) {
    const [red, green, blue] = dark
    dark = [Math.floor(red * 0.95), Math.floor(green * 0.95), Math.floor(blue * 0.95)]
  }
  return dark
}

function contrast(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)
}

function luminance(colour: Rgb): number {
  const [red = 0, green = 0, blue = 0] = colour.map((part) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function printed(colour: Rgb): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`
}
