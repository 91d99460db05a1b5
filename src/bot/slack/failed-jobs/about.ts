import { z } from "zod";

const About = z.object({
  /** Where it was opened, and so where the answer is told. Shortcuts of the whole workspace have no place. */
  channel: z.string().optional(),
  threadTs: z.string().optional(),
  /** What it may be about: `owner/repo#12` or `owner/repo@main`. None stands for the person's own pull requests. */
  places: z.array(z.string()).default([]),
  /** The head whose jobs are listed. */
  sha: z.string().optional(),
  /** How many of its jobs are red. */
  failed: z.number().optional(),
});

/** What the dialog is about. Slack keeps it in the view's `private_metadata`, where nobody can change it. */
export type About = z.infer<typeof About>;

export const readAbout = (metadata: string | undefined): About => About.parse(metadata ? JSON.parse(metadata) : {});

export const writeAbout = (about: About): { private_metadata: string } => ({ private_metadata: JSON.stringify(about) });
