import type { Kysely, Selectable } from "kysely";
import type { LinkBook, StoredLink } from "../../pipeline/links.ts";
import type { RecordTables } from "./tables.ts";

/** Times are milliseconds since the epoch. */
export interface LinkTables {
  links: {
    slack_user: string;
    slack_team: string;
    account_id: number;
    login: string;
    linked_at: number;
    checked_at: number;
  };
}

export async function createLinkTables(db: Kysely<never>): Promise<void> {
  await db.schema
    .createTable("links")
    .addColumn("slack_user", "text", (column) => column.primaryKey().notNull())
    .addColumn("slack_team", "text", (column) => column.notNull())
    .addColumn("account_id", "bigint", (column) => column.notNull().unique())
    .addColumn("login", "text", (column) => column.notNull())
    .addColumn("linked_at", "bigint", (column) => column.notNull())
    .addColumn("checked_at", "bigint", (column) => column.notNull())
    .execute();
  await db.schema.createIndex("links_checked").on("links").column("checked_at").execute();
}

export function kyselyLinks(db: Kysely<RecordTables>): LinkBook {
  return {
    async find(slackUser) {
      const row = await db.selectFrom("links").selectAll().where("slack_user", "=", slackUser).executeTakeFirst();
      return row && toLink(row);
    },

    async findByAccount(accountId) {
      const row = await db.selectFrom("links").selectAll().where("account_id", "=", accountId).executeTakeFirst();
      return row && toLink(row);
    },

    async put({ person, account, linkedAt, checkedAt }) {
      const row = { slack_team: person.team, account_id: account.id, login: account.login, linked_at: linkedAt, checked_at: checkedAt };
      await db
        .insertInto("links")
        .values({ slack_user: person.user, ...row })
        .onConflict((conflict) => conflict.column("slack_user").doUpdateSet(row))
        .execute();
    },

    async remove(slackUser) {
      const { numDeletedRows } = await db.deleteFrom("links").where("slack_user", "=", slackUser).executeTakeFirstOrThrow();
      return numDeletedRows > 0n;
    },

    async leastRecentlyChecked(limit) {
      const rows = await db.selectFrom("links").selectAll().orderBy("checked_at").limit(limit).execute();
      return rows.map(toLink);
    },
  };
}

function toLink(row: Selectable<LinkTables["links"]>): StoredLink {
  return {
    person: { team: row.slack_team, user: row.slack_user },
    account: { id: row.account_id, login: row.login },
    linkedAt: row.linked_at,
    checkedAt: row.checked_at,
  };
}
