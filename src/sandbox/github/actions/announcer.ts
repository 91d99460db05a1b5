import type { Deliveries } from "../deliveries.ts";
import { nodeId } from "../node-id.ts";
import { annotationsOf } from "./annotations.ts";
import type { Happening } from "./happening.ts";
import { renderAccount } from "./render/account.ts";
import { renderCheckRun } from "./render/check-run.ts";
import { renderJob } from "./render/job.ts";
import { renderRepository } from "./render/repository.ts";
import { renderRun } from "./render/run.ts";
import { renderWorkflow } from "./render/workflow.ts";
import { type Ground, type Scene, sceneOf } from "./scene.ts";

/** Tells the webhook what happens, one thing after the other, however it came about. */
export class Announcer {
  readonly #ground: Ground;
  readonly #deliveries: Deliveries;
  readonly #installationId: number;
  #tail: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(ground: Ground, deliveries: Deliveries, installationId: number) {
    this.#ground = ground;
    this.#deliveries = deliveries;
    this.#installationId = installationId;
  }

  /** Resolves when all of it, and all that came before, was answered. */
  announce(happenings: readonly Happening[]): Promise<void> {
    const told = this.#tail.then(() => this.#tell(happenings));
    this.#tail = told.catch(() => undefined);
    return told;
  }

  /** Tells no more; resolves when nothing is on its way. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#tail;
  }

  async #tell(happenings: readonly Happening[]): Promise<void> {
    const [first] = happenings;
    if (!first || this.#isClosed) return;
    const scene = await sceneOf(this.#ground, first.run);
    for (const happening of happenings) {
      if (!this.#isClosed) await this.#deliveries.send(happening.event, this.#payload(scene, happening));
    }
  }

  #payload(scene: Scene, happening: Happening): Record<string, unknown> {
    const { repository, url } = scene;
    const { permissions: _, ...facts } = repository;
    const { owner } = repository;
    return {
      action: happening.action,
      ...subjectOf(scene, happening),
      repository: { ...facts, ...renderRepository(repository, url), custom_properties: {} },
      ...(owner.type === "Organization" && { organization: owner }),
      sender: renderAccount(scene.account(happening.run.newest.triggeringActor), url),
      installation: { id: this.#installationId, node_id: nodeId("Installation", this.#installationId) },
    };
  }
}

function subjectOf(scene: Scene, happening: Happening) {
  const { event, run } = happening;
  if (event === "workflow_run") {
    return { workflow_run: renderRun(scene, run), workflow: renderWorkflow(scene.url, run.repository, run.workflow) };
  }
  if (event === "workflow_job") return { workflow_job: renderJob(scene.url, run, happening.job) };
  return { check_run: renderCheckRun(scene, run, happening.job, annotationsOf(scene.url, run, happening.job).length) };
}
