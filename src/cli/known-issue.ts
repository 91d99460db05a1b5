import { Command, CommanderError, InvalidArgumentError } from "commander";
import type { KnownIssues } from "../pipeline/known-issues/known-issues.ts";

interface AddOptions {
  readonly id: string;
  readonly pattern: string;
  readonly description: string;
  readonly context?: readonly string[];
  readonly variant?: readonly string[];
  readonly category?: string;
  readonly phase?: string;
  readonly fix?: string;
  readonly confidence?: number;
  readonly reference?: readonly string[];
}

/** `test` ends with 1 when nothing fits, so whatever keeps it from looking ends with 2. */
const trouble = 2;

const list = new Command("list")
  .description("Show the known issues, in the order in which they are looked for.")
  .option("--json", "print them as JSON for other programs")
  .action(async ({ json }: { json?: true }) => {
    const [{ known, dataDir }, { printIssues }, { sightingsIn }] = await Promise.all([
      open(list),
      import("./known-issue/print.ts"),
      import("./known-issue/sightings-here.ts"),
    ]);
    const here = sightingsIn(dataDir, (line) => process.stderr.write(`${line}\n`));
    process.stdout.write(printIssues(known.all, here, json === true));
  });

const test = new Command("test")
  .description("Say which known issue fits a log; ends with 1 when none does, and with 2 when it could not look.")
  .argument("<log-file>", "a file, or - for what is piped in")
  .option("--job <name>", "the job's name, for issues that are of some jobs only", "")
  .option("--phase <id>", "the phase of the repository, for issues that belong to one")
  .action(async (file: string, { job, phase }: { job: string; phase?: string }) => {
    const [{ known, secrets }, { testLog }] = await Promise.all([open(test), import("./known-issue/test-log.ts")]);
    const found = await testLog(file, { issues: known.all, job, phase }, secrets).catch((error: NodeJS.ErrnoException) =>
      test.error(`${file} cannot be read: ${error.message}`, { exitCode: trouble }),
    );
    process.stdout.write(found.printed);
    if (!found.isKnown) process.exitCode = 1;
  });

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

const add = new Command("add")
  .description("Add a known issue to the file beside the settings file; it begins as a copy of those that come with the bot.")
  .requiredOption("--id <id>", "what people call it: disk-full")
  .requiredOption("--pattern <re2>", "what one line of the log fits")
  .requiredOption("--description <text>", "what it is, for people")
  .option("--context <re2>", "what some other line has to fit as well; again for more", collect)
  .option("--variant <word>", "a word that the job's name holds; again for more", collect)
  .option("--category <word>", "a word to sort it by")
  .option("--phase <id>", "the phase that it belongs to")
  .option("--fix <what>", "retry, workflow:<file> or manual:<text>")
  .option("--confidence <number>", "how sure it is that this helps, from 0 to 1 (default: 0.5)", toNumber)
  .option("--reference <url>", "a page that says more; again for more", collect)
  .action(async (options: AddOptions) => {
    const { context: contexts, variant: variants, reference: references, ...rest } = options;
    const [{ path }, { addToFile }, { toEntry }] = await Promise.all([
      open(add, { isRead: false }),
      import("./known-issue/add-to-file.ts"),
      import("../pipeline/known-issues/entry.ts"),
    ]);
    const problems = addToFile(path, toEntry({ ...rest, contexts, variants, references }, Date.now()));
    if (problems.length > 0) add.error(problems.join("\n"), { exitCode: trouble });
    process.stdout.write(`${options.id} is added to ${path}. The bot reads it when it starts.\n`);
  });

export const knownIssue = new Command("known-issue").description("Show known issues, look for one in a log, or add one.");
for (const command of [list, test, add]) knownIssue.addCommand(command.exitOverride(asTrouble).showSuggestionAfterError());

interface Opened {
  readonly path: string;
  readonly known: KnownIssues;
  readonly secrets: readonly string[];
  /** Where the hooks of this checkout keep what they counted. */
  readonly dataDir: string;
}

/** A terminal's composition root: where the file is, what it says, and what must not be shown. */
async function open(command: Command, { isRead = true } = {}): Promise<Opened> {
  const [
    { knownIssuesPath, packagedIssues, readKnownIssues },
    { settingsFileFor },
    { readEnvironment },
    { presentIn },
    { secretsIn },
    { placeOf },
  ] = await Promise.all([
    import("../config/read-known-issues.ts"),
    import("./checkout.ts"),
    import("../config/environment.ts"),
    import("../config/present.ts"),
    import("../config/secrets-of.ts"),
    import("../hooks/place/place.ts"),
  ]);
  const present = presentIn(process.env);
  const environment = readEnvironment(present);
  const { dataDir } = placeOf(process.cwd(), present);
  const path = knownIssuesPath(settingsFileFor(present.NEXTRUST_CONFIG));
  const read = isRead ? readKnownIssues(path) : { knownIssues: packagedIssues() };
  if ("problems" in environment) return command.error(environment.problems.join("\n"), { exitCode: trouble });
  if ("problems" in read) return command.error(read.problems.join("\n"), { exitCode: trouble });
  return { path, dataDir, known: read.knownIssues, secrets: secretsIn(environment.environment) };
}

function asTrouble(error: CommanderError): never {
  throw error.exitCode === 0 ? error : new CommanderError(trouble, error.code, error.message);
}

function toNumber(typed: string): number {
  const number = typed.trim() === "" ? Number.NaN : Number(typed);
  if (Number.isFinite(number)) return number;
  throw new InvalidArgumentError("It is a number from 0 to 1.");
}
