import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ServiceError, UserError } from "../../../src/errors.ts";
import { aPull, drain, openScene, type Scene } from "./scene.ts";

const away = (retryable: boolean) => new ServiceError("GitHub cannot be reached.", { service: "GitHub", retryable });

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

describe("what cannot be read", () => {
  const broken = {
    history: (error: Error) => {
      scene.main = error;
    },
    "merge base": (error: Error) => {
      scene.base = error;
    },
    log: (error: Error) => scene.fail(2, "lint", error),
  };
  const forbidden = new UserError("refused", "forbidden", "No.");

  it.each(Object.entries(broken))("is asked for again while that may help: the %s", async (_, breakIt) => {
    scene.fail(1, "test", drain(1.5));
    breakIt(away(true));

    await expect(scene.happen(aPull())).rejects.toBeInstanceOf(ServiceError);
  });

  it.each([
    ["it never can be", false, away(false)],
    ["the bot may not", false, forbidden],
    ["nobody tries again", true, away(true)],
  ])("is missing from the evidence when %s, and no job is lost", async (_, isLastTry, error) => {
    scene.fail(1, "test", drain(1.5));
    for (const breakIt of Object.values(broken)) breakIt(error);

    const { verdict, evidence, jobs: looked } = await scene.happen(aPull(), isLastTry);

    expect(verdict).toBe("unknown");
    expect(evidence).toContainEqual({ text: "How test did on main could not be read" });
    expect(looked.map(({ name }) => name)).toEqual(["test", "lint"]);
    expect(looked[0]).not.toHaveProperty("onMain");
  });
});
