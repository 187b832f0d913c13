/** The room for the scale of a chart, left of its bars, in pixels. */
export const SCALE_WIDTH = 44
