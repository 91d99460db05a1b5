import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { ccusageCheck } from "../../../src/hooks/session-end/ccusage-check.ts";
import { receipt } from "../../../src/hooks/session-start/receipt.ts";
import { captureAtEnd } from "../../../src/hooks/several-events/usage-capture.ts";
import type { CcusageCheck } from "../../../src/pipeline/sessions/ccusage-check.ts";
import { aCheckout, type Checkout } from "../a-checkout.ts";
import { aContext } from "../a-context.ts";
import { anAnswer, append, aRecorded, type Recorded } from "../a-session.ts";
import { aPayload } from "../captured/payload.ts";

const programs = fileURLToPath(new URL("../../../node_modules/.bin", import.meta.url));
const now = () => Date.parse("2026-11-23T06:17:30Z");
const withCcusage = { PATH: [programs, dirname(process.execPath), "/usr/bin", "/bin"].join(":"), ANTHROPIC_API_KEY: "sk-ant-secret" };

/** Ends sessions, one after the other, and tells what the check of the last one came to. */
async function checked(
  checkout: Checkout,
  context: ReturnType<typeof aContext>,
  ...sessions: readonly Recorded[]
): Promise<CcusageCheck | undefined> {
  for (const name of sessions) {
    const { session, transcript } = aRecorded(name, checkout);
    const about = { session_id: session, transcript_path: transcript };
    await receipt.run(aPayload("session-start", { ...about, source: name === "forked" ? "fork" : "startup" }), context);
    await captureAtEnd.run(aPayload("session-end", about), context);
    await ccusageCheck.run(aPayload("session-end", about), context);
  }
  return context.journal().sessions.find(sessions.at(-1) ?? "")?.ccusage;
}

const differences = (context: ReturnType<typeof aContext>) =>
  context
    .journal()
    .spool.next(100)
    .flatMap(({ event }) => (event.type === "session" && event.state === "ended" ? [event.difference] : []));

describe("ccusage-check", () => {
  it("finds the same as ccusage, to the last digit, at our prices", async () => {
    using checkout = aCheckout();
    using context = aContext(checkout, { now, variables: withCcusage });

    const check = await checked(checkout, context, "delegated");

    expect(check).toEqual({ outcome: "same", at: now(), isExplained: true });
    expect(differences(context)).toEqual([undefined]);
    expect(readdirSync(join(checkout.path, ".nextrust")).filter((name) => name.startsWith("ccusage"))).toEqual([]);
  });

  it("explains what Claude Code wrote into no transcript, and tells it with the end of the session", async () => {
    using checkout = aCheckout();
    using context = aContext(checkout, { now, variables: withCcusage });

    const check = await checked(checkout, context, "resumed");

    expect(check).toMatchObject({ outcome: "different", isExplained: true, sentence: expect.stringContaining("in no transcript") });
    expect(differences(context)).toEqual([check?.sentence]);
  });

  it("explains what a fork has copied", async () => {
    using checkout = aCheckout();
    using context = aContext(checkout, { now, variables: withCcusage });

    const check = await checked(checkout, context, "resumed", "forked");

    expect(check).toMatchObject({
      outcome: "different",
      isExplained: true,
      sentence: expect.stringContaining("counted in another session"),
    });
  });

  it("does not compare where ccusage is not installed, and says so", async () => {
    using checkout = aCheckout();
    using context = aContext(checkout, { now, variables: { PATH: "/nowhere" } });

    const check = await checked(checkout, context, "delegated");

    expect(check).toMatchObject({
      outcome: "not_compared",
      sentence: "ccusage is not installed. Run npm install --global ccusage@20.0.24.",
    });
    expect(differences(context)).toEqual([undefined]);
  });

  it("shows ccusage neither keys nor other sessions", async () => {
    using checkout = aCheckout();
    using installed = aCheckout();
    const program = join(installed.path, "ccusage");
    const seen = join(checkout.path, "seen");
    writeFileSync(
      program,
      `#!/bin/sh\n[ "$1" = --version ] && { echo 20.0.24; exit; }\n{ env; find "$CLAUDE_CONFIG_DIR" -name "*.jsonl"; } > ${seen}\necho "{}"\n`,
      { mode: 0o755 },
    );
    using context = aContext(checkout, { now, variables: { PATH: `${installed.path}:/usr/bin:/bin`, ANTHROPIC_API_KEY: "sk-ant-secret" } });
    aRecorded("resumed", checkout);

    const check = await checked(checkout, context, "delegated");

    expect(check).toMatchObject({ outcome: "not_compared", sentence: expect.stringContaining("is not what ccusage prints") });
    expect(existsSync(seen) && readFileSync(seen, "utf8")).not.toMatch(/sk-ant|resumed/);
    expect(readFileSync(seen, "utf8")).toMatch(/delegated\.jsonl\n.*agent-|agent-.*\n.*delegated\.jsonl/);
  });

  it("runs no program that the checkout brings, wherever the PATH leads", async () => {
    using checkout = aCheckout();
    const folder = join(checkout.path, "node_modules", ".bin");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "ccusage"), `#!/bin/sh\ntouch '${checkout.path}/ran'\n`, { mode: 0o755 });
    using context = aContext(checkout, { now, variables: { PATH: `${folder}:node_modules/.bin:.:/usr/bin:/bin` } });

    const check = await checked(checkout, context, "delegated");

    expect(check).toMatchObject({ sentence: expect.stringContaining("ccusage is not installed") });
    expect(existsSync(join(checkout.path, "ran"))).toBe(false);
  });

  it("compares a session that is over, and that once", async () => {
    using checkout = aCheckout();
    using context = aContext(checkout, { now, variables: { PATH: "/nowhere" } });
    const transcript = join(checkout.path, ".git", "claude", "s-1.jsonl");
    append(transcript, anAnswer("1", { at: now() }));
    const about = aPayload("session-end", { session_id: "s-1", transcript_path: transcript });

    await ccusageCheck.run(about, context);
    await captureAtEnd.run(about, context);
    await ccusageCheck.run(about, context);
    await ccusageCheck.run(about, context);

    expect(context.notes.filter((note) => "message" in note && note.message === "compared with ccusage")).toHaveLength(1);
  });
});
