// One more process that notes and writes the status log. Arguments: the journal, the folder, what its activities are called, how many.
import { writeStatusLog } from "../../../src/machine/status-log/write.ts";
import { openJournal } from "../../../src/state/sessions/open.ts";

const [file = "", folder = "", name = "", count = "0"] = process.argv.slice(2);
const journal = openJournal(file);
for (let number = 0; number < Number(count); number++) {
  journal.statusLog.add([{ id: `${name}-${number}`, at: 1_000 + number, kind: "note", text: `${name} ${number}` }]);
  writeStatusLog(folder, journal, undefined);
}
journal.close();
