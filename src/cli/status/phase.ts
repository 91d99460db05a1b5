import { phaseFindings, phaseInJson, phaseParts } from "../phase/findings.ts";
import type { Section } from "./section.ts";

export const phase: Section = async (checkout) => {
  const found = { ...phaseFindings(checkout), history: [] };
  return { content: phaseInJson(found), parts: phaseParts(found) };
};
