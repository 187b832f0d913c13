/** The room left of a chart's bars, for its scale, in pixels. */
export const SCALE_WIDTH = 44
/** The room right of them, for half of the last day's name. */
export const END_WIDTH = 18
