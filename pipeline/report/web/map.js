// Where events happened: filled discs for what happened, dashed rings for what did not (yet).

const MOST_PLACES = 1500;
const FRAME = 10; // degrees: the same land is shown for many choices, and is drawn once

function makeMap(facts) {
  const shapes = topojson.feature(facts.shapes, facts.shapes.objects.countries);
  let extent = "fit";
  let redraw = () => {};
  const control = choice("Show", [["fit", "where something happened"], ["world", "the world"]], (value) => {
    extent = value;
    redraw();
  });
  const view = figure("map", control);
  return (selection) => {
    redraw = () => drawMap(facts, selection, view, shapes, extent);
    redraw();
  };
}

function mapPoints(facts, selection) {
  const { type, standing, place } = facts.incidents;
  const slots = facts.types.length * 2;
  const counts = new Int32Array(facts.places.length * slots);
  let nowhere = 0;
  for (const i of selection.counted) {
    if (place[i] === NOTHING || facts.places[place[i]].latitude === null) nowhere += 1;
    else counts[place[i] * slots + type[i] * 2 + (standing[i] === HAPPENED ? 0 : 1)] += 1;
  }
  const points = [];
  for (const [key, count] of counts.entries()) {
    if (count) points.push({ at: facts.places[Math.floor(key / slots)], type: Math.floor((key % slots) / 2), other: key % 2, count });
  }
  points.sort((a, b) => b.count - a.count);
  return { points, nowhere };
}

// The part of the earth to show: all points with some land around them; one that is far from all others does not make the rest small.
function domainOf(points) {
  if (points.length === 0) return { type: "Sphere" };
  const sorted = (values) => values.slice().sort((a, b) => a - b);
  const spanOf = (values, least, low, high) => {
    const middle = (values[0] + values[values.length - 1]) / 2;
    const half = Math.max(least, (values[values.length - 1] - values[0]) / 2 + 4);
    return [Math.max(low, FRAME * Math.floor((middle - half) / FRAME)), Math.min(high, FRAME * Math.ceil((middle + half) / FRAME))];
  };
  const [west, east] = spanOf(sorted(points.map((each) => each.at.longitude)), 14, -180, 180);
  const [south, north] = spanOf(sorted(points.map((each) => each.at.latitude)), 9, -60, 84);
  const middle = (west + east) / 2;
  const widest = Math.min(Math.max(0, south), north); // the projection is widest at the equator
  return { type: "MultiPoint", coordinates: [...[south, widest, north].flatMap((at) => [[west, at], [east, at]]), [middle, north], [middle, south]] };
}

const drawnLand = new Map();

function drawMap(facts, selection, view, shapes, extent) {
  const { points, nowhere } = mapPoints(facts, selection);
  const shown = points.slice(0, MOST_PLACES);
  const { width } = view;
  const words = (each) => `${each.at.name}: ${plural(each.count, facts.types[each.type].label)} ${each.other ? "planned, asked for, called off or denied" : "happened"}`;
  const dots = { x: (each) => each.at.longitude, y: (each) => each.at.latitude, r: (each) => each.count + 0.15, stroke: literal((each) => colourOf(each.type)), strokeWidth: 1.3 };
  const domain = extent === "fit" ? domainOf(shown) : { type: "Sphere" };
  const framed = JSON.stringify([width, domain]);
  const land = drawnLand.get(framed);
  const chart = plotted({
    width,
    height: Math.round(width * 0.62),
    margin: 2,
    ariaLabel: "Map of events by place and type",
    ariaDescription: "Discs for what happened, dashed rings for what did not. The numbers are in the table below the map.",
    projection: { type: "equal-earth", domain, inset: 6 },
    r: { type: "sqrt", range: [0, width < ON_A_TELEPHONE ? 14 : 22], domain: [0, Math.max(12, ...shown.map((each) => each.count))] },
    marks: [
      land ? () => land.cloneNode(true) : Plot.geo(shapes, { fill: "var(--land)", stroke: "var(--surface)", strokeWidth: 0.7 }),
      Plot.dot(shown.filter((each) => !each.other), { ...dots, fill: literal((each) => colourOf(each.type)), fillOpacity: 0.62 }),
      Plot.dot(shown.filter((each) => each.other), { ...dots, fill: "none", strokeDasharray: "2.5,2" }),
      Plot.tip(shown, Plot.pointer({ x: dots.x, y: dots.y, title: words })),
    ],
  });
  if (!land) drawnLand.set(framed, chart.querySelector("g").cloneNode(true));
  const per = selection.filters.measure === "per" ? " The map shows events, not events per document." : "";
  const cut = points.length > MOST_PLACES ? ` Only the ${number(MOST_PLACES)} largest of ${number(points.length)} marks are drawn.` : "";
  const besides = nowhere ? ` ${plural(nowhere, "event")} without a known place ${nowhere === 1 ? "is" : "are"} not on it.` : "";
  view.show(chart, `Discs: happened. Dashed rings: planned, asked for, called off or denied. The area says how many.${besides}${cut}${per} The shapes are Natural Earth’s and say nothing of whose ground it is.`,
    ["Place", "Country", "Type", "Standing", "Events"],
    () => points.map((each) => [each.at.name, facts.countries.find((country) => country.id === each.at.country)?.name ?? each.at.country ?? "", facts.types[each.type].label, each.other ? "not happened, or not yet" : "happened", each.count]));
}
