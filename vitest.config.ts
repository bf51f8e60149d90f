import { defineConfig } from "vitest/config";

/**
 * Two suites in one run. `unit` needs nothing but Node. `stack` drives the whole embedded stack, started once on
 * ports of its own, over HTTP (`*.stack.test.ts`) and in a real browser (`*.browser.test.ts`).
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          environment: "node",
          include: ["{functions,local,bench,scripts,web}/**/*.test.ts"],
          exclude: ["**/*.stack.test.ts", "**/*.browser.test.ts", "**/node_modules/**"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: "stack",
          environment: "node",
          include: ["{functions,local,bench,scripts,web}/**/*.{stack,browser}.test.ts"],
          globalSetup: ["local/testing/stackSetup.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
