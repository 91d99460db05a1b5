/** Groups in which only the runner writes. */
const runnersOwn =
  /^(?:Runner Image|Operating System|VM Image|Virtual Environment|GITHUB_TOKEN Permissions|Runner Information|Secret source)/;
/** How the runner begins its description of a step: the script in cyan, or the inputs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the runner's colour is what is looked for
const stepBegins = /^(?:\x1B\[36;1m|with:|env:|shell: )/;
const marker = /^[^#]{0,40}##\[(group|endgroup)\]/;
const timestamp = /^\uFEFF?\d{4}-\d\d-\d\dT[\d:.]{1,20}Z ?/;

/** Follows the groups in which the runner shows scripts, inputs and environments: words of theirs are no words of a tool. */
export class RunnerSetup {
  #state: "outside" | "opened" | "inside" = "outside";
  #script = "";

  /** Takes the next line as it stands in the log; true when it belongs to such a group. */
  read(line: string): boolean {
    const border = line.includes("##[") ? marker.exec(line) : null;
    if (border) {
      const was = this.#state;
      this.#open(border[1] === "group" ? line.slice(border[0].length) : "");
      return this.#state !== "outside" || was === "inside";
    }
    if (this.#state === "opened") {
      const text = line.replace(timestamp, "");
      this.#state = stepBegins.test(text) || text.trim() === this.#script ? "inside" : "outside";
    }
    return this.#state === "inside";
  }

  #open(title: string): void {
    this.#script = title.replace(/^Run /, "").trim();
    this.#state = runnersOwn.test(title) ? "inside" : title.startsWith("Run ") ? "opened" : "outside";
  }
}
