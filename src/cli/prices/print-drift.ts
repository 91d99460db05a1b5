import { renderTerminal } from "../../bot/render/terminal.ts";
import type { Cause } from "../../pipeline/usage/drift-cause.ts";
import { exactUsd, showUsd } from "../../pipeline/usage/money.ts";
import type { Drift, Reconciliation } from "../../pipeline/usage/reconcile.ts";
import { done, facts, type Part, text } from "../../reply.ts";

const causes: Readonly<Record<Cause, string>> = {
  rounding: "rounding: less than a cent",
  unpriced: "unpriced here: add the model to config/model-pricing.json",
  only_at_vendor: "only at the vendor: other people, keys or tools, which are not in the ledger",
  not_billed: "not billed: a subscription or free",
  not_final: "the report's last day, which the vendor has not billed in full yet",
  only_here: "only in the ledger: another account pays, or it is a subscription",
  price: "the same share on every day: another price, or a discount",
  long_context: "no more than what was billed for long context",
  cache: "no more than what was billed for caches",
  batch: "no more than what was billed in batches, which cost less",
  more_at_vendor: "more at the vendor: other people, keys or tools use the model too",
  more_here: "more in the ledger: part of it went to another account, or was credited",
};

/** These leave nothing to look into. */
const harmless: readonly Cause[] = ["rounding", "not_billed"];

/** Whether somebody should look into it. */
export const hasDrift = ({ drifts }: Reconciliation): boolean => drifts.some(({ cause }) => !harmless.includes(cause));

export function printDrift(found: Reconciliation, notes: readonly string[], asJson: boolean): string {
  if (asJson) return `${JSON.stringify({ notes, totals: found.totals.map(toJson), drifts: found.drifts.map(toJson) }, undefined, 2)}\n`;
  const rows = found.drifts.map((drift) => ({
    cells: [drift.day, drift.model, showUsd(drift.billedPico), showUsd(drift.ledgerPico), inWords(drift)],
  }));
  const table: Part = { kind: "table", columns: ["Day", "Model", "Billed", "Ledger", "Likely because"], rows };
  const totals = found.totals.map(({ provider, firstDay, lastDay, billedPico, ledgerPico }) => ({
    label: provider,
    value: `${showUsd(billedPico)} billed, ${showUsd(ledgerPico)} metered in the ledger, ${firstDay} to ${lastDay} (UTC)`,
  }));
  return renderTerminal(
    done(
      "listed",
      ...notes.map((note) => text(note)),
      ...(rows.length > 0 ? [table] : [text("Vendor and ledger agree.")]),
      ...(totals.length > 0 ? [facts(...totals)] : []),
    ),
  );
}

function inWords({ cause, factor }: Drift): string {
  if (factor === undefined) return causes[cause];
  const digits = factor.toString().padStart(5, "0");
  return `${causes[cause]} (theirs is ${digits.slice(0, -4)}.${digits.slice(-4)} of ours)`;
}

function toJson({ billedPico, ledgerPico, ...rest }: Drift | Reconciliation["totals"][number]) {
  const factor = "factor" in rest && rest.factor !== undefined ? { factor: Number(rest.factor) / 10_000 } : {};
  return {
    ...rest,
    ...factor,
    billedUsd: exactUsd(billedPico),
    ledgerUsd: exactUsd(ledgerPico),
    driftUsd: exactUsd(billedPico - ledgerPico),
  };
}
