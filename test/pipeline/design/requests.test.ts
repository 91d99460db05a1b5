import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ServiceError, UserError } from "../../../src/errors.ts";
import { answerRequestTask } from "../../../src/pipeline/design/answer-request.ts";
import { designHelpTask } from "../../../src/pipeline/design/wish.ts";
import { toPhaseReview } from "../../../src/pipeline/reviews/phase-review.ts";
import type { RequestTold } from "../../../src/pipeline/sessions/event.ts";
import { recordObservation } from "../../../src/pipeline/sessions/record-observation.ts";
import { endsOf } from "../../../src/pipeline/sessions/request-ends.ts";
import { aRequest, type Designing, startDesigning, wordsOf } from "./designing.ts";

let designing: Designing;
beforeEach(async () => {
  designing = await startDesigning();
});
afterEach(() => designing.close());

const tell = (request: RequestTold) => designing.services.records.transaction((tx) => recordObservation(tx, request, designing.services));
const comment = () => designing.tx(({ outbox }) => outbox.find("design-request:q1"));
const end = async (id = "q1") => (await designing.tx((tx) => endsOf([id], tx))).get(id);
const elsewhere = (changes: Partial<Designing["services"]>) => Object.assign(designing.services, changes);

describe("a session's request for a design", () => {
  it("is asked for once by its id, however often it is told", async () => {
    await tell(aRequest());
    await tell(aRequest({ at: 5 }));

    expect(designing.jobs.map(({ task }) => task)).toEqual([answerRequestTask]);
    expect(await designing.audit()).toMatchObject([{ intent: "request:q1", outcome: "queued", reason: "asking" }]);
  });

  it.each<[string, () => void]>([
    ["nobody can be asked", () => designing.channel.remove()],
    [
      "the settings want none",
      () => {
        designing.limits = { ...designing.limits, isForSessions: false };
      },
    ],
  ])("is kept where %s, and the audit says so", async (_, happens) => {
    happens();

    await tell(aRequest());

    expect(designing.jobs).toEqual([]);
    const [entry] = await designing.audit();
    expect(entry).toMatchObject({ reason: "kept" });
    expect(wordsOf(entry?.reply)).toBe("It is kept. No model answers such requests here, as this bot is set up.");
  });

  it("is answered by a comment of its own on its pull request, in the audit and in the status", async () => {
    await designing.answerRequest(aRequest());

    const message = await comment();
    expect(message?.address).toMatchObject({ surface: "github", repository: "acme/shop", subjectId: "PR_1" });
    expect(wordsOf(message?.answers[0]?.reply)).toMatch(
      /^A session of Claude Code of ada-on-laptop asked for design help: cargo test failed 3 times\nOpenAI \(o3\) recommends\nTwo crates/,
    );
    expect((await designing.audit())[0]).toMatchObject({
      intent: "request:q1:end",
      surface: "session",
      actor: "session:s1",
      command: "design-request",
      outcome: "done",
    });
    expect(await end()).toBe("answered on the pull request");
    expect(designing.channel.asked[0]).toContain("cargo test failed 3 times");
    expect(designing.channel.asked[0]).toContain("What is wrong?");
    expect(await designing.ask("request:q1")).toMatchObject({ repository: "acme/shop", pullRequest: 12, headSha: "ab12cd3" });
  });

  it.each<[string, () => void, Partial<RequestTold>]>([
    ["of no pull request", () => {}, { pullRequest: undefined as never }],
    ["on a public repository", () => elsewhere({ repositories: { isPrivate: async () => false } }), {}],
    [
      "where the App is not",
      () =>
        elsewhere({
          repositories: {
            isPrivate: async () => {
              throw new UserError("refused", "not_installed", "The App is not there.");
            },
          },
        }),
      {},
    ],
  ])("is answered in the status and the audit alone: %s", async (_, happens, changes) => {
    happens();
    const { pullRequest, ...rest } = aRequest(changes);
    await designing.answerRequest({ ...rest, ...(pullRequest !== undefined && { pullRequest }) });

    expect(await comment()).toBeUndefined();
    expect(await end()).toBe("OpenAI (o3) recommends: Two crates: the linker step is the slow one. Begin with the build script.");
    expect(wordsOf((await designing.audit())[0]?.reply)).toContain("Two crates");
  });

  it("is told on a public repository that is configured so", async () => {
    elsewhere({ repositories: { isPrivate: async () => false }, internalsOn: ["ACME/shop"] });

    await designing.answerRequest(aRequest());

    expect(await comment()).toBeDefined();
  });

  it("waits while GitHub is down, before anything is spent, and goes on without the comment in the end", async () => {
    const down = async () => {
      throw new ServiceError("GitHub is down.", { service: "GitHub", retryable: true });
    };
    elsewhere({ repositories: { isPrivate: down } });

    await expect(designing.answerRequest(aRequest())).rejects.toThrow("GitHub is down.");
    expect(designing.channel.calls).toHaveLength(0);
    await designing.answerRequest(aRequest(), 8);

    expect(await end()).toMatch(/^OpenAI \(o3\) recommends/);
  });

  it("is held up by the limits that people have, and says so", async () => {
    await designing.answerRequest(aRequest());
    await designing.answerRequest(aRequest({ id: "q2", reason: "Another one" }));

    expect(designing.jobs.filter(({ task }) => task === designHelpTask)).toHaveLength(2);
    expect(designing.channel.calls).toHaveLength(1);
    expect(await end("q2")).toBe("not answered, as the pull request says");
    expect((await designing.audit())[0]).toMatchObject({ intent: "request:q2:end", outcome: "refused", reason: "design_cooldown" });
  });

  it("shows no secret of ours to a model, nor the name of a phase that it made up in full", async () => {
    await designing.answerRequest(aRequest({ details: "the-secret-of-the-bot", phase: "x".repeat(5_000) }));

    expect(designing.channel.asked[0]).not.toContain("the-secret-of-the-bot");
    expect(designing.channel.asked[0]?.length).toBeLessThan(1_000);
  });
});

describe("a session's request for a review", () => {
  it("asks no model by itself", async () => {
    await tell(aRequest({ subject: "review", channel: "gemini" }));

    expect(designing.jobs).toEqual([]);
  });

  it("is a review of a phase where its pull request and head are known", () => {
    const review = aRequest({ subject: "review", channel: "gemini" });
    const { headSha: _, ...headless } = review;

    expect(toPhaseReview(review)).toEqual({ repository: "acme/shop", number: 12, headSha: "ab12cd3", trigger: "phase" });
    expect(toPhaseReview(headless)).toBeUndefined();
    expect(toPhaseReview(aRequest())).toBeUndefined();
  });
});
