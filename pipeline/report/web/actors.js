// Who takes part most, to the right in what happened and to the left in what did not (yet); what is only alleged of someone is patterned.

const MOST_ACTORS = 15;

function makeActors(facts, filterBy) {
  let column = "party";
  let redraw = () => {};
  const control = choice("Who", [["party", "in whose name"], ["actor", "who in person"]], (value) => {
    column = value;
    redraw();
  });
  const view = figure("actors", control);
  return (selection) => {
    redraw = () => drawActors(facts, selection, view, column, filterBy);
    redraw();
  };
}

// Counts by type, standing and allegation of everyone who takes part, each once an event; alleged where every part of it is.
function activity(facts, selection, column) {
  const { type, standing } = facts.incidents;
  const { first, alleged } = facts.parts;
  const who = facts.parts[column];
  const slots = facts.types.length * 16;
  const counts = new Int32Array(facts.entities.length * slots);
  for (const i of selection.counted) {
    for (let p = first[i]; p < first[i + 1]; p += 1) {
      if (who[p] === NOTHING) continue;
      let earlier = false;
      let charged = alleged[p];
      for (let q = first[i]; q < first[i + 1]; q += 1) {
        if (who[q] !== who[p]) continue;
        earlier ||= q < p;
        charged &= alleged[q];
      }
      if (!earlier) counts[who[p] * slots + (type[i] * 8 + standing[i]) * 2 + charged] += 1;
    }
  }
  const found = [];
  for (let entity = 0; entity < facts.entities.length; entity += 1) {
    const bars = new Map();
    let happened = 0;
    let total = 0;
    for (let slot = 0; slot < slots; slot += 1) {
      const count = counts[entity * slots + slot];
      if (count === 0) continue;
      bars.set(slot, count);
      total += count;
      if (Math.floor(slot / 2) % 8 === HAPPENED) happened += count;
    }
    if (total) found.push({ entity, happened, total, bars });
  }
  return found.sort((a, b) => b.happened - a.happened || b.total - a.total);
}

function actorBars(facts, selection, each) {
  const bars = [...each.bars].map(([key, count]) => ({ name: facts.entities[each.entity].name, type: Math.floor(key / 16), standing: Math.floor(key / 2) % 8, alleged: key % 2, count, value: measured(selection, count) }));
  bars.sort((a, b) => a.type - b.type || a.alleged - b.alleged || a.standing - b.standing);
  let right = 0;
  let left = 0;
  for (const bar of bars) {
    if (bar.standing === HAPPENED) {
      Object.assign(bar, { x1: right, x2: right + bar.value });
      right = bar.x2;
    } else {
      Object.assign(bar, { x1: -left, x2: -left - bar.value });
      left += bar.value;
    }
  }
  return bars;
}

function drawActors(facts, selection, view, column, filterBy) {
  const everyone = activity(facts, selection, column);
  const shown = everyone.slice(0, MOST_ACTORS);
  const bars = shown.flatMap((each) => actorBars(facts, selection, each));
  const { width } = view;
  const marginLeft = width < ON_A_TELEPHONE ? 104 : 170;
  const words = (bar) => `${bar.name}\n${facts.types[bar.type].label}, ${facts.standings[bar.standing].label}${bar.alleged ? ", alleged only" : ""}: ${number(bar.value)}`;
  const chart = bars.length === 0 ? null : plotted({
    width,
    height: 34 + shown.length * 24,
    marginLeft,
    marginRight: 12,
    marginTop: 24,
    marginBottom: 8,
    ariaLabel: "Most active",
    ariaDescription: "To the right what happened, by type; to the left what did not happen, or not yet. The numbers are in the table below.",
    x: { axis: "top", label: null, ticks: 5, tickFormat: (value) => compact(Math.abs(value)), grid: true },
    y: { type: "band", domain: shown.map((each) => facts.entities[each.entity].name), label: null, tickSize: 0, tickFormat: (name) => shortened(name, Math.floor((marginLeft - 12) / 7)), padding: 0.25 },
    marks: [
      Plot.barX(bars, { x1: "x1", x2: "x2", y: "name", fill: literal((bar) => (bar.standing === HAPPENED && bar.alleged ? `url(#${patternOf(ALLEGED, bar.type)})` : fillOf(bar.type, bar.standing))), title: words, tip: true }),
      Plot.ruleX([0], { stroke: "currentColor" }),
    ],
  });
  chart?.addEventListener("click", () => {
    const bar = chart.value;
    if (bar) filterBy(bar.name);
  });
  const charged = bars.some((bar) => bar.alleged) ? " Upright stripes: alleged only, by one side's charge." : "";
  const per = selection.filters.measure === "per" ? " Figures are events for 100 documents read." : "";
  view.show(chart, `Events that someone takes part in, in any role, each once. To the right, by type: happened. To the left: did not happen, or not yet.${charged}${per} A click on a bar chooses that actor.`,
    ["Who", "Type", "Standing", "Alleged only", "Events"],
    () => everyone.slice(0, 200).flatMap((each) => actorBars(facts, selection, each).map((bar) => [bar.name, facts.types[bar.type].label, facts.standings[bar.standing].label, bar.alleged ? "yes" : "", bar.count])));
}
