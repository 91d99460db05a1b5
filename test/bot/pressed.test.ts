import { describe, expect, it } from "vitest";
import type { PressDelivery } from "../../src/bot/delivery.ts";
import { wantedBy } from "../../src/bot/pressed.ts";
import type { StoredMessage } from "../../src/pipeline/outbox.ts";
import { buttonOf } from "../../src/pipeline/own-checks.ts";
import { type Action, done, text } from "../../src/reply.ts";

const ack = { label: "Acknowledge", command: "ack i12" };
const resolve = { label: "Resolve", command: "resolve i12" };
const retry = { label: "Retry", command: "retry-job --failed #12" };

const message = (actions: readonly Action[], answers: StoredMessage["answers"] = []): StoredMessage => ({
  key: "check:key",
  lane: "check:key",
  address: { surface: "github_check", repository: "nextrust/nextrust", headSha: "a", name: "NeXTRust" },
  version: 1,
  answers: [{ reply: { ...done("told", text("Red.")), actions } }, ...answers],
});
const press = (button?: string, source = "github:check:1"): PressDelivery => ({
  ...{ surface: "github", source, receivedAt: 0, saidAt: 0, repository: "nextrust/nextrust", isPrivate: false },
  ...{ place: { kind: "check", subjectId: "CR_1", headSha: "a" }, saidId: "CR_1", user: { id: 1, login: "ada" } },
  ...{ association: "NONE", text: "", press: { message: "check:key", ...(button !== undefined && { button }) } },
});
const wanted = (delivery: PressDelivery, kept: StoredMessage | undefined) => {
  const { line, refusal } = wantedBy(delivery, kept);
  return refusal?.reason ?? line.text;
};

describe("a button of a check run", () => {
  it("stands for what it stood for when it was drawn, wherever that stands now", () => {
    expect(wanted(press(buttonOf(ack, 0)), message([ack, retry]))).toBe("ack i12");
    expect(wanted(press(buttonOf(ack, 0)), message([resolve, ack]))).toBe("ack i12");
  });

  it("is gone where that is not offered any more, and does nothing that somebody else made up", () => {
    expect(wanted(press(buttonOf(ack, 0)), message([resolve]))).toBe("button_gone");
    expect(wanted(press("cancel #12"), message([ack]))).toBe("button_gone");
    expect(wanted(press(buttonOf(ack, 0)), undefined)).toBe("button_gone");
  });

  it("stays what it was for a press that is known, although it is gone by now", () => {
    const known = { command: "ack i12", reply: done("acked", text("Yours.")), press: { id: "github:check:1", by: "ada" } };

    expect(wanted(press(buttonOf(ack, 0)), message([resolve], [known]))).toBe("ack i12");
    expect(wanted(press(buttonOf(ack, 0), "github:check:2"), message([resolve], [known]))).toBe("button_gone");
  });
});

describe("running a check run again", () => {
  it("retries what it offers to retry, else says that there is nothing", () => {
    expect(wanted(press(), message([ack, retry]))).toBe("retry-job --failed #12");
    expect(wanted(press(), message([ack, { label: "?", command: "retry-jobs" }]))).toBe("nothing_to_run_again");
  });
});
