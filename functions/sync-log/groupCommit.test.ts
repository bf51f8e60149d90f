import { expect, test } from "vitest";
import { createGroupCommit } from "./groupCommit.ts";

/** Commits that end when the test says so. */
function heldCommits(take: (waiting: Iterable<string>) => number = () => 100) {
  const commits: { key: string; items: string[]; end: () => void; fail: (error: Error) => void }[] = [];
  const groups = createGroupCommit<string, string>({
    take,
    commit: (key, items) => {
      const { promise, resolve, reject } = Promise.withResolvers<string[]>();
      commits.push({ key, items, end: () => resolve(items.map((item) => item.toUpperCase())), fail: reject });
      return promise;
    },
  });
  return { groups, commits, started: () => new Promise((resolve) => setImmediate(resolve)) };
}

test("while one commit is under way all others wait for the next, and each gets its own result", async () => {
  const { groups, commits, started } = heldCommits();
  const first = groups.add("contoso", "a");
  await started();
  const others = [groups.add("contoso", "b"), groups.add("contoso", "c")];
  await started();
  expect(commits.map(({ items }) => items)).toEqual([["a"]]);
  commits[0]?.end();
  expect(await first).toBe("A");
  await started();
  expect(commits[1]?.items).toEqual(["b", "c"]);
  commits[1]?.end();
  expect(await Promise.all(others)).toEqual(["B", "C"]);
});

test("another key does not wait", async () => {
  const { groups, commits, started } = heldCommits();
  void groups.add("contoso", "a");
  void groups.add("fabrikam", "b");
  await started();
  expect(commits.map(({ key }) => key)).toEqual(["contoso", "fabrikam"]);
});

test("a commit that fails fails its own items only", async () => {
  const { groups, commits, started } = heldCommits(() => 1);
  const first = groups.add("contoso", "a").catch((error: unknown) => error);
  const second = groups.add("contoso", "b");
  await started();
  commits[0]?.fail(new Error("away"));
  expect(await first).toEqual(new Error("away"));
  await started();
  commits[1]?.end();
  expect(await second).toBe("B");
});
