import { NavigationType } from "react-router";
import { beforeEach, describe, expect, it } from "vitest";
import { guardHistory } from "./guardHistory.ts";
import type { Move, PageHistory } from "./guardHistory.ts";

/** A history as the browser keeps it: going back or forward is told after it has happened. */
function browserHistory(paths: string[]): PageHistory {
  let index = paths.length - 1;
  let tell: (move: Move) => void = () => {};
  const location = () => ({ pathname: paths[index] ?? "", search: "", hash: "", state: null, key: "" });
  const moved = (action: NavigationType, delta: number): void =>
    tell({ action, location: location(), delta });
  const to = (action: NavigationType, delta: number) => (target: unknown) => {
    index += delta;
    paths.splice(index, Infinity, (target as { pathname: string }).pathname);
    moved(action, delta);
  };
  return {
    ...{ action: NavigationType.Pop, location: location(), createHref: String },
    push: to(NavigationType.Push, 1),
    replace: to(NavigationType.Replace, 0),
    go(delta) {
      index += delta;
      moved(NavigationType.Pop, delta);
    },
    listen(heard) {
      tell = heard;
      return () => {};
    },
  };
}

let unsaved: boolean;
let leave: (() => void) | null;
/** The pages that the router has shown, the last one last. */
let shown: string[];
let history: PageHistory;

beforeEach(() => {
  unsaved = true;
  leave = null;
  shown = ["/mapping"];
  history = guardHistory(browserHistory(["/log", "/mapping"]), (go) => {
    if (unsaved) leave = go;
    return unsaved;
  });
  history.listen(({ location }) => shown.push(location.pathname));
});

const follow = (pathname: string): void => history.push({ pathname, search: "", hash: "" });

describe("a page with unsaved changes", () => {
  it("is left by a link only after the answer", () => {
    follow("/alerts");
    expect(shown).toEqual(["/mapping"]);
    leave?.();
    expect(shown).toEqual(["/mapping", "/alerts"]);
  });

  it("is left by going back only after the answer", () => {
    history.go(-1);
    expect(shown).toEqual(["/mapping"]);
    leave?.();
    expect(shown).toEqual(["/mapping", "/log"]);
  });

  it("asks each time, as long as the answer is to stay", () => {
    history.go(-1);
    leave = null;
    history.go(-1);
    expect([shown, leave]).toEqual([["/mapping"], expect.any(Function)]);
  });

  it("is not left by another query on it", () => {
    history.replace({ pathname: "/mapping", search: "?field=email", hash: "" });
    expect([shown, leave]).toEqual([["/mapping", "/mapping"], null]);
  });
});

it("a page without unsaved changes is left at once", () => {
  unsaved = false;
  follow("/alerts");
  history.go(-1);
  expect(shown).toEqual(["/mapping", "/alerts", "/mapping"]);
});
