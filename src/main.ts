import { keepCompiled } from "./compile-cache.ts";

// Hooks run before and after every tool of Claude Code: nothing of the rest is loaded for them.
const [word, event] = process.argv.slice(2);
if (word === "hook" && event !== undefined && !event.startsWith("-")) {
  keepCompiled(process.env);
  const { runHook } = await import("./hooks/main.ts");
  await runHook(event);
} else await import("./cli/main.ts");
