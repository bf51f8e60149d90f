import { describe, expect, it } from "vitest";
import { addOlder, neighbours, showWaiting, startList, takeNewest, waitingLabel } from "./eventList.ts";
import type { EventPage, EventSummary } from "../../../functions/contracts/portal.ts";

function event(second: number, change: Partial<EventSummary> = {}): EventSummary {
  const at = new Date(Date.UTC(2026, 10, 21, 12, 0, second)).toISOString();
  return {
    eventId: String(second).padStart(32, "0"),
    organizationId: "nordic",
    outcome: "success",
    code: null,
    message: null,
    eventType: "contact.Update",
    table: "contact",
    recordId: null,
    receivedAt: at,
    processedAt: at,
    attempts: 1,
    nextAttemptAt: null,
    ...change,
  };
}
const page = (seconds: number[], nextCursor: string | null = "older"): EventPage => ({
  items: seconds.map((second) => event(second)),
  nextCursor,
});
const seconds = (events: EventSummary[]) => events.map(({ eventId }) => Number(eventId));

describe("the event list", () => {
  it("shows new events at once while nothing is being read", () => {
    const list = takeNewest(startList(page([3, 2, 1])), page([5, 4, 3]), false);
    expect(seconds(list.shown)).toEqual([5, 4, 3, 2, 1]);
    expect([...list.arrived].map(Number)).toEqual([5, 4]);
    expect(list.nextCursor).toBe("older");
  });

  it("sets new events aside while the list is held, and shows them when asked", () => {
    const held = takeNewest(startList(page([3, 2, 1])), page([5, 4, 3]), true);
    expect(seconds(held.shown)).toEqual([3, 2, 1]);
    expect(waitingLabel(held)).toBe("2 new events");
    const open = showWaiting(held);
    expect(seconds(open.shown)).toEqual([5, 4, 3, 2, 1]);
    expect(open.waiting).toEqual([]);
  });

  it("counts each waiting event once, however often the page is read", () => {
    const once = takeNewest(startList(page([1])), page([2, 1]), true);
    expect(waitingLabel(takeNewest(once, page([2, 1]), true))).toBe("1 new event");
  });

  it("brings a shown event up to date where it stands", () => {
    const newest = { ...page([3, 2, 1]), items: [event(3), event(2, { outcome: "error", attempts: 2 }), event(1)] };
    const list = takeNewest(startList(page([3, 2, 1])), newest, true);
    expect(list.shown[1]).toMatchObject({ outcome: "error", attempts: 2 });
    expect(list.waiting).toEqual([]);
  });

  it("puts an event that was processed late where its time belongs", () => {
    const list = takeNewest(startList(page([4, 3, 1])), page([4, 3, 2, 1]), false);
    expect(seconds(list.shown)).toEqual([4, 3, 2, 1]);
  });

  it("begins anew when more arrived than a page holds, rather than leaving a gap", () => {
    const held = takeNewest(startList(page([2, 1])), page([9, 8], "cursor-of-8"), true);
    expect(seconds(held.shown)).toEqual([2, 1]);
    expect(waitingLabel(held)).toBe("2+ new events");
    const open = showWaiting(held);
    expect(seconds(open.shown)).toEqual([9, 8]);
    expect(open.nextCursor).toBe("cursor-of-8");
  });

  it("fills an empty list with the first events that ever arrive", () => {
    expect(seconds(takeNewest(startList(page([], null)), page([1], null), false).shown)).toEqual([1]);
  });

  it("adds older pages without repeating an event", () => {
    const list = addOlder(startList(page([4, 3], "c1")), page([3, 2, 1], null));
    expect(seconds(list.shown)).toEqual([4, 3, 2, 1]);
    expect(list.nextCursor).toBeNull();
  });
});

describe("neighbours", () => {
  it("finds the event before and after, and none beyond the ends", () => {
    const { shown } = startList(page([3, 2, 1]));
    const ids = (second: number) => {
      const { previous, next } = neighbours(shown, event(second).eventId);
      return [previous?.eventId ?? null, next?.eventId ?? null].map((id) => id && Number(id));
    };
    expect(ids(2)).toEqual([3, 1]);
    expect(ids(3)).toEqual([null, 2]);
    expect(ids(1)).toEqual([2, null]);
    expect(ids(9)).toEqual([null, null]);
  });
});
