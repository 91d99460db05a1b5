import type { ModalView, PlainTextOption } from "@slack/types";
import { headInWords } from "../../../commands/head.ts";
import { fullName } from "../../../pipeline/match-by-name.ts";
import type { Job, Pipeline } from "../../../pipeline/pipelines.ts";
import { type Part, text } from "../../../reply.ts";
import { renderParts } from "../../render/block-kit.ts";
import { plainText, toOption } from "../../render/block-kit-steps.ts";
import { type About, writeAbout } from "./about.ts";

export const failedJobsView = "failed-jobs";

/** The block and action ids of what is filled in. */
export const fields = { jobs: "jobs", debug: "debug", place: "place" } as const;

/** The option that stands for every job that failed. */
export const allJobs = "all";
const ofJob = "job:";
const longestValue = 150;

/** A comment holds as many commands. */
const mostChosen = 10;

const modal = (about: About) =>
  ({
    type: "modal",
    callback_id: failedJobsView,
    title: plainText("Failed jobs"),
    close: plainText("Close"),
    ...writeAbout(about),
  }) as const;

/** Slack lets us open it for three seconds only, so it is opened before anything is known. */
export const loadingView = (about: About): ModalView => wordsView(about, [text("Looking for the jobs that failed …", "busy")]);

export const wordsView = (about: About, parts: readonly Part[]): ModalView => ({ ...modal(about), blocks: [renderParts(parts)] });

export interface PlaceToChoose {
  readonly label: string;
  readonly place: string;
}

/** Asks what it is about, where several things are possible. */
export function placesView(about: About, places: readonly PlaceToChoose[]): ModalView {
  return {
    ...modal(about),
    blocks: [
      renderParts([text("Which pull request?")]),
      {
        type: "actions",
        elements: [
          {
            type: "static_select",
            action_id: fields.place,
            placeholder: plainText("Choose a pull request"),
            options: places.filter(({ place }) => place.length <= longestValue).map(({ label, place }) => toOption(label, place)),
          },
        ],
      },
    ],
  };
}

export function jobsView(about: About, head: Pipeline, red: readonly Job[], note: readonly Part[]): ModalView {
  const { subject, repository } = head;
  const title = subject.kind === "pull_request" ? ` · ${subject.title}` : "";
  const count = red.length === 1 ? "1 job is" : `${red.length} jobs are`;
  return {
    ...modal(about),
    submit: plainText("Retry"),
    blocks: [
      renderParts([text(`${count} red on ${headInWords(head)}${title}`, "bad"), text(repository), ...note]),
      {
        type: "input",
        block_id: fields.jobs,
        label: plainText("Jobs to run again"),
        element: {
          type: "multi_external_select",
          action_id: fields.jobs,
          min_query_length: 0,
          max_selected_items: mostChosen,
          placeholder: plainText("Type a part of a name"),
          initial_options: [toAllOption(red.length)],
        },
      },
      {
        type: "input",
        block_id: fields.debug,
        optional: true,
        label: plainText("How"),
        element: { type: "checkboxes", action_id: fields.debug, options: [toOption("With debug logging", fields.debug)] },
      },
    ],
  };
}

export const toAllOption = (count: number): PlainTextOption => toOption(`All that failed (${count})`, allJobs);

/** A name that is too long is known by how it begins, as one that is typed. */
export const toJobOption = (job: Pick<Job, "name" | "actions">): PlainTextOption =>
  toOption(fullName(job), `${ofJob}${[...fullName(job)].slice(0, longestValue - ofJob.length).join("")}`);

/** The name of a job that was chosen; undefined for all. */
export const jobOf = (value: string): string | undefined => (value.startsWith(ofJob) ? value.slice(ofJob.length) : undefined);
