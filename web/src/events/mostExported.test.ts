import { expect, it } from "vitest";
import { exportCeiling } from "../../../functions/contracts/portal.ts";
import { mostExported } from "./mostExported.ts";

it("is the ceiling that the API keeps", () => expect(mostExported).toBe(exportCeiling));
