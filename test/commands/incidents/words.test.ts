import { describe, expect, it } from "vitest";
import { renderBlockKit } from "../../../src/bot/render/block-kit.ts";
import { renderMarkdown } from "../../../src/bot/render/markdown.ts";
import { renderTerminal } from "../../../src/bot/render/terminal.ts";
import { acknowledge, escalate, snooze, unacknowledge } from "../../../src/pipeline/incidents/act.ts";
import type { Change } from "../../../src/pipeline/incidents/change.ts";
import { describeIncident } from "../../../src/pipeline/incidents/describe.ts";
import { recover, resolveByHand } from "../../../src/pipeline/incidents/green.ts";
import type { Incident } from "../../../src/pipeline/incidents/incident.ts";
import { failAgain } from "../../../src/pipeline/incidents/red.ts";
import { describeCall, describeTransition } from "../../../src/pipeline/incidents/tell.ts";
import { tick } from "../../../src/pipeline/incidents/tick.ts";
import { timings } from "../../../src/pipeline/incidents/timings.ts";
import type { Reply } from "../../../src/reply.ts";
import { ada, anIncident, aRed, aRun, at, grace } from "./an-incident.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const gil = { name: "gil", slackUser: "U3" };

const red = anIncident();
const changed = (acted: ReturnType<typeof acknowledge>): Change => {
  if (!("change" in acted)) throw new Error(acted.kind);
  return acted.change;
};
const taken = changed(acknowledge(red, ada, false, at + minuteMs, timings)).after;
const snoozed = changed(snooze(red, ada, at + hourMs, at + minuteMs)).after;

const inSlack = (reply: Reply) => renderBlockKit([{ reply }]);
/** The notification, then what stands in the message and on its buttons. */
const slackText = (reply: Reply): string => `${inSlack(reply).text}\n${wordsIn(inSlack(reply).blocks)}`;

function wordsIn(block: unknown): string {
  if (Array.isArray(block)) return block.map(wordsIn).join("");
  if (typeof block !== "object" || block === null) return "";
  if ("timestamp" in block) return `<${new Date(Number(block.timestamp) * 1000).toISOString().slice(0, 16)}>\n`;
  if ("user_id" in block) return `<@${block.user_id}>\n`;
  if ("text" in block && typeof block.text === "string") return `${block.text.trim()}\n`;
  return Object.values(block).map(wordsIn).join("");
}

describe("the message at the top of an incident's thread", () => {
  it("says what is red and that nobody has it", () => {
    expect(slackText(describeIncident(red))).toMatchInlineSnapshot(`
      "❌ i12 CI on main is red: build · nobody has it
      ❌ i12 CI on main is red: build · nobody has it
      Repository:
      acme/shop
      Since:
      <2026-11-20T10:00>
      Commit:
      aaaaaa7
      Escalated unless taken by:
      <2026-11-20T10:15>
      Run #7
      Acknowledge
      Retry failed jobs
      More
      Snooze for 30 minutes
      Snooze for 1 hour
      Snooze for 4 hours
      Snooze until tomorrow 09:00
      Snooze until it is fixed
      Escalate
      Resolve
      What happened
      "
    `);
    expect(renderMarkdown("k", undefined, "/ci-", [{ reply: describeIncident(red) }])).toMatchInlineSnapshot(`
      "❌ **i12 CI on main is red: build · nobody has it**

      - Repository: acme/shop
      - Since: 2026-11-20 10:00 UTC
      - Commit: [aaaaaa7](<https://github.test/runs/7>)
      - Escalated unless taken by: 2026-11-20 10:15 UTC

      [Run #7](<https://github.test/runs/7>)

      Acknowledge: \` /ci-ack i12 acme/shop@​ \` · Retry failed jobs: \` /ci-retry-job --failed acme/shop@​main sha=aaaaaa7 \` · Snooze for 30 minutes: \` /ci-snooze i12 30m acme/shop@​ \` · Snooze for 1 hour: \` /ci-snooze i12 1h acme/shop@​ \` · Snooze for 4 hours: \` /ci-snooze i12 4h acme/shop@​ \` · Snooze until tomorrow 09:00: \` /ci-snooze i12 tomorrow acme/shop@​ \` · Snooze until it is fixed: \` /ci-snooze i12 fixed acme/shop@​ \` · Escalate: \` /ci-escalate i12 acme/shop@​ \` · Resolve: \` /ci-resolve i12 acme/shop@​ \` · What happened: \` /ci-incidents i12 acme/shop@​ \`

      <!-- nextrust:reply k -->"
    `);
    expect(renderTerminal(describeIncident(red))).toMatchInlineSnapshot(`
      "i12 CI on main is red: build · nobody has it

      Repository                 acme/shop
      Since                      2026-11-20 10:00 UTC
      Commit                     aaaaaa7
      Escalated unless taken by  2026-11-20 10:15 UTC

      https://github.test/runs/7
      "
    `);
  });

  it("says whose it is, since when, and what comes next", () => {
    expect(slackText(describeIncident(taken))).toMatchInlineSnapshot(`
      "⏳ i12 CI on main is red: build · ada has it
      ⏳ i12 CI on main is red: build · ada has it
      Repository:
      acme/shop
      Since:
      <2026-11-20T10:00>
      Owner:
      ada
      Theirs since:
      <2026-11-20T10:01>
      Commit:
      aaaaaa7
      The owner is asked again:
      <2026-11-20T11:01>
      Run #7
      Take over
      Retry failed jobs
      More
      Give it back
      Snooze for 30 minutes
      Snooze for 1 hour
      Snooze for 4 hours
      Snooze until tomorrow 09:00
      Snooze until it is fixed
      Escalate
      Resolve
      What happened
      "
    `);
  });

  it("says until when it is snoozed", () => {
    expect(slackText(describeIncident(snoozed))).toMatchInlineSnapshot(`
      "⚪ i12 CI on main is red: build · nobody has it, snoozed
      ⚪ i12 CI on main is red: build · nobody has it, snoozed
      Repository:
      acme/shop
      Since:
      <2026-11-20T10:00>
      Commit:
      aaaaaa7
      Snoozed by ada until:
      <2026-11-20T11:00>
      Run #7
      Acknowledge
      Retry failed jobs
      More
      Snooze for 30 minutes
      Snooze for 1 hour
      Snooze for 4 hours
      Snooze until tomorrow 09:00
      Snooze until it is fixed
      Escalate
      Resolve
      What happened
      "
    `);
  });

  it("says how it ended", () => {
    expect(slackText(describeIncident(recover(taken, "fixed", at + hourMs, aRun(8)).after))).toMatchInlineSnapshot(`
      "✅ i12 CI on main: fixed · ada had it
      ✅ i12 CI on main: fixed · ada had it
      Repository:
      acme/shop
      Red was:
      build
      Since:
      <2026-11-20T10:00>
      Owned by:
      ada
      Over:
      <2026-11-20T11:00>
      Last red:
      aaaaaa7
      Green:
      aaaaaa8
      Run #8
      What happened
      "
    `);
    expect(renderTerminal(describeIncident(recover(red, "flake", at + hourMs, aRun(7, { attempt: 2 })).after))).toMatchInlineSnapshot(`
      "i12 CI on main: a flake (same commit passed)

      Repository  acme/shop
      Red was     build
      Since       2026-11-20 10:00 UTC
      Over        2026-11-20 11:00 UTC
      Last red    aaaaaa7
      Green       aaaaaa7

      https://github.test/runs/7
      "
    `);
    expect(renderTerminal(describeIncident(recover(red, "unknown", at + hourMs, aRun(7, { attempt: 2 })).after))).toMatchInlineSnapshot(`
      "i12 CI on main: green again, cause unknown

      Repository  acme/shop
      Red was     build
      Since       2026-11-20 10:00 UTC
      Over        2026-11-20 11:00 UTC
      Last red    aaaaaa7
      Green       aaaaaa7

      https://github.test/runs/7
      "
    `);
    expect(renderTerminal(describeIncident(resolveByHand(taken, grace, at + hourMs).after))).toMatchInlineSnapshot(`
      "i12 CI on main: closed by grace

      Repository  acme/shop
      Red was     build
      Since       2026-11-20 10:00 UTC
      Owned by    ada
      Over        2026-11-20 11:00 UTC
      Last red    aaaaaa7

      https://github.test/runs/7
      "
    `);
  });

  it("says of an outage that it is one", () => {
    const outage = anIncident(
      {},
      aRed({ subject: { kind: "outage", repository: "acme/shop", signature: "s", workflowIds: [1] }, jobs: ["lint", "test"] }),
    );

    expect(slackText(describeIncident(outage))).toMatchInlineSnapshot(`
      "❌ i12 outage, the same error in lint, test · nobody has it
      ❌ i12 outage, the same error in lint, test · nobody has it
      Repository:
      acme/shop
      Since:
      <2026-11-20T10:00>
      Commit:
      aaaaaa7
      Escalated unless taken by:
      <2026-11-20T10:15>
      Run #7
      Acknowledge
      More
      Snooze for 30 minutes
      Snooze for 1 hour
      Snooze for 4 hours
      Snooze until tomorrow 09:00
      Snooze until it is fixed
      Escalate
      Resolve
      What happened
      "
    `);
  });
});

describe("a phone's notification", () => {
  const jobs = ["integration tests of the payment service (ubuntu-24.04, postgres 17)", "lint", "test"];
  const longRed = aRed({
    jobs,
    subject: {
      ...(aRed().subject as Extract<Incident["subject"], { kind: "pipeline" }>),
      workflow: "Continuous integration and deployment",
    },
  });
  const somebody = { ...ada, name: "Ada Lovelace-Byron of Ockham Park" };
  const long = anIncident({ number: 12_345 }, longRed);

  it.each([
    [long, "nobody has it"],
    [changed(acknowledge(long, somebody, false, at, timings)).after, "Ada Lovelace-Byron … has it"],
    [changed(snooze(changed(acknowledge(long, somebody, false, at, timings)).after, ada, "fixed", at)).after, "has it, snoozed"],
    [recover(changed(acknowledge(long, somebody, false, at, timings)).after, "unknown", at, aRun(8)).after, "Ada Lovelace-Byron … had it"],
    [recover(changed(acknowledge(long, somebody, false, at, timings)).after, "flake", at, aRun(8)).after, "had it"],
    [resolveByHand(long, somebody, at).after, "closed by Ada Lovelace-Byron …"],
  ])("holds state, job and owner within 80 characters, however long they are", (incident, whose) => {
    const { text } = inSlack(describeIncident(incident));

    expect([...text].length).toBeLessThanOrEqual(80);
    expect(text).toContain("i12345 Continuo");
    expect(text.endsWith(whose)).toBe(true);
    expect(JSON.stringify(describeIncident(incident).parts[1])).toContain(`${jobs.join(", ")}`);
  });
});

describe("what the thread is told", () => {
  const told = ({ after, transitions }: Change) => transitions.map((one) => slackText(describeTransition(after, one) as Reply)).join("");

  it("of what people do", () => {
    expect(told(changed(acknowledge(red, ada, false, at, timings)))).toMatchInlineSnapshot(`
      "⏳ ada has i12 now · CI on main
      ⏳ ada has i12 now · CI on main
      "
    `);
    expect(told(changed(acknowledge(taken, grace, true, at, timings)))).toMatchInlineSnapshot(`
      "⏳ grace took i12 over from ada · CI on main
      ⏳ grace took i12 over from ada · CI on main
      "
    `);
    expect(told(changed(unacknowledge(taken, ada, at, timings)))).toMatchInlineSnapshot(`
      "❌ ada gave i12 back, and it is nobody's · CI on main
      ❌ ada gave i12 back, and it is nobody's · CI on main
      "
    `);
    expect(told(changed(unacknowledge(taken, grace, at, timings)))).toMatchInlineSnapshot(`
      "❌ grace gave i12 back for ada, and it is nobody's · CI on main
      ❌ grace gave i12 back for ada, and it is nobody's · CI on main
      "
    `);
    expect(told(changed(snooze(taken, ada, at + hourMs, at)))).toMatchInlineSnapshot(`
      "⚪ ada snoozed i12 · CI on main
      ⚪ ada snoozed i12 · CI on main
      Until:
      <2026-11-20T11:00>
      "
    `);
    expect(told(changed(snooze(taken, ada, "fixed", at)))).toMatchInlineSnapshot(`
      "⚪ ada snoozed i12 until it is fixed · CI on main
      ⚪ ada snoozed i12 until it is fixed · CI on main
      "
    `);
    expect(told(changed(escalate(taken, ada, [gil], at, timings)))).toMatchInlineSnapshot(`
      "❌ ada escalated i12 · CI on main
      ❌ ada escalated i12 · CI on main
      On call:
      <@U3>
      "
    `);
    expect(told(resolveByHand(taken, ada, at))).toMatchInlineSnapshot(`
      "✅ ada closed i12 · CI on main
      ✅ ada closed i12 · CI on main
      "
    `);
  });

  it("of what comes by itself", () => {
    const due = (before: Incident, now: number): Change => tick(before, [gil], now, timings) as Change;
    expect(told(due(red, at + 16 * minuteMs))).toMatchInlineSnapshot(`
      "❌ Nobody has taken i12, so it is escalated · CI on main
      ❌ Nobody has taken i12, so it is escalated · CI on main
      On call:
      <@U3>
      "
    `);
    const asked = due(taken, at + 62 * minuteMs);
    expect(told(asked)).toMatchInlineSnapshot(`
      "⚪ ada is asked whether i12 is still theirs · CI on main
      ⚪ ada is asked whether i12 is still theirs · CI on main
      "
    `);
    expect(told(due(asked.after, at + 95 * minuteMs))).toMatchInlineSnapshot(`
      "❌ ada did not answer, so i12 is nobody's again · CI on main
      ❌ ada did not answer, so i12 is nobody's again · CI on main
      Whom it may concern:
      <@U3>
      "
    `);
    expect(told(due(snoozed, at + hourMs))).toMatchInlineSnapshot(`
      "⚪ The snooze of i12 is over, and it is still red · CI on main
      ⚪ The snooze of i12 is over, and it is still red · CI on main
      "
    `);
    expect(told(due({ ...taken, due: { stillBrokenAt: at + hourMs } }, at + hourMs))).toMatchInlineSnapshot(`
      "⚪ i12 is still red · CI on main
      ⚪ i12 is still red · CI on main
      Since:
      <2026-11-20T10:00>
      "
    `);
    expect(told(failAgain(taken, aRed({ run: aRun(8), jobs: ["build", "test"] }), at, timings))).toMatchInlineSnapshot(`
      "❌ i12: test fails, too, since run #8 · CI on main
      ❌ i12: test fails, too, since run #8 · CI on main
      ❌ ada took what failed before; i12 is nobody's again · CI on main
      ❌ ada took what failed before; i12 is nobody's again · CI on main
      "
    `);
    expect(told(recover(taken, "fixed", at, aRun(8)))).toMatchInlineSnapshot(`
      "✅ i12 is fixed, by run #8 · CI on main
      ✅ i12 is fixed, by run #8 · CI on main
      "
    `);
    expect(told(recover(taken, "unknown", at))).toMatchInlineSnapshot(`
      "✅ i12 is green again, cause unknown · CI on main
      ✅ i12 is green again, cause unknown · CI on main
      "
    `);
  });
});

describe("what a person is told in private", () => {
  const call = ({ after, transitions }: Change) => slackText(describeCall(after, transitions.at(-1) as Change["transitions"][number]));

  it("asks the owner whether they are still at it", () => {
    expect(call(tick(taken, [], at + 62 * minuteMs, timings) as Change)).toMatchInlineSnapshot(`
      "⏳ i12 CI on main is red: build · ada has it
      ⏳ i12 CI on main is red: build · ada has it
      Are you still at it? Without an answer it is nobody's again.
      Answer by:
      <2026-11-20T11:32>
      Run #7
      Still at it
      Give it back
      "
    `);
  });

  it("says why they are called, and by whom", () => {
    expect(call(tick(red, [gil], at + 16 * minuteMs, timings) as Change)).toMatchInlineSnapshot(`
      "❌ i12 CI on main is red: build · nobody has it
      ❌ i12 CI on main is red: build · nobody has it
      You are called because nobody has taken it.
      Run #7
      Acknowledge
      "
    `);
    expect(call(changed(escalate(taken, ada, [gil], at, timings)))).toMatchInlineSnapshot(`
      "⏳ i12 CI on main is red: build · ada has it
      ⏳ i12 CI on main is red: build · ada has it
      ada asks for your help with it.
      Run #7
      Take over
      "
    `);
  });
});

describe("whatever is offered", () => {
  it.each([red, taken, snoozed])("has at most three buttons of at most 25 characters", (incident) => {
    const { actions = [] } = describeIncident(incident);

    expect(actions.length).toBeLessThanOrEqual(3);
    for (const { label } of actions) expect(label.length).toBeLessThanOrEqual(25);
  });
});
