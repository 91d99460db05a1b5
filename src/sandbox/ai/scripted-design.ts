import type { DesignAnswer } from "../../pipeline/design/design.ts";

/** The same to every question: a script knows no designs. */
export function scriptedDesign(): DesignAnswer {
  return {
    recommendation: "I am a script and no model: I would begin with the smallest change that can be undone, and measure before the second.",
    approaches: [
      {
        name: "Smallest change first",
        how: "Repair the one place where it shows, behind a check that fails today and passes then.",
        risks: "The cause may lie deeper, so that it shows again elsewhere.",
      },
      {
        name: "Move the boundary",
        how: "Give the decision to the one module that has all it needs to know, and let the others ask it.",
        risks: "More is touched at once, and whoever else works there has to be told.",
      },
    ],
    openQuestions: ["Which of its callers rely on how it is today?"],
  };
}
