// Bundles src/ into dist/, or into the folder that is named, because Node strips no types under node_modules. Plain JavaScript: npm may run it on an older Node.
// With --whole the dependencies are inside too, as the tests like it: half of a start is the looking for their many files.
import { cp, rm } from "node:fs/promises";
import { join } from "node:path";

let rolldown;
try {
  ({ rolldown } = await import("rolldown"));
} catch {
  console.log("nextrust: no bundler here (an install without development packages), so dist/ is left as it is.");
  process.exit(0);
}

const [dir = "dist", whole] = process.argv.slice(2);
await rm(dir, { recursive: true, force: true });
/** Modules that every hook loads. */
const ofHooks = new Set();
const bundle = await rolldown({
  // A thread begins in a file of its own.
  input: { main: "src/main.ts", "calendar-worker": "src/bot/on-call/calendar-worker.ts" },
  platform: "node",
  // Dependencies are installed, not bundled, but for those of hundreds of small files that every command of a terminal waits for; with --whole all
  // are, but the emulator, which looks for files beside itself.
  external: whole === "--whole" ? "emulate" : /^(?![./]|[a-zA-Z]:\\|@\/|(?:kysely|commander|unbash)$)/,
  plugins: [
    { name: "what-hooks-load", buildEnd: findHookModules },
    { name: "builtins-as-they-are", renderChunk: (code) => code.replace(/^import (\{[^}]*\}) from "(node:[^"]+)";$/gm, asBuiltin) },
  ],
  // What hooks seldom need they load late, whoever else needs it at once.
  checks: { ineffectiveDynamicImport: false },
  // What others wrote is not ours to mend.
  logLevel: whole === "--whole" ? "silent" : "info",
});
await bundle.write({
  dir,
  format: "esm",
  entryFileNames: "[name].js",
  chunkFileNames: "[name]-[hash].js",
  // A hook reads one file where it would read thirty, and shorter ones: together that is a quarter of its time. Names stay as they are, for the log.
  codeSplitting: { groups: [{ debugName: "hook", name: (id) => (ofHooks.has(id) ? "hook" : null) }] },
  minify: { mangle: false, compress: false, codegen: { removeWhitespace: true } },
});
await bundle.close();

function findHookModules() {
  const found = [...this.getModuleIds()].filter((id) => /[/\\]src[/\\]hooks[/\\]main\.ts$/.test(id));
  for (const id of found) {
    if (ofHooks.has(id)) continue;
    ofHooks.add(id);
    found.push(...this.getModuleInfo(id).importedIds.filter((imported) => this.getModuleInfo(imported)?.code));
  }
}

/** An import looks at everything that a module of Node has, which loads streams for whoever wants a file: a tenth of the time of a hook. */
function asBuiltin(_, names, module) {
  const pairs = names
    .slice(1, -1)
    .split(",")
    .map((pair) => pair.trim().split(" as "));
  // As long to load, and a hook seldom needs it: so the first call of a function loads it.
  if (module === "node:crypto" && pairs.every(([name]) => /^(?:create|random|timingSafe)/.test(name)))
    return pairs
      .map(([name, as = name]) => `const ${as} = (...given) => process.getBuiltinModule("${module}").${name}(...given);`)
      .join("\n");
  return `const { ${pairs.map((pair) => pair.join(": ")).join(", ")} } = process.getBuiltinModule("${module}");`;
}

// The console reads its page beside its module.
await cp("src/sandbox/console/page", join(dir, "page"), { recursive: true });
