import type { Block } from "@slack/types";
import type { Chart } from "../../reply.ts";
import { toDrawing } from "./chart-drawing.ts";
import { unitNames } from "./chart-table.ts";
import type { Room } from "./rich-text.ts";

/** Newer than the types of Slack's own package. https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block */
export interface ChartBlock extends Block {
  readonly type: "data_visualization";
  readonly title: string;
  readonly chart: Pie | Plot;
}

interface Point {
  readonly label: string;
  readonly value: number;
}

interface Pie {
  readonly type: "pie";
  readonly segments: readonly Point[];
}

interface Plot {
  readonly type: "bar" | "line";
  readonly series: readonly { readonly name: string; readonly data: readonly Point[] }[];
  readonly axis_config: { readonly categories: readonly string[]; readonly y_label: string };
}

/** A chart as a block, and what was left out in words; undefined where Slack could not draw it or there is no room. */
export function renderChart(chart: Chart, room: Room): { readonly block: ChartBlock; readonly note?: string } | undefined {
  const { charts = 0 } = room;
  const drawing = charts > 0 ? toDrawing(chart) : undefined;
  if (!drawing) return undefined;

  const { shape, title, unit, categories, series, note } = drawing;
  const points = (values: readonly number[]): Point[] => categories.map((label, at) => ({ label, value: values[at] ?? 0 }));
  const drawn: ChartBlock["chart"] =
    shape === "pie"
      ? { type: shape, segments: points(series[0]?.values ?? []) }
      : {
          type: shape,
          series: series.map(({ name, values }) => ({ name, data: points(values) })),
          axis_config: { categories, y_label: unitNames[unit] },
        };
  const block: ChartBlock = { type: "data_visualization", title, chart: drawn };
  const words = [title, ...categories, ...series.flatMap(({ name }) => [name, ...categories])].join("").length;
  if (words > room.left) return undefined;
  room.left -= words;
  room.charts = charts - 1;
  return { block, ...(note !== undefined && { note }) };
}
