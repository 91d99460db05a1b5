import { Command } from "commander";
import { hookEvents } from "../hooks/events.ts";

/** What it does is started by main.ts before any of this is loaded: here it is only told of. */
export const hook = new Command("hook")
  .description("What Claude Code runs before and after its work; `nextrust setup` registers it.")
  .argument("<event>", `${Object.keys(hookEvents).join(", ")}; what it is about is read from standard input`);
