import type { DatabaseSync } from "node:sqlite";
import type { Prompt, Prompts } from "../../pipeline/sessions/prompts.ts";

export const promptsSchema = `
CREATE TABLE prompts (id TEXT PRIMARY KEY, session TEXT NOT NULL, at INTEGER NOT NULL, prompt TEXT NOT NULL, used TEXT) STRICT;
CREATE INDEX prompts_session ON prompts (session, at);
CREATE INDEX prompts_at ON prompts (at);`;

export function sqlitePrompts(database: DatabaseSync): Prompts {
  return {
    put({ used: _, ...prompt }) {
      database
        .prepare("INSERT INTO prompts (id, session, at, prompt) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")
        .run(prompt.id, prompt.session, prompt.at, JSON.stringify(prompt));
    },

    find(id) {
      const row = database.prepare("SELECT prompt, used FROM prompts WHERE id = ?").get(id);
      return row && toPrompt(row);
    },

    use: (id, used) => void database.prepare("UPDATE prompts SET used = ? WHERE id = ?").run(JSON.stringify(used), id),

    waiting: (session) =>
      database.prepare("SELECT prompt, used FROM prompts WHERE session = ? AND used IS NULL ORDER BY at").all(session).map(toPrompt),

    newest: (most) => database.prepare("SELECT prompt, used FROM prompts ORDER BY at DESC LIMIT ?").all(most).map(toPrompt),
  };
}

const toPrompt = ({ prompt, used }: Record<string, unknown>): Prompt => ({
  ...JSON.parse(String(prompt)),
  ...(used !== null && { used: JSON.parse(String(used)) }),
});
