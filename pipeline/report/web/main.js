// Unpacks the facts, builds the page, and draws everything anew from one selection whenever a filter changes.

function drawNotes(facts) {
  const { incidents, mentions } = facts.left_out;
  const cut = [];
  if (incidents) cut.push(`To keep it quick, the page leaves out the ${plural(incidents, "event")} with the earliest dates: no figure and no chart counts them.`);
  if (mentions) cut.push(`${plural(mentions, "sentence")} of the events shown ${mentions === 1 ? "is" : "are"} left out: of events with many reports the latest 20 can be opened, and of the earliest events none.`);
  const paragraph = (...text) => element("p", {}, ...text);
  document.getElementById("notes").append(
    element("h2", {}, "How to read this"),
    ...cut.map((each) => element("p", { class: "cut" }, element("b", {}, each), " The store has them all: ", element("code", {}, "dateline sql"), ".")),
    paragraph("An event told by many outlets counts once. What happened and what was planned, asked for, called off or denied are drawn apart and never added together; asking for aid, weighing, refusing and stopping it count as not given."),
    paragraph("Charts count events on the first of their days. Events whose day the text does not tell, and those told as a habit or a total over time, are in the table alone. Of an attack on several places the parts are counted and not the whole."),
    paragraph("A machine read this from news text: it makes mistakes, and it does not know whether a text is true. Counts say how much was reported where reporters were, not how much happened. Open an event and read its sentences before you rely on it."),
    paragraph("Charts by Observable Plot and D3; country shapes from Natural Earth through world-atlas and topojson (all under the ISC licence). The page asks nothing of any network."));
}

// What was read and when it was published: the days of the events themselves reach from an anniversary to a plan.
function about(facts) {
  const { documents, sources, published } = facts.coverage;
  const [first, last] = published;
  const when = first === NONE ? "" : `, published ${first === last ? `on ${isoDay(first)}` : `from ${isoDay(first)} to ${isoDay(last)}`}`;
  return `${plural(facts.count, "event")} in ${plural(facts.mentions, "report")}, read in ${plural(sum(documents), "document")} by ${plural(sources, "publisher")}${when}. Made by dateline on ${facts.made}.`;
}

function applyTheme() {
  const select = document.getElementById("theme");
  const set = () => {
    if (select.value === "auto") document.documentElement.removeAttribute("data-theme");
    else document.documentElement.dataset.theme = select.value;
  };
  select.addEventListener("change", set);
  set();
}

async function main() {
  const facts = readFacts(await unpack("facts"));
  makePatterns(facts);
  applyTheme();
  document.getElementById("about").textContent = about(facts);
  let filters = everything(facts);
  let control = null;
  const charts = [makeTimeline(facts), makeMap(facts), makeDyads(facts), makeAid(facts), makeActors(facts, (name) => control.choose("actor", name)), makeIncidents(facts)];
  const draw = () => {
    const began = performance.now();
    measureFigures();
    const selection = select(facts, filters);
    document.getElementById("chosen").textContent = describe(facts, selection);
    drawHeadline(facts, selection);
    for (const chart of charts) chart(selection);
    document.documentElement.dataset.drawn = (performance.now() - began).toFixed(1);
  };
  control = connectFilters(facts, (chosen) => {
    filters = chosen;
    draw();
  });
  drawNotes(facts);
  draw();
  let width = document.documentElement.clientWidth;
  let waiting = 0;
  new ResizeObserver(() => {
    if (document.documentElement.clientWidth === width) return;
    width = document.documentElement.clientWidth;
    clearTimeout(waiting);
    waiting = setTimeout(draw, 100);
  }).observe(document.documentElement);
  document.documentElement.dataset.ready = "";
}

main();
