import type { Kysely } from "kysely";
import type { Incident, Transition } from "../../pipeline/incidents/incident.ts";
import type { Incidents } from "../../pipeline/incidents/incidents.ts";
import type { RecordTables } from "./tables.ts";

export function kyselyIncidents(db: Kysely<RecordTables>): Incidents {
  const bodies = () => db.selectFrom("incidents").select("body");
  const first = async (query: { executeTakeFirst(): Promise<{ body: string } | undefined> }) => {
    const row = await query.executeTakeFirst();
    return row && toIncident(row);
  };
  return {
    async nextNumber() {
      const { last } = await db
        .selectFrom("incidents")
        .select((row) => row.fn.max("number").as("last"))
        .executeTakeFirstOrThrow();
      return Number(last ?? 0) + 1;
    },

    find: (number) => first(bodies().where("number", "=", number)),

    openOf: (key) => first(bodies().where("key", "=", key).where("resolved_at", "is", null)),

    lastResolvedOf: (key) => first(bodies().where("key", "=", key).where("resolved_at", "is not", null).orderBy("number", "desc").limit(1)),

    async put(incident) {
      const row = toRow(incident);
      if (incident.version === 1) {
        const written = await db
          .insertInto("incidents")
          .values({ number: incident.number, key: incident.key, opened_at: incident.openedAt, ...row })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        return (written.numInsertedOrUpdatedRows ?? 0n) > 0n;
      }
      const { numUpdatedRows } = await db
        .updateTable("incidents")
        .set(row)
        .where("number", "=", incident.number)
        .where("version", "=", incident.version - 1)
        .executeTakeFirstOrThrow();
      return numUpdatedRows > 0n;
    },

    async append(transitions) {
      if (transitions.length === 0) return;
      const rows = transitions.map((one) => ({ incident: one.incident, ordinal: one.ordinal, at: one.at, body: JSON.stringify(one) }));
      await db
        .insertInto("incident_transitions")
        .values(rows)
        .onConflict((conflict) => conflict.columns(["incident", "ordinal"]).doNothing())
        .execute();
    },

    async timeline(number) {
      const rows = await db.selectFrom("incident_transitions").select("body").where("incident", "=", number).orderBy("ordinal").execute();
      return rows.map(({ body }): Transition => JSON.parse(body));
    },

    async open(repository) {
      const all = bodies().where("resolved_at", "is", null).orderBy("number", "desc");
      return (await (repository === undefined ? all : all.where("repository", "=", repository.toLowerCase())).execute()).map(toIncident);
    },

    async openedSince(repository, since) {
      const of = bodies().where("repository", "=", repository.toLowerCase());
      return (await of.where("opened_at", ">=", since).orderBy("number", "desc").execute()).map(toIncident);
    },

    async resolvedSince(repository, since) {
      const of = bodies().where("repository", "=", repository.toLowerCase());
      return (await of.where("resolved_at", ">=", since).orderBy("number", "desc").execute()).map(toIncident);
    },
  };
}

const toRow = (incident: Incident) => ({
  repository: incident.subject.repository.toLowerCase(),
  resolved_at: incident.resolved?.at ?? null,
  version: incident.version,
  body: JSON.stringify(incident),
});

const toIncident = ({ body }: { body: string }): Incident => JSON.parse(body);
