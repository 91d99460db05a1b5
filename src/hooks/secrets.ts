/** A shorter value is a word. */
const shortest = 8;

/** Values of variables whose names say that nobody is to see them: a tool prints its own environment at times. */
export const secretsIn = (variables: Readonly<Record<string, string | undefined>>): readonly string[] =>
  Object.entries(variables).flatMap(([name, value]) =>
    value !== undefined && value.length >= shortest && /TOKEN|SECRET|PASSW|CREDENTIAL|API_?KEY|PRIVATE_?KEY|WEBHOOK/i.test(name)
      ? [value]
      : [],
  );
