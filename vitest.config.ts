import { defineConfig } from "vitest/config";

/** Three suites in one run: `unit` needs nothing, `stack` and `browser` start the embedded stack on ports of their own. */
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
        },
      },
    ],
  },
});
