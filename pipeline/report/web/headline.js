// The figures at the top: what happened, by type; what did not (yet), apart from it; tolls and sums as the text states them.

function drawHeadline(facts, selection) {
  const { type, standing, sources, mentions, killed_min: killed, killed_max: killedMost, toll_counted: tolls } = facts.incidents;
  const happened = new Map();
  const others = new Map();
  let reports = 0;
  let shared = 0;
  for (const i of selection.counted) {
    tally(standing[i] === HAPPENED ? happened : others, standing[i] === HAPPENED ? type[i] : standing[i]);
    reports += mentions[i];
    if (sources[i] > 1) shared += 1;
  }
  const figures = facts.types.flatMap((each, index) => (selection.filters.types.has(index) ? [card(`${each.label}s`, happened.get(index) ?? 0, "happened", selection, swatch(colourOf(index)))] : []));
  const notYet = facts.standings.slice(1).map((each, index) => [each.label, others.get(index + 1) ?? 0, index + 1]);
  const apart = element("div", { class: "card apart" }, element("h3", {}, "Did not happen, or not yet"),
    element("ul", {}, ...notYet.map(([label, count, index]) => element("li", {}, swatch(`url(#${patternOf(index)})`), element("b", {}, shownCount(selection, count)), ` ${label}`))));
  const deaths = killed ? toll(facts, selection, killed, killedMost, tolls) : null;
  const read = element("div", { class: "card" }, element("h3", {}, "Read"), element("p", { class: "big" }, number(selection.documents)),
    element("p", { class: "quiet" }, `${selection.documents === 1 ? "document" : "documents"} of the period; ${plural(reports, "report")} of these events, ${plural(shared, "event")} told by more than one publisher`));
  const cards = [...figures];
  if (deaths) cards.push(element("div", { class: "card" }, element("h3", {}, "Killed, as reported"), element("p", { class: "big" }, deaths.least), element("p", { class: "quiet" }, deaths.words)));
  cards.push(apart);
  document.getElementById("headline").replaceChildren(...cards, read);
}

function shownCount(selection, count) {
  if (selection.filters.measure !== "per") return number(count);
  return selection.documents ? number(measured(selection, count)) : "–";
}

function card(label, count, note, selection, mark) {
  const words = selection.filters.measure === "per" ? `${note}, for 100 documents read` : note;
  return element("div", { class: "card" }, element("h3", {}, mark, ` ${label[0].toUpperCase()}${label.slice(1)}`), element("p", { class: "big" }, shownCount(selection, count)), element("p", { class: "quiet" }, words));
}

// Least and most; of an attack on several places the toll of the whole, or that of its parts together where that is more.
function toll(facts, selection, killed, killedMost, tolls) {
  const { standing, parent } = facts.incidents;
  const families = new Map();
  let least = 0;
  let most = 0;
  let stated = 0;
  for (const i of selection.dated) {
    if (standing[i] !== HAPPENED || !tolls[i]) continue;
    if (Number.isNaN(killed[i]) && Number.isNaN(killedMost[i])) continue;
    const low = Number.isNaN(killed[i]) ? 0 : killed[i];
    const high = Number.isNaN(killedMost[i]) ? low : killedMost[i];
    stated += 1;
    const family = facts.families.has(i) ? i : parent[i];
    if (family === NOTHING) {
      least += low;
      most += high;
    } else {
      const sums = families.get(family) ?? { parts: [0, 0], own: [0, 0] };
      const side = facts.families.has(i) ? sums.own : sums.parts;
      side[0] += low;
      side[1] += high;
      families.set(family, sums);
    }
  }
  for (const { parts, own } of families.values()) {
    least += Math.max(parts[0], own[0]);
    most += Math.max(parts[1], own[1]);
  }
  if (stated === 0) return null;
  const bounds = most > least ? `at least; at most ${number(most)}, ` : "";
  return { least: number(least), words: `${bounds}in ${plural(stated, "event")} that ${stated === 1 ? "states" : "state"} a toll of ${stated === 1 ? "its" : "their"} own; totals over several are left out` };
}
