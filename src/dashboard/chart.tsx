import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import type { Colours } from './colours.js';

/** One line of a chart: its values by day. */
export interface Line {
  readonly name: string;
  readonly values: readonly (number | null)[];
  /** The variable of the style that has its colour. */
  readonly colour: string;
  readonly dashed?: boolean;
  /** An end of the band, which is drawn as its edge. */
  readonly edge?: boolean;
}

export interface ChartProps {
  /** For who cannot see it. */
  readonly label: string;
  /** Local days, `2026-03-02`, oldest first. */
  readonly dates: readonly string[];
  readonly lines: readonly Line[];
  /** Two of the lines, upper then lower, between which the ground is coloured. */
  readonly band?: readonly [number, number];
  /** Horizontal lines, by what they are called. */
  readonly levels?: readonly { readonly value: number; readonly name: string }[];
  /** A day that is marked. */
  readonly markedDate?: string | null;
  /** What a day is called. */
  readonly dayName: string;
  readonly day: (date: string) => string;
  readonly value: (value: number | null) => string;
  /** Colours are read when it is drawn: others draw it again. */
  readonly colours: Colours;
}

const HEIGHT = 240;
const SECOND_MS = 1000;

/** Lines over days on a canvas, with what the pointer is at below; the figures as a table are beside it. */
export function Chart(props: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const { label, dates, lines } = props;
  const shown = JSON.stringify([dates, lines, props.band, props.levels, props.markedDate, props.colours]);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const draw = () => {
      element.replaceChildren();
      return new uPlot(optionsOf(props, element), dataOf(props), element);
    };
    let plot = draw();
    const again = () => {
      plot.destroy();
      plot = draw();
    };
    const resized = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: HEIGHT }));
    resized.observe(element);
    const print = matchMedia('print');
    print.addEventListener('change', again);
    return () => {
      resized.disconnect();
      print.removeEventListener('change', again);
      plot.destroy();
    };
  }, [shown]);
  return <div class="chart" ref={place} role="img" aria-label={label} />;
}

function dataOf({ dates, lines }: ChartProps): uPlot.AlignedData {
  const days = dates.map((date) => Date.parse(date) / SECOND_MS);
  return [days, ...lines.map(({ values }) => [...values])] as uPlot.AlignedData;
}

function optionsOf(props: ChartProps, element: HTMLElement): uPlot.Options {
  const { dates, lines, band, day, value } = props;
  const colour = (name: string) => getComputedStyle(element).getPropertyValue(name).trim();
  const axis = {
    stroke: colour('--quiet'),
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
  };
  const dayOf = (seconds: number) => day(new Date(seconds * SECOND_MS).toISOString().slice(0, 10));
  return {
    width: element.clientWidth,
    height: HEIGHT,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * SECOND_MS), 'UTC'),
    cursor: { drag: { x: false, y: false }, points: { size: 6 } },
    scales: { x: { time: true }, y: { range: (_, least, most) => rangeOf(props, least, most) } },
    axes: [
      {
        ...axis,
        values: (_, splits) => splits.map(dayOf),
        space: 70,
        incrs: [1, 2, 3, 7, 14, 28].map((n) => n * 86_400),
      },
      { ...axis, size: 64, values: (_, splits) => splits.map((split) => value(split)) },
    ],
    series: [
      { label: props.dayName, value: (_, seconds) => (seconds === null ? '–' : dayOf(seconds)) },
      ...lines.map(({ name, colour: of, dashed, edge }) => ({
        label: name,
        stroke: colour(of),
        width: edge ? 0.5 : 2,
        ...(dashed && { dash: [6, 4] }),
        points: { show: !edge && dates.length < 15, size: 5, fill: colour(of) },
        spanGaps: false,
        value: (_: uPlot, shown: number | null) => value(shown),
      })),
    ],
    ...(band && {
      bands: [{ series: [band[0] + 1, band[1] + 1] as [number, number], fill: colour('--band') }],
    }),
    // The newest, until the pointer says another.
    hooks: {
      ready: [(plot) => plot.setLegend({ idx: dates.length - 1 })],
      draw: [(plot) => drawMarks(plot, props, colour('--quiet'), colour('--panel'))],
    },
  };
}

/** Levels are in sight; equal values lie in the middle. */
function rangeOf({ levels = [] }: ChartProps, least: number | null, most: number | null): [number, number] {
  const ends = [
    ...levels.map((level) => level.value),
    ...(least === null ? [] : [least]),
    ...(most === null ? [] : [most]),
  ];
  if (ends.length === 0) return [0, 1];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const room = (high - low) * 0.08 || Math.abs(high) * 0.1 || 1;
  return [low < 0 || levels.length > 0 ? low - room : Math.max(0, low - room), high + room];
}

function drawMarks(
  plot: uPlot,
  { levels = [], markedDate, dates }: ChartProps,
  colour: string,
  ground: string,
): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.fillStyle = colour;
  ctx.font = `${11 * devicePixelRatio}px system-ui, sans-serif`;
  ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
  for (const { value, name } of levels) {
    const y = plot.valToPos(value, 'y', true);
    line(ctx, bbox.left, y, bbox.left + bbox.width, y);
    label(ctx, name, bbox.left + bbox.width, y - 4 * devicePixelRatio, ground);
  }
  if (markedDate != null && dates.includes(markedDate)) {
    const x = plot.valToPos(Date.parse(markedDate) / SECOND_MS, 'x', true);
    line(ctx, x, bbox.top, x, bbox.top + bbox.height);
  }
  ctx.restore();
}

/** Readable on whatever lies below it. */
function label(ctx: CanvasRenderingContext2D, text: string, x: number, y: number, ground: string): void {
  ctx.save();
  ctx.setLineDash([]);
  ctx.textAlign = 'right';
  ctx.strokeStyle = ground;
  ctx.lineWidth = 4 * devicePixelRatio;
  ctx.strokeText(text, x, y);
  ctx.fillText(text, x, y);
  ctx.restore();
}

function line(ctx: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  ctx.beginPath();
  ctx.moveTo(x1, y1);
  ctx.lineTo(x2, y2);
  ctx.stroke();
}
