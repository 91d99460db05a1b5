import { z } from "zod";
import type { AiFault } from "../ai/faults.ts";
import type { ScriptedModels } from "../ai/scripted.ts";
import type { Deeds } from "./deed.ts";

const faults = {
  refusing: "refusal",
  spent: "quota",
  slow: "slow",
  down: "server_error",
} as const satisfies Record<string, AiFault>;
const moods = ["well", "refusing", "spent", "slow", "down"] as const;
/** How whoever is asked answers from now on. */
export type ModelMood = (typeof moods)[number];

const Wanted = z.object({ mood: z.enum(moods) });

export interface ModelMoods {
  now(): ModelMood;
  readonly deeds: Deeds;
}

/** Lets a visitor decide how the models answer. */
export function createModelMoods({ api }: ScriptedModels): ModelMoods {
  let mood: ModelMood = "well";
  let end: (() => void) | undefined;
  return {
    now: () => mood,
    deeds: {
      async "/sandbox/models"(body) {
        ({ mood } = Wanted.parse(body));
        end?.();
        end = mood === "well" ? undefined : api.fail(faults[mood]);
      },
    },
  };
}
