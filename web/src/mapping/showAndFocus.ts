/** As a `ref`: brings an element into sight as soon as it is there, and goes on from it. */
export function showAndFocus(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: "center" });
  element?.focus({ preventScroll: true });
}
