/** Id of the event log in the page, so that other parts of a screen can bring it into view. */
export const eventLogId = "event-log";

/** Id of the button in the log that opens an event. */
export const openButtonId = (eventId: string): string => `open-${eventId}`;

/** Puts the focus on the heading of the event log, for when what had the focus goes. It does not scroll. */
export function focusLog(): void {
  const heading = document.getElementById(eventLogId)?.querySelector("h2");
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

/** Puts the focus on an event in the log, or on the log's heading when the event is not shown there. */
export function focusEvent(eventId: string): void {
  const button = document.getElementById(openButtonId(eventId));
  if (button) button.focus();
  else focusLog();
}
