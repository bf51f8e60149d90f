import { lazy } from "react";
import type { ComponentType } from "react";

/** A component that is loaded when it is shown first, by the name under which its module exports it. */
export function lazyNamed<Name extends string, Props>(
  load: () => Promise<Record<Name, ComponentType<Props>>>,
  name: Name,
) {
  return lazy(async () => ({ default: (await load())[name] }));
}
