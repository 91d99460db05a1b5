import { meanAccuracy } from "../../pipeline/sessions/accuracy.ts";
import { text } from "../../reply.ts";
import type { Section } from "./section.ts";

const looksAt = 1_000;

/** How near the estimates of the newest prompts came. */
export const prompts: Section = async (checkout) => {
  const newest = checkout.existingJournal()?.prompts.newest(looksAt) ?? [];
  const { prompts: known, mean } = meanAccuracy(newest);
  const content = { recorded: newest.length, measured: known, accuracy: mean ?? null };
  if (newest.length === 0) return { content, parts: [] };
  const count = newest.length === 1 ? "1 prompt is" : `${newest.length}${newest.length === looksAt ? " or more" : ""} prompts are`;
  const accuracy =
    mean === undefined
      ? "the accuracy of their estimated tokens is not known yet"
      : `the accuracy of their estimated tokens is ${mean.toFixed(2)}, over ${known} (1 is exact)`;
  return { content, parts: [text(`${count} recorded; ${accuracy}.`)] };
};
