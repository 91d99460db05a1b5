import { nodeId } from "../node-id.ts";

/** A button of a check run. */
export interface CheckAction {
  readonly label: string;
  readonly description: string;
  readonly identifier: string;
}

/** A check run that the App made; times are ISO 8601. */
export interface OwnCheck {
  readonly id: number;
  readonly nodeId: string;
  readonly repository: string;
  readonly headSha: string;
  readonly name: string;
  readonly externalId: string;
  readonly detailsUrl: string | null;
  readonly status: "queued" | "in_progress" | "completed";
  /** In lower case, as REST has it; null until it is completed. */
  readonly conclusion: string | null;
  readonly startedAt: string;
  readonly completedAt: string | null;
  readonly title: string | null;
  readonly summary: string | null;
  readonly actions: readonly CheckAction[];
}

/** The check runs that the App made itself; those of GitHub Actions are jobs. */
export class OwnChecks {
  // Below the jobs' ids, with which they share the name of check runs.
  #lastId = 1_600_000_000;
  readonly #checks = new Map<number, OwnCheck>();
  readonly #onChange: () => void;
  #tail: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Tells of them one after the other, as it came about. */
  inTurn<T>(tell: () => Promise<T>): Promise<T> {
    const told = this.#tail.then(() => {
      if (this.#isClosed) throw new Error("The sandbox is closed.");
      return tell();
    });
    this.#tail = told.catch(() => undefined);
    return told;
  }

  /** Tells no more; resolves when nothing is on its way. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#tail;
  }

  add(check: Omit<OwnCheck, "id" | "nodeId">): OwnCheck {
    this.#lastId += 1;
    return this.put({ id: this.#lastId, nodeId: nodeId("CheckRun", this.#lastId), ...check });
  }

  put(check: OwnCheck): OwnCheck {
    this.#checks.set(check.id, check);
    this.#onChange();
    return check;
  }

  get(id: number): OwnCheck | undefined {
    return this.#checks.get(id);
  }

  /** All of a commit, oldest first. */
  on(repository: string, headSha: string): OwnCheck[] {
    return [...this.#checks.values()].filter((check) => check.repository === repository && check.headSha === headSha);
  }

  /** Of each name the newest, which is what GitHub counts and shows. */
  latestOn(repository: string, headSha: string): OwnCheck[] {
    return [...new Map(this.on(repository, headSha).map((check) => [check.name, check])).values()];
  }
}

export const stateOf = ({ status, conclusion }: Pick<OwnCheck, "status" | "conclusion">): string => conclusion ?? status;
