import type { TopLevelSpec } from "vega-lite";
import { wrapText } from "./text.ts";
import { SUBTITLE_SIZE, THEME, TITLE_SIZE } from "./theme.ts";

type Concat = Extract<TopLevelSpec, { vconcat: unknown }>;
export type PartSpec = Concat["vconcat"][number];

/** Left of the frames: title and labels of their axes. */
const AXIS_WIDTH = 50;

/** Title and parts, one below the other. `width` is that of the frames in a row with what lies between them. */
export function sheetSpec(
  { title, subtitle }: { readonly title: string; readonly subtitle: string },
  width: number,
  parts: readonly unknown[],
  spacing = 8,
): TopLevelSpec {
  const room = width + AXIS_WIDTH;
  const lines = subtitle === "" ? [] : wrapText(subtitle, room, SUBTITLE_SIZE);
  const text = title === "" ? [] : wrapText(title, room, TITLE_SIZE, true);
  const place = { anchor: "start", offset: 8 };
  // An empty title would take the room of one.
  const heading =
    text.length > 0
      ? { ...place, text, subtitle: lines, subtitlePadding: 4 }
      : { ...place, text: lines, fontSize: SUBTITLE_SIZE, fontWeight: "normal" };
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    ...(text.length + lines.length > 0 && { title: heading }),
    padding: 4,
    spacing,
    vconcat: parts,
    config: THEME,
  } as Concat;
}

/** Colours and shapes that stand in the data as they are. */
export const ownStyle = (field: string) => ({ field, type: "nominal" as const, scale: null, legend: null });
