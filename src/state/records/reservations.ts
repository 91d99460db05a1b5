import type { Kysely, Selectable } from "kysely";
import type { Reservation, Reservations } from "../../pipeline/budgets/reservation.ts";
import type { RecordTables } from "./tables.ts";

export function kyselyReservations(db: Kysely<RecordTables>): Reservations {
  return {
    async add(wish, at) {
      const { estimatePico, ...rest } = wish;
      const { numInsertedOrUpdatedRows = 0n } = await db
        .insertInto("reservations")
        .values({
          id: wish.id,
          service: wish.service,
          model: wish.model ?? null,
          at,
          expires_at: at + wish.leaseMs,
          state: "open",
          body: JSON.stringify({ ...rest, estimatePico: estimatePico === null ? null : String(estimatePico) }),
        })
        .onConflict((conflict) => conflict.column("id").doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows > 0n;
    },

    async find(id) {
      const row = await db.selectFrom("reservations").selectAll().where("id", "=", id).executeTakeFirst();
      return row && toReservation(row);
    },

    async open() {
      const rows = await db.selectFrom("reservations").selectAll().where("state", "=", "open").orderBy("at").execute();
      return rows.map(toReservation);
    },

    async end(id, state) {
      await db.updateTable("reservations").set({ state }).where("id", "=", id).execute();
    },
  };
}

function toReservation(row: Selectable<RecordTables["reservations"]>): Reservation {
  const { estimatePico, ...wish } = JSON.parse(row.body);
  return {
    ...wish,
    estimatePico: estimatePico === null ? null : BigInt(estimatePico),
    at: Number(row.at),
    expiresAt: Number(row.expires_at),
    state: row.state as Reservation["state"],
  };
}
