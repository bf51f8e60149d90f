/** Height of the chart of the day, in pixels; its placeholders have the same, so that nothing jumps. */
export const chartHeight = 280;
