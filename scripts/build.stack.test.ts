import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { sampleOrganization } from "../local/stack/sampleOrganizations.ts";
import { temporaryStack } from "../local/stack/options.ts";
import { startStack } from "../local/stack/stack.ts";
import { sendWebhook, webhookBody } from "../local/testing/api.ts";
import { root } from "./run.ts";

test("what is built fits its limit and does the same job as the sources", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, "scripts/build.ts")], {
    cwd: root,
  });
  expect(stdout).toMatch(/first load is \d+ kB/);

  const folder = mkdtempSync(join(tmpdir(), "portal-sync-build-"));
  const stack = await startStack({
    ...temporaryStack(folder),
    app: join(root, "dist/app"),
    portalPort: null,
  });
  try {
    const contoso = sampleOrganization("contoso");
    expect((await sendWebhook(contoso, webhookBody(contoso), {}, stack)).status).toBe(202);
  } finally {
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
