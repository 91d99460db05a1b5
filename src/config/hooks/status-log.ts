import { z } from "zod";

const isInside = (path: string): boolean => path.split("/").every((part) => part !== "" && part !== "." && part !== "..");

export const StatusLogSettings = z
  .strictObject({
    folder: z
      .string()
      .max(200)
      .refine((path) => isInside(path.replace(/\/$/, "")), "is not a folder of the repository such as docs/ci-status")
      .optional()
      .meta({
        description:
          "where `pipeline-log.json` and `pipeline-log.md` are written: `docs/ci-status` shows them to all who have the repository",
        unset: "`ci-status` beside the hooks' state, which git does not see",
      }),
  })
  .prefault({});
