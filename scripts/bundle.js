// Bundles src/ into dist/, because Node strips no types under node_modules. Plain JavaScript: npm may run it on an older Node.
import { cp, rm } from "node:fs/promises";

let rolldown;
try {
  ({ rolldown } = await import("rolldown"));
} catch {
  console.log("nextrust: no bundler here (an install without development packages), so dist/ is left as it is.");
  process.exit(0);
}

await rm("dist", { recursive: true, force: true });
const bundle = await rolldown({
  input: "src/main.ts",
  platform: "node",
  // Dependencies are installed, not bundled.
  external: /^(?![./]|[a-zA-Z]:\\|@\/)/,
});
await bundle.write({ dir: "dist", format: "esm", entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" });
await bundle.close();
// The console reads its page beside its module.
await cp("src/sandbox/console/page", "dist/page", { recursive: true });
