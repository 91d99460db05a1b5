// Adds events to the journal of a file, and tells them to a bot.
import { spoolToBot } from "../../../src/machine/spool/bot.ts";
import { drain } from "../../../src/pipeline/sessions/drain.ts";
import { Secret } from "../../../src/secret.ts";
import { openJournal } from "../../../src/state/sessions/open.ts";
import { aUsageOf } from "./a-journal.ts";

const [file = "", url = "", token = "", name = "", count = "1"] = process.argv.slice(2);
const journal = openJournal(file);
journal.spool.add(
  Array.from({ length: Number(count) }, (_, index) => aUsageOf("s1", `anthropic:${name}-${index}`)),
  Date.now(),
);
await drain(journal, async () => spoolToBot({ url, token: new Secret(token) }), { withinMs: 60_000, isPatient: false, now: Date.now });
journal.close();
