/** Height of the bar that stays at the top, in pixels. */
export const headerHeight = 52;
