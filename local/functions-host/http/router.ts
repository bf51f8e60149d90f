import type { AppFunction } from "../core/appFunctions.ts";
import { startErrorOf } from "../startError.ts";
import { compileTemplate } from "./routeTemplate.ts";
import type { RouteTemplate } from "./routeTemplate.ts";

/** The function that answers a request, with the values of its route's parameters. */
export interface RouteMatch {
  appFunction: AppFunction;
  params: Record<string, string>;
}

interface Route {
  appFunction: AppFunction;
  methods: Set<string>;
  template: RouteTemplate;
}

/**
 * The host's own routing: functions by name, and the first one whose method and template match wins,
 * whatever is more specific. A wrong method is therefore simply no match (404, never 405), and a disabled
 * function is not there.
 */
export function createRouter(
  functions: AppFunction[],
  routePrefix: string,
): (method: string, path: string) => RouteMatch | undefined {
  const routes: Route[] = [];
  const problems: string[] = [];
  for (const appFunction of functions) {
    const { trigger } = appFunction;
    if (trigger.type !== "http" || appFunction.disabled) continue;
    try {
      const template = compileTemplate(fullRoute(routePrefix, trigger.route));
      routes.push({ appFunction, template, methods: new Set(trigger.methods) });
    } catch (error) {
      problems.push(`Function ${appFunction.name}: ${(error as Error).message}`);
    }
  }
  if (problems.length > 0) throw startErrorOf(problems);

  return (method, path) => {
    const wanted = decodePath(path.slice(1));
    for (const { methods, template, appFunction } of routes) {
      if (!methods.has(method)) continue;
      const params = template.match(wanted);
      if (params) return { appFunction, params };
    }
    return undefined;
  };
}

/** The route as a caller has to write it, without the slash at its start. */
export function fullRoute(routePrefix: string, route: string): string {
  return [routePrefix, route].filter((part) => part !== "").join("/");
}

/** Percent-decodes all but an encoded slash, which never separates segments. */
function decodePath(path: string): string {
  if (!path.includes("%")) return path;
  try {
    return path.split(/%2f/i).map(decodeURIComponent).join("%2F");
  } catch {
    return path;
  }
}
