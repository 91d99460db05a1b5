import type { Kysely, Selectable } from "kysely";
import type { BudgetBook, Crossing, Override, Touched } from "../../pipeline/budgets/book.ts";
import type { RecordTables } from "./tables.ts";

export function kyselyBudgets(db: Kysely<RecordTables>): BudgetBook {
  const stands = db.selectFrom("budget_crossings").selectAll().where("taken_back_at", "=", 0);
  const holds = (at: number) => db.selectFrom("budget_overrides").selectAll().where("since", "<=", at).where("until", ">", at);
  return {
    async touch(touched) {
      if (touched.length === 0) return;
      await db
        .insertInto("budget_touched")
        .values(touched.map(({ key, period, subject }) => ({ budget: key, period, subject: JSON.stringify(subject) })))
        .onConflict((conflict) => conflict.columns(["budget", "period"]).doNothing())
        .execute();
    },

    async takeTouched(limit) {
      const rows = await db.selectFrom("budget_touched").selectAll().orderBy("budget").orderBy("period").limit(limit).execute();
      for (const { budget, period } of rows)
        await db.deleteFrom("budget_touched").where("budget", "=", budget).where("period", "=", period).execute();
      return rows.map(toTouched);
    },

    async cross({ budget, period, level, at, subject, spentPico, limitPico, alert }) {
      const { numInsertedOrUpdatedRows = 0n } = await db
        .insertInto("budget_crossings")
        .values({
          budget,
          period,
          level,
          at,
          subject: JSON.stringify(subject),
          spent_pico: String(spentPico),
          limit_pico: String(limitPico),
          alert: alert ?? null,
          taken_back_at: 0,
        })
        .onConflict((conflict) => conflict.columns(["budget", "period", "level", "taken_back_at"]).doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows > 0n;
    },

    async crossings(budget, period) {
      const rows = await stands.where("budget", "=", budget).where("period", "=", period).orderBy("at").execute();
      return rows.map(toCrossing);
    },

    async takenBack(budget, period) {
      const rows = await db
        .selectFrom("budget_crossings")
        .selectAll()
        .where("budget", "=", budget)
        .where("period", "=", period)
        .where("taken_back_at", ">", 0)
        .orderBy("taken_back_at", "desc")
        .execute();
      return rows.map(toCrossing);
    },

    async ofAlert(alert) {
      const rows = await db.selectFrom("budget_crossings").selectAll().where("alert", "=", alert).orderBy("at").execute();
      return rows.map(toCrossing);
    },

    async takeBack({ budget, period, level }, at) {
      const { last } = await db
        .selectFrom("budget_crossings")
        .select((row) => row.fn.max("taken_back_at").as("last"))
        .where("budget", "=", budget)
        .where("period", "=", period)
        .where("level", "=", level)
        .executeTakeFirstOrThrow();
      await db
        .updateTable("budget_crossings")
        // It may have been taken back in this very millisecond.
        .set({ taken_back_at: Math.max(at, Number(last ?? 0) + 1) })
        .where("budget", "=", budget)
        .where("period", "=", period)
        .where("level", "=", level)
        .where("taken_back_at", "=", 0)
        .execute();
    },

    async crossedSince(at) {
      const rows = await stands.where("at", ">=", at).execute();
      const byBudget = new Map(rows.map((row) => [`${row.budget} ${row.period}`, toTouched(row)]));
      return [...byBudget.values()];
    },

    async override({ budget, limitPico, by, reason, from, until }) {
      await db
        .insertInto("budget_overrides")
        .values({ budget, limit_pico: String(limitPico), by, reason, since: from, until })
        .execute();
    },

    async overrideOf(budget, at) {
      const row = await holds(at).where("budget", "=", budget).orderBy("since", "desc").limit(1).executeTakeFirst();
      return row && toOverride(row);
    },
  };
}

const toTouched = (row: { budget: string; period: string; subject: string }): Touched => ({
  key: row.budget,
  period: row.period,
  subject: JSON.parse(row.subject),
});

const toCrossing = (row: Selectable<RecordTables["budget_crossings"]>): Crossing => ({
  budget: row.budget,
  period: row.period,
  level: row.level as Crossing["level"],
  at: Number(row.at),
  subject: JSON.parse(row.subject),
  spentPico: BigInt(row.spent_pico),
  limitPico: BigInt(row.limit_pico),
  ...(row.alert !== null && { alert: row.alert }),
  ...(Number(row.taken_back_at) !== 0 && { takenBackAt: Number(row.taken_back_at) }),
});

const toOverride = (row: Selectable<RecordTables["budget_overrides"]>): Override => ({
  budget: row.budget,
  limitPico: BigInt(row.limit_pico),
  by: row.by,
  reason: row.reason,
  from: Number(row.since),
  until: Number(row.until),
});
