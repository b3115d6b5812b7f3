// Events by day, week or month: what happened above the line in solid colour, what did not (yet) below it in patterns. The two are never stacked.

const SAMPLE = 2000;
const GRAIN_DAYS = { day: 1, week: 7, month: 30 };
// A date that is coarser than the bars would make a peak on the first of a month or a year that nobody reported.
const TOO_COARSE = { day: new Set(["week", "month", "year"]), week: new Set(["month", "year"]), month: new Set(["year"]) };

const starts = { day: new Map(), week: new Map(), month: new Map() };

function startOf(day, grain) {
  let start = starts[grain].get(day);
  if (start === undefined) {
    start = beginning(day, grain);
    starts[grain].set(day, start);
  }
  return start;
}

function beginning(day, grain) {
  if (grain === "day") return day;
  if (grain === "week") return day - ((((day + 3) % 7) + 7) % 7); // 1970-01-01 was a Thursday
  const date = new Date(day * DAY);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / DAY;
}

function endOf(start, grain) {
  if (grain !== "month") return start + GRAIN_DAYS[grain];
  const date = new Date(start * DAY);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / DAY;
}

function makeTimeline(facts) {
  let grain = "auto";
  let redraw = () => {};
  const control = choice("Bars by", [["auto", "the period's length"], ["day", "day"], ["week", "week"], ["month", "month"]], (value) => {
    grain = value;
    redraw();
  });
  const view = figure("timeline", control);
  return (selection) => {
    redraw = () => drawTimeline(facts, selection, view, grain);
    redraw();
  };
}

function chosenGrain(facts, selection, grain) {
  if (grain !== "auto") return grain;
  // Twentieths on either side are left out: one old event does not make months of days.
  const every = Math.ceil(selection.counted.length / SAMPLE) || 1;
  const days = Int32Array.from({ length: Math.ceil(selection.counted.length / every) }, (_, index) => facts.incidents.day[selection.counted[index * every]]).sort();
  const length = days.length ? days[Math.floor(days.length * 0.95)] - days[Math.floor(days.length * 0.05)] + 1 : 1;
  return length <= 100 ? "day" : length <= 800 ? "week" : "month";
}

function timelineBars(facts, selection, grain) {
  const { type, standing, day, precision } = facts.incidents;
  const coarse = facts.precisions.map((each) => TOO_COARSE[grain].has(each));
  // Day -> its bar, for all days of the page; counts by bar, type and standing in one row of numbers.
  const [begin, finish] = facts.span;
  const starting = [];
  const barOf = new Int32Array(Math.max(0, finish - begin + 1));
  for (let each = begin; each <= finish && begin !== NONE; each += 1) {
    const start = startOf(each, grain);
    if (starting.at(-1) !== start) starting.push(start);
    barOf[each - begin] = starting.length - 1;
  }
  const slots = facts.types.length * 8;
  const counts = new Int32Array(starting.length * slots);
  let leftOut = 0;
  for (const i of selection.counted) {
    if (precision[i] !== NOTHING && coarse[precision[i]]) leftOut += 1;
    else counts[barOf[day[i] - begin] * slots + type[i] * 8 + standing[i]] += 1;
  }
  const read = new Map();
  for (const [each, documents] of selection.documentsByDay) tally(read, startOf(each, grain), documents);
  const bars = [];
  for (const [key, count] of counts.entries()) {
    if (count === 0) continue;
    const start = starting[Math.floor(key / slots)];
    const documents = read.get(start) ?? 0;
    const per = selection.filters.measure === "per";
    if (per && documents === 0) leftOut += count;
    else bars.push({ start, type: Math.floor((key % slots) / 8), standing: key % 8, count, value: per ? (100 * count) / documents : count });
  }
  return { bars, leftOut };
}

// The first and the last bar to draw. Without a period that was asked for a few events long before the others, such as an attack of which an anniversary is
// told, or long after them, would leave the chart almost empty: up to a hundredth on either side is left out where that makes it shorter by a quarter.
function drawnPeriod(selection, bars, grain) {
  if (bars.length === 0) return [];
  const spare = sum(bars.map((bar) => bar.count)) / 100;
  const within = (ordered) => {
    let passed = 0;
    return ordered.find((bar) => (passed += bar.count) > spare).start;
  };
  const ends = [bars[0].start, bars.at(-1).start];
  const usual = [within(bars), within([...bars].reverse())];
  const [first, last] = usual[1] - usual[0] < 0.75 * (ends[1] - ends[0]) ? usual : ends;
  const { from, to } = selection.filters;
  return [Number.isNaN(from) ? first : startOf(selection.first, grain), Number.isNaN(to) ? last : startOf(selection.last, grain)];
}

function stackedBars(bars) {
  const below = new Map();
  for (const bar of bars) {
    if (bar.standing === HAPPENED) Object.assign(bar, { y1: 0, y2: bar.value });
    else {
      const key = bar.start * 64 + bar.type;
      const at = below.get(key) ?? 0;
      Object.assign(bar, { y1: -at, y2: -at - bar.value });
      below.set(key, at + bar.value);
    }
  }
  return bars;
}

// Types are of very different sizes: each has a scale of its own, and all have the same days below each other.
function timelineOf(facts, bars, { type, grain, domain, width, axis }) {
  const name = facts.types[type].label;
  const inset = bars.length > 300 ? 0 : 0.5;
  const most = Math.max(1, ...bars.map((bar) => bar.y2));
  const least = Math.min(0, ...bars.map((bar) => bar.y2));
  return plotted({
    width,
    height: (width < ON_A_TELEPHONE ? 108 : 124) + (axis ? 26 : 0),
    marginLeft: 44,
    marginRight: 8,
    marginTop: 24,
    marginBottom: axis ? 34 : 8,
    ariaLabel: `${name}s by ${grain}`,
    ariaDescription: "Above the line what happened, below it what was planned, asked for, called off or denied. The numbers are in the table below the chart.",
    x: { type: "utc", domain, label: null, axis: axis ? "bottom" : null },
    y: { label: null, domain: [least, most], ticks: 3, tickFormat: (value) => (Number.isInteger(value) || most < 3 ? compact(Math.abs(value)) : ""), grid: true },
    marks: [
      Plot.rect(bars, {
        x1: (bar) => new Date(bar.start * DAY),
        x2: (bar) => new Date(endOf(bar.start, grain) * DAY),
        y1: "y1",
        y2: "y2",
        fill: literal((bar) => fillOf(bar.type, bar.standing)),
        insetLeft: inset,
        insetRight: inset,
        title: (bar) => `${name}, ${facts.standings[bar.standing].label}\n${grain === "day" ? "" : `${grain} from `}${isoDay(bar.start)}: ${number(bar.value)}`,
        tip: true,
      }),
      Plot.ruleY([0], { stroke: "currentColor" }),
      Plot.text([`${name}s`], { text: (each) => each, frameAnchor: "top-left", dx: 6, dy: -20, fontWeight: 600, fill: "currentColor" }),
    ],
  });
}

function drawTimeline(facts, selection, view, wanted) {
  const grain = chosenGrain(facts, selection, wanted);
  const { bars, leftOut } = timelineBars(facts, selection, grain);
  const [first, last] = drawnPeriod(selection, bars, grain);
  const inside = bars.filter((bar) => bar.start >= first && bar.start <= last);
  const shown = [...selection.filters.types].filter((type) => inside.some((bar) => bar.type === type));
  const outside = sum(bars.map((bar) => bar.count)) - sum(inside.map((bar) => bar.count));
  const domain = [new Date(first * DAY), new Date(endOf(last, grain) * DAY)];
  stackedBars(inside);
  const charts = shown.map((type, index) => timelineOf(facts, inside.filter((bar) => bar.type === type), { type, grain, domain, width: view.width, axis: index === shown.length - 1 }));
  const chart = charts.length ? element("div", {}, ...charts) : null;
  const per = selection.filters.measure === "per" ? `, for 100 documents published in the same ${grain}` : "";
  const besides = leftOut ? ` ${plural(leftOut, "event")} ${leftOut === 1 ? "is" : "are"} left out here, dated more coarsely than by ${grain}${per ? " or on days of which nothing was read" : ""}.` : "";
  const far = outside ? ` ${plural(outside, "event")} long before or after ${outside === 1 ? "is" : "are"} in the numbers alone; a period that holds ${outside === 1 ? "it shows it" : "them shows them"}.` : "";
  view.show(chart, `Events by ${grain}${per}. Above the line: happened. Below it: planned, asked for or weighed, called off or stopped, denied or refused.${shown.length > 1 ? " Each type has its own scale." : ""}${besides}${far}`,
    [`${grain[0].toUpperCase()}${grain.slice(1)}`, "Type", "Standing", "Events", ...(per ? ["Per 100 documents"] : [])],
    () => bars.map((bar) => [isoDay(bar.start), facts.types[bar.type].label, facts.standings[bar.standing].label, bar.count, ...(per ? [bar.value] : [])]));
}
