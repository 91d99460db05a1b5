import { z } from "zod";
import { chars, list, ofBlock } from "./text.ts";

const label = chars(20);
const segment = z.strictObject({ label, value: z.number().positive("must be more than 0") });
const pie = z.strictObject({ type: z.literal("pie"), segments: list(segment, 12) });

const series = z.strictObject({ name: label, data: list(z.strictObject({ label, value: z.number() }), 20) });
const areUnique = (names: readonly string[]): boolean => new Set(names).size === names.length;
const axes = z.strictObject({
  categories: list(label, 20).refine(areUnique, "must be unique"),
  x_label: chars(50).optional(),
  y_label: chars(50).optional(),
});
const ofPlot = {
  series: list(series, 12).refine((all) => areUnique(all.map(({ name }) => name)), "must have unique names"),
  axis_config: axes,
};

type Plot = z.infer<z.ZodObject<typeof ofPlot>>;
const fits = ({ series: all, axis_config: { categories } }: Plot) =>
  all.every(({ data }) => data.length === categories.length && categories.every((name) => data.some((point) => point.label === name)));
const plot = <T extends string>(type: T) =>
  z.strictObject({ type: z.literal(type), ...ofPlot }).refine(fits, { message: "must have a point for each category", path: ["series"] });

export const dataVisualization = z.strictObject({
  type: z.literal("data_visualization"),
  title: chars(50),
  chart: z.discriminatedUnion("type", [pie, plot("bar"), plot("line"), plot("area")]),
  ...ofBlock,
});
