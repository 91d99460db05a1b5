import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findCommands } from "../../../src/bot/github/find-commands.ts";
import { isOurs } from "../../../src/bot/render/marker.ts";
import { ServiceError } from "../../../src/errors.ts";
import { us } from "./fake-github.ts";
import { botUser } from "./fake-slack.ts";
import { startMirrorWorld } from "./mirror-world.ts";

const deeds = fc.array(
  fc.record({
    do: fc.constantFrom("say", "edit", "edit", "edit", "remove", "removeCopy"),
    on: fc.constantFrom("github", "slack"),
    which: fc.nat(1),
    pauseMs: fc.constantFrom(undefined, undefined, 0, 1_200),
  }),
  { minLength: 8, maxLength: 14 },
);
/** How deliveries travel and where processes die, used up one after the other; then all goes well. */
const journeys = fc.array(fc.record({ late: fc.constantFrom(0, 1, 2, 4), times: fc.constantFrom(1, 1, 2) }), {
  minLength: 30,
  maxLength: 40,
});
const crashes = fc.array(
  fc.nat(3).map((dice) => dice === 0),
  { minLength: 10, maxLength: 60 },
);

const died = new ServiceError("The process died.", { service: "the machine", retryable: true });

describe("a mirrored conversation", () => {
  it("ends the same on both sides, whatever happened in whatever order, and whenever processes died", async () => {
    await fc.assert(
      fc.asyncProperty(deeds, journeys, crashes, async (happened, ways, deaths) => {
        const [way, death] = [ways.values(), deaths.values()];
        let isSafe = true;
        const world = await startMirrorWorld({
          journey: () => way.next().value ?? { late: 0, times: 1 },
          crash() {
            if (!isSafe && death.next().value) throw died;
          },
        });
        const { github, slack } = world;
        github.say("word-0");
        await world.settle();
        const root = world.root()?.ts ?? "";
        isSafe = false;

        /** What people said, by their newest words; those whose copy somebody deleted are to stay away. */
        const said = { github: [...github.comments.keys()], slack: [] as string[] };
        const banned = new Set<string>();
        let words = 1;
        for (const deed of happened) {
          const text = `word-${words++}`;
          if (deed.on === "github") {
            const id = said.github.at(-1 - deed.which);
            if (deed.do === "say") said.github.push(github.say(text).id);
            else if (id !== undefined && deed.do === "edit") github.edit(id, text);
            else if (id !== undefined && deed.do === "remove") github.remove(id);
            else {
              const copy = [...github.comments.values()].filter(({ user }) => user === us).at(-1 - deed.which);
              const original = copy && said.slack.find((ts) => copy.body.includes(`/p${ts.replace(".", "")}`));
              if (copy && original) {
                github.remove(copy.id);
                banned.add(original);
              }
            }
          } else {
            const ts = said.slack.at(-1 - deed.which);
            if (deed.do === "say") said.slack.push(slack.say(text, root).ts);
            else if (ts !== undefined && deed.do === "edit") slack.edit(ts, text);
            else if (ts !== undefined && deed.do === "remove") slack.remove(ts);
            else {
              const copy = [...slack.messages.values()]
                .filter(({ user, threadTs }) => user === botUser && threadTs === root)
                .at(-1 - deed.which);
              const original = copy && said.github.find((each) => JSON.stringify(copy.blocks).includes(`issuecomment-${each}"`));
              if (copy && original !== undefined) {
                slack.remove(copy.ts);
                banned.add(String(original));
              }
            }
          }
          if (deed.pauseMs !== undefined) await world.pass(deed.pauseMs);
        }
        await world.settle();
        const all = {
          comments: [...github.comments.values()],
          messages: [...slack.messages.values()].filter(({ threadTs }) => threadTs === root),
        };
        await world.close();

        const wordsIn = (text: string) => /word-\d+/.exec(text)?.[0] ?? text;
        const copiesInSlack = all.messages.filter(({ user }) => user === botUser).map(({ blocks }) => wordsIn(JSON.stringify(blocks)));
        const copiesOnGitHub = all.comments.filter(({ user }) => user === us).map(({ body }) => wordsIn(body));
        const sourcesOnGitHub = all.comments.filter(({ user, id }) => user !== us && !banned.has(String(id))).map(({ body }) => body);
        const sourcesInSlack = all.messages.filter(({ user, ts }) => user !== botUser && !banned.has(ts)).map(({ text }) => text);
        expect({ slack: copiesInSlack.toSorted(), github: copiesOnGitHub.toSorted() }).toEqual({
          slack: sourcesOnGitHub.toSorted(),
          github: sourcesInSlack.toSorted(),
        });
        for (const { body, user } of all.comments) {
          expect(user === us).toBe(isOurs(body));
          if (user === us) expect(findCommands(body, "/ci").commands).toEqual([]);
        }
      }),
      // However slow the machine is, it comes to an end.
      { numRuns: 30, interruptAfterTimeLimit: 12_000 },
    );
  }, 30_000);
});
