import { useEffect, useRef, useState } from "react";
import { headerHeight } from "../shell/layout.ts";
import type { RefObject } from "react";

/** Whether an element has been scrolled up out of sight, below the bar that stays at the top. */
export function useScrolledPast<T extends HTMLElement>(): { ref: RefObject<T | null>; past: boolean } {
  const ref = useRef<T>(null);
  const [past, setPast] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const observer = new IntersectionObserver(
      ([entry]) => entry && setPast(!entry.isIntersecting && entry.boundingClientRect.top < headerHeight),
      { rootMargin: `-${headerHeight}px 0px 0px 0px` },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, past };
}
