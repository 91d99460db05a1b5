// One more process on a journal. Arguments: its file, what its activities are called, how many.
import { openJournal } from "../../../src/state/sessions/open.ts";

const [file = "", name = "", count = "0"] = process.argv.slice(2);
const journal = openJournal(file);
for (let number = 0; number < Number(count); number++)
  journal.statusLog.add([{ id: `${name}-${number}`, at: 1_000 + number, kind: "note", text: `${name} ${number}` }]);
journal.close();
