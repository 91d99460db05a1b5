/** A repository's rules: nobody is asked unless said. */
export const aTriage = (changes: Partial<ReturnType<typeof rules>> = {}) => ({ ...rules(), ...changes });

function rules() {
  const mode: "off" | "suggest" | "act" = "off";
  return { mode: mode as "off" | "suggest" | "act", minConfidence: 0.8, retry: true, workflows: [] as string[], designAfter: 2 };
}
