import { z } from "zod";

const TextBlock = z.looseObject({
  type: z.literal("TextBlock"),
  text: z.string(),
  weight: z.string().optional(),
  size: z.string().optional(),
  color: z.string().optional(),
  isSubtle: z.boolean().optional(),
});

const FactSet = z.looseObject({
  type: z.literal("FactSet"),
  facts: z.array(z.looseObject({ title: z.string(), value: z.string() })),
});

/** What Teams can show and this page names without showing it. */
const OtherElement = z.looseObject({
  type: z.string().refine((type) => type !== "TextBlock" && type !== "FactSet"),
});

const OpenUrl = z.looseObject({
  type: z.literal("Action.OpenUrl"),
  title: z.string().optional(),
  url: z.url({ protocol: /^https?$/ }),
});

const OtherAction = z.looseObject({
  type: z.string().refine((type) => type !== "Action.OpenUrl"),
});

/** A part of a card, and where in it. */
interface Place {
  part: object;
  name: string;
  above: Place | null;
}

/** A card from a webhook has nobody to answer to, so Teams refuses `Action.Submit` anywhere in it, however deep. */
function pathToSubmit(card: object): string[] | null {
  const places: Place[] = [{ part: card, name: "", above: null }];
  for (const place of places) {
    if ("type" in place.part && place.part.type === "Action.Submit") return pathTo(place);
    for (const [name, part] of Object.entries(place.part) as [string, unknown][])
      if (typeof part === "object" && part !== null) places.push({ part, name, above: place });
  }
  return null;
}

function pathTo(place: Place): string[] {
  const path: string[] = [];
  for (let at = place; at.above; at = at.above) path.unshift(at.name);
  return path;
}

/** The parts of an Adaptive Card that are checked; all else passes through. Teams shows versions up to 1.5. */
export const AdaptiveCard = z
  .looseObject({
    type: z.literal("AdaptiveCard"),
    version: z.string().regex(/^1\.[0-5]$/, "Teams shows Adaptive Cards of version 1.0 to 1.5"),
    body: z.array(z.union([TextBlock, FactSet, OtherElement])).default([]),
    actions: z.array(z.union([OpenUrl, OtherAction])).default([]),
  })
  .superRefine((card, context) => {
    const path = pathToSubmit(card);
    if (path) context.addIssue({ code: "custom", path, message: "A webhook's card cannot submit anything" });
  });

/** A card that Teams would show. */
export type AdaptiveCard = z.infer<typeof AdaptiveCard>;
/** One element of a card's body. */
export type CardElement = AdaptiveCard["body"][number];
/** One action of a card. */
export type CardAction = AdaptiveCard["actions"][number];

/** Tells an element from those that this page only names. */
export function isTextBlock(element: CardElement): element is z.infer<typeof TextBlock> {
  return element.type === "TextBlock";
}

/** Tells an element from those that this page only names. */
export function isFactSet(element: CardElement): element is z.infer<typeof FactSet> {
  return element.type === "FactSet";
}

/** Tells an action from those that this page only names. */
export function isOpenUrl(action: CardAction): action is z.infer<typeof OpenUrl> {
  return action.type === "Action.OpenUrl";
}
