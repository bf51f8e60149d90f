// The first step of every command of this project: plain JavaScript for any Node from version 20, because it
// runs before anything is installed. It installs the pinned packages when they are missing or out of date, and
// then runs the given file on the Node 24 that came with them.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const parent = process.ppid;
const stamp = join(root, "node_modules", ".portal-sync-installed");
const node = join(root, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

/** What has to be the same for an installation to be the right one. */
function wanted() {
  const lock = readFileSync(join(root, "package-lock.json"));
  return createHash("sha256").update(lock).update(`${process.platform}-${process.arch}`).digest("hex");
}

/** Also false when a package is missing, so that a broken installation is mended by the next command. */
function installed() {
  try {
    const { dependencies, devDependencies } = readJson("package.json");
    // npm's own list of what it put there. Of packages for other platforms it may have left out any.
    const { packages } = readJson("node_modules/.package-lock.json");
    const paths = [
      ...Object.keys({ ...dependencies, ...devDependencies }).map((name) => `node_modules/${name}`),
      ...Object.keys(packages).filter((path) => !packages[path].optional),
    ];
    const present = paths.every((path) => existsSync(join(root, path, "package.json")));
    return present && existsSync(node) && readFileSync(stamp, "utf8") === wanted();
  } catch {
    return false;
  }
}

function readJson(path) {
  return JSON.parse(readFileSync(join(root, path), "utf8"));
}

function install() {
  process.stderr.write("Installing the pinned packages (once, one to three minutes) …\n");
  const npm = process.env.npm_execpath;
  const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  const options = {
    cwd: root,
    stdio: ["ignore", process.stderr, process.stderr],
    env: { ...process.env, NODE_ENV: "" },
  };
  const result = npm?.endsWith(".js")
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync("npm", args, { ...options, shell: process.platform === "win32" });
  if (result.error?.code === "ENOENT")
    fail("npm was not found: install Node.js 20 or newer, which brings npm, and try again.");
  if (result.status !== 0)
    fail(
      "The packages could not be installed: see npm's message above, check the network and the free disk space, and try again.",
    );
  if (!existsSync(node))
    fail(
      "Node 24 was not installed: npm skipped its install script. Run `npm rebuild node` (without --ignore-scripts) and try again.",
    );
  writeFileSync(stamp, wanted());
}

if (Number(process.versions.node.split(".")[0]) < 20)
  fail(`Node.js ${process.versions.node} is too old: install version 20 or newer and try again.`);
try {
  if (!installed()) install();
} catch (error) {
  fail(`The packages could not be installed: ${error.message}. Check that you may write to ${root}.`);
}

const [file, ...args] = process.argv.slice(2);
const child = spawn(node, [join(root, file), ...args], {
  stdio: "inherit",
  cwd: root,
  env: {
    ...process.env,
    PATH: `${dirname(node)}${process.platform === "win32" ? ";" : ":"}${process.env.PATH}`,
    NODE_NO_WARNINGS: "1",
  },
});
// At Ctrl+C the console of Windows tells the child itself, and a signal of ours would end it before it has stopped anything.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
  process.on(signal, () => process.platform === "win32" || child.kill(signal));
// A signal to npm alone ends its shell, which passes nothing on: all that is seen of it here is another parent.
setInterval(() => process.ppid !== parent && child.kill("SIGTERM"), 500).unref();
child.on("error", (error) =>
  fail(`Node 24 could not be started: ${error.message}. Delete node_modules and try again.`),
);
child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
