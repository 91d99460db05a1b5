import { z } from "zod";
import { card, carousel, container } from "./cards.ts";
import { dataVisualization } from "./charts.ts";
import { actions, contextActions, input } from "./interactive-blocks.ts";
import { file, image, video } from "./media.ts";
import { richText } from "./rich-text.ts";
import { dataTable, table } from "./tables.ts";
import { plan, taskCard } from "./tasks.ts";
import { alert, context, divider, header, markdown, section } from "./text-blocks.ts";

const everywhere = [section, header, divider, image, context, actions, richText, video, card, input] as const;
const outsideModals = [table, dataTable, dataVisualization, container, carousel] as const;

export const messageBlock = z.discriminatedUnion("type", [...everywhere, ...outsideModals, markdown, contextActions, plan, taskCard, file]);
export const homeBlock = z.discriminatedUnion("type", [...everywhere, ...outsideModals]);
export const modalBlock = z.discriminatedUnion("type", [...everywhere, alert]);
