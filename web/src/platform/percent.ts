/** A share of 0 to 1 in per cent. What is not quite nothing never reads as nothing, nor what is not all as all. */
export function percent(share: number): string {
  if (share > 0 && share < 0.001) return "< 0.1 %";
  if (share < 1 && share > 0.999) return "> 99.9 %";
  return `${Number((share * 100).toFixed(1))} %`;
}
