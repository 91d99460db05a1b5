// Asks three prompts on a state file: the first is answered by who stands in, the second never. It says when that one is under way.
import { aProvider } from "./a-provider.ts";
import { aChannel, aPrompt, startWorld } from "./asking.ts";

const [file = ""] = process.argv.slice(2);
const provider = aProvider();
provider.play({ fails: "retired" }, { says: { word: "paid" }, tokens: { out: 2 }, id: "paid" }, async () => {
  process.stdout.write("under way\n");
  return "hangs";
});
const world = await startWorld(aChannel({ providers: [provider] }), undefined, file);
await world.ask(
  ["1", "2", "3"].map((data) => aPrompt({ data })),
  { id: "ask:x", isForced: true },
);
