import { NavigationType, parsePath } from "react-router";
import type { Location, Navigator, To } from "react-router";

/** A move to another address; `delta` tells how far back or forward, null where that is unknown. */
export interface Move {
  action: NavigationType;
  location: Location;
  delta: number | null;
}

/** The browser's history as the router knows it. */
export interface PageHistory extends Navigator {
  readonly action: Move["action"];
  readonly location: Location;
  listen: (heard: (move: Move) => void) => () => void;
}

/**
 * A history whose page is not left before `ask` agrees: it is given what leaves, and answers false when there is
 * nothing to ask. Another query on the same page is no leaving. Going back or forward is only heard of once it has
 * happened, so it is taken back first, and neither that nor the move after the answer is asked about again.
 */
export function guardHistory(history: PageHistory, ask: (leave: () => void) => boolean): PageHistory {
  let here = history.location.pathname;
  let ownMove: "return" | "leave" | null = null;
  const leaves = (pathname: string | undefined): boolean => pathname !== undefined && pathname !== here;
  const guarded =
    (move: Navigator["push"]): Navigator["push"] =>
    (to, ...rest) => {
      const go = (): void => move(to, ...rest);
      if (!leaves(pathnameOf(to)) || !ask(go)) go();
    };
  return {
    ...{ action: history.action, location: history.location },
    createHref: history.createHref,
    go: history.go,
    push: guarded((...to) => history.push(...to)),
    replace: guarded((...to) => history.replace(...to)),
    listen: (heard) =>
      history.listen((move) => {
        const own = ownMove;
        ownMove = null;
        if (own === "return") return;
        const { action, location, delta } = move;
        const back = action === NavigationType.Pop && own === null && delta ? delta : null;
        const leave = (): void => {
          ownMove = "leave";
          history.go(back ?? 0);
        };
        if (back !== null && leaves(location.pathname) && ask(leave)) {
          ownMove = "return";
          history.go(-back);
          return;
        }
        here = location.pathname;
        heard(move);
      }),
  };
}

function pathnameOf(to: To): string | undefined {
  return typeof to === "string" ? parsePath(to).pathname : to.pathname;
}
