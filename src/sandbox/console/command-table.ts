import { answerJson, type Route } from "../../bot/http.ts";
import { commands } from "../../commands/index.ts";

const hints = commands.map(({ name, usage, summary, role, examples }) => ({
  name,
  usage,
  summary,
  role,
  examples: examples.map(({ args }) => args),
}));

/** The command table, for the hints while typing. */
export const commandTable: Route = {
  method: "GET",
  path: "/sandbox/commands.json",
  handle: (_, response) => answerJson(response, 200, hints),
};
