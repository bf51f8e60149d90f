import { describe, expect, it } from "vitest";
import {
  addOlder,
  asideLabel,
  neighbours,
  showAside,
  startList,
  takeNewest,
  takeOlder,
} from "./eventList.ts";
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
    const list = takeNewest(startList(page([3, 2, 1])), page([5, 4, 3], "cursor-of-3"), false);
    expect(seconds(list.shown)).toEqual([5, 4, 3]);
    expect([...list.arrived].map(Number)).toEqual([5, 4]);
    expect(list.nextCursor).toBe("cursor-of-3");
  });

  it("sets new events aside while the list is held, and shows them when asked", () => {
    const held = takeNewest(startList(page([3, 2, 1])), page([5, 4, 3]), true);
    expect(seconds(held.shown)).toEqual([3, 2, 1]);
    expect(asideLabel(held)).toBe("2 new events");
    const open = showAside(held);
    expect(seconds(open.shown)).toEqual([5, 4, 3]);
    expect(asideLabel(open)).toBeNull();
  });

  it("counts each waiting event once, however often the page is read", () => {
    const once = takeNewest(startList(page([1])), page([2, 1]), true);
    expect(asideLabel(takeNewest(once, page([2, 1]), true))).toBe("1 new event");
  });

  it("says that there are more when a page does not tell all", () => {
    expect(asideLabel(takeNewest(startList(page([2, 1])), page([9, 8]), true))).toBe("2+ new events");
    expect(asideLabel(takeNewest(startList(page([], null)), page([9], null), true))).toBe("1 new event");
  });

  it("does not take events for new that moved up because others left the filter", () => {
    const shown = startList(page([9, 8, 7, 6], "older"));
    const newest = page([9, 6, 5, 4]);
    expect(takeNewest(shown, newest, false).arrived.size).toBe(0);
    expect(asideLabel(takeNewest(shown, newest, true))).toBeNull();
    const withOneNew = takeNewest(shown, page([10, 9, 6, 5]), true);
    expect(asideLabel(withOneNew)).toBe("1 new event");
    expect([...showAside(withOneNew).arrived].map(Number)).toEqual([10]);
  });

  it("takes for new what was received before others and recorded after them", () => {
    expect(asideLabel(takeNewest(startList(page([9, 7])), page([9, 8, 7]), true))).toBe("1 new event");
    expect(asideLabel(takeNewest(startList(page([9], null)), page([9, 8], null), true))).toBe("1 new event");
  });

  it("brings a shown event up to date where it stands", () => {
    const newest = {
      ...page([3, 2, 1]),
      items: [event(3), event(2, { outcome: "error", attempts: 2 }), event(1)],
    };
    const list = takeNewest(startList(page([3, 2, 1])), newest, true);
    expect(list.shown[1]).toMatchObject({ outcome: "error", attempts: 2 });
    expect(asideLabel(list)).toBeNull();
  });

  it("lets go of what has left the log, but not while the list is held", () => {
    const shown = startList(page([9, 8, 7, 6]));
    expect(seconds(takeNewest(shown, page([9, 7, 6, 5]), true).shown)).toEqual([9, 8, 7, 6]);
    expect(seconds(takeNewest(shown, page([9, 7, 6, 5]), false).shown)).toEqual([9, 7, 6, 5]);
  });

  it("lets go of what has left a long list only as far down as the newest page tells", () => {
    const long = addOlder(startList(page([9, 8, 7], "c7")), page([6, 5, 4], "c4"));
    const after = (newest: EventPage) => seconds(takeNewest(long, newest, false).shown);
    expect(seconds(takeNewest(long, page([9, 7, 6], "c6"), true).shown)).toEqual([9, 8, 7, 6, 5, 4]);
    expect(after(page([9, 7, 6], "c6"))).toEqual([9, 7, 6, 5, 4]);
    expect(after(page([9, 7], null))).toEqual([9, 7]);
    expect(after(page([], "further"))).toEqual([9, 8, 7, 6, 5, 4]);
    expect(takeNewest(long, page([9, 7], null), false).nextCursor).toBeNull();
    expect(takeNewest(long, page([9, 7, 6], "c6"), false).nextCursor).toBe("c4");
  });

  it("adds older pages without repeating an event, and stays still from then on", () => {
    const list = addOlder(startList(page([4, 3], "c1")), page([3, 2, 1], null));
    expect(seconds(list.shown)).toEqual([4, 3, 2, 1]);
    expect(list.nextCursor).toBeNull();
    const later = takeNewest(list, page([5, 4], "c2"), false);
    expect(seconds(later.shown)).toEqual([4, 3, 2, 1]);
    expect(asideLabel(later)).toBe("1 new event");
  });
});

describe("an older page", () => {
  const asked = { key: "errors", cursor: "c1" };
  const current = { key: "errors", list: startList(page([4, 3], "c1")) };

  it("is added to the list that it was asked for", () => {
    const list = takeOlder(current, asked, page([2, 1], null))?.list;
    expect(list && seconds(list.shown)).toEqual([4, 3, 2, 1]);
  });

  it("is left out when another filter was chosen meanwhile", () => {
    const other = { ...current, key: "all" };
    expect(takeOlder(other, asked, page([2, 1]))).toBe(other);
    expect(takeOlder(null, asked, page([2, 1]))).toBeNull();
  });

  it("is left out when the list began anew meanwhile, so that no event between is missing", () => {
    const anew = { key: "errors", list: startList(page([9, 8], "c8")) };
    expect(takeOlder(anew, asked, page([2, 1]))).toBe(anew);
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
