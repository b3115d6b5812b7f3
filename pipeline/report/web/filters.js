// What is chosen, and which incidents that leaves. Everything on the page is drawn from one selection.

const HAPPENED = 0; // the first of `standings`; the others are never added to it

function everything(facts) {
  return { from: NaN, to: NaN, types: new Set(facts.types.keys()), standings: new Set(facts.standings.keys()), actor: NOTHING, country: NOTHING, measure: "events" };
}

// listed: rows of the table. dated: those with a day of their own, and not told as a habit or a total. counted: of these what charts add up, which is the
// parts of an attack on several places and not the whole.
function select(facts, filters) {
  const { type, standing, country, day, told, dated, by_parts: byParts } = facts.incidents;
  const types = facts.types.map((_, each) => filters.types.has(each));
  const standings = facts.standings.map((_, each) => filters.standings.has(each));
  const takesPart = filters.actor === NOTHING ? null : incidentsOf(facts, filters.actor);
  const from = Number.isNaN(filters.from) ? -Infinity : filters.from;
  const to = Number.isNaN(filters.to) ? Infinity : filters.to;
  const open = from === -Infinity && to === Infinity;
  const listed = new Int32Array(facts.count);
  const withDay = new Int32Array(facts.count);
  const counted = new Int32Array(facts.count);
  let listedCount = 0;
  let datedCount = 0;
  let countedCount = 0;
  for (let i = 0; i < facts.count; i += 1) {
    if (!types[type[i]] || !standings[standing[i]]) continue;
    if (filters.country !== NOTHING && country[i] !== filters.country) continue;
    if (takesPart !== null && !takesPart[i]) continue;
    const at = day[i] === NONE ? told[i] : day[i];
    if (!open && (at === NONE || at < from || at > to)) continue;
    listed[listedCount] = i;
    listedCount += 1;
    if (!dated[i]) continue;
    withDay[datedCount] = i;
    datedCount += 1;
    if (byParts[i]) continue;
    counted[countedCount] = i;
    countedCount += 1;
  }
  const first = Math.max(from, facts.span[0]);
  const last = Math.min(to, facts.span[1]);
  const rows = { counted: counted.subarray(0, countedCount), dated: withDay.subarray(0, datedCount), listed: listed.subarray(0, listedCount) };
  return { ...rows, first, last, ...documentsRead(facts, from, to), filters };
}

function incidentsOf(facts, entity) {
  const { first, actor, party } = facts.parts;
  const found = new Uint8Array(facts.count);
  for (let i = 0; i < facts.count; i += 1) {
    for (let p = first[i]; p < first[i + 1]; p += 1) {
      if (actor[p] === entity || party[p] === entity) {
        found[i] = 1;
        break;
      }
    }
  }
  return found;
}

// Documents of the period, and by day. Of what was read, only the period is known: type, actor and place are not.
function documentsRead(facts, from, to) {
  const byDay = new Map();
  let documents = 0;
  facts.coverage.day.forEach((day, index) => {
    const open = from === -Infinity && to === Infinity;
    if (day === null ? !open : day < from || day > to) return;
    documents += facts.coverage.documents[index];
    if (day !== null) byDay.set(day, facts.coverage.documents[index]);
  });
  return { documents, documentsByDay: byDay };
}

// A count as the reader wants it: as it is, or for 100 documents read.
function measured(selection, count) {
  return selection.filters.measure === "per" ? (100 * count) / selection.documents : count;
}

function connectFilters(facts, changed) {
  const form = document.getElementById("filters");
  const field = (id) => document.getElementById(id);
  const whole = facts.span;
  // Usual periods end with what was published last: the last day of an event may be that of a plan, years ahead.
  const latest = facts.coverage.published[1] === NONE ? whole[1] : facts.coverage.published[1];
  const chips = (id, labels, swatch) => {
    field(id).replaceChildren(
      ...labels.map((text, index) => element("label", { class: "chip" }, element("input", { type: "checkbox", value: index, checked: "" }), swatch(index), text)),
    );
  };
  chips("types", facts.types.map((each) => each.label), (index) => swatch(colourOf(index)));
  chips("standings", facts.standings.map((each) => each.label), (index) => swatch(index === HAPPENED ? "var(--neutral)" : `url(#${patternOf(index)})`));

  const countries = facts.countries.map((each, index) => [each.name, index]).sort((a, b) => a[0].localeCompare(b[0]));
  field("country").append(...countries.map(([name, index]) => element("option", { value: index }, name)));
  if (whole[0] !== NONE) {
    for (const id of ["from", "to"]) Object.assign(field(id), { min: isoDay(whole[0]), max: isoDay(whole[1]) });
  }
  const suggest = suggestions(facts, field("actor"), field("actor-names"));

  const read = () => {
    const ticked = (id) => new Set([...field(id).querySelectorAll("input:checked")].map((each) => Number(each.value)));
    return {
      from: dayOf(field("from").value),
      to: dayOf(field("to").value),
      types: ticked("types"),
      standings: ticked("standings"),
      actor: suggest(),
      country: field("country").value === "" ? NOTHING : Number(field("country").value),
      measure: field("measure").value,
    };
  };
  form.addEventListener("change", (event) => {
    if (event.target.id === "preset") {
      const days = Number(event.target.value);
      field("from").value = days && latest !== NONE ? isoDay(latest - days + 1) : "";
      field("to").value = days && latest !== NONE ? isoDay(latest) : "";
      event.target.value = "";
    }
    changed(read());
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => changed(read())));
  return {
    choose(id, value) {
      field(id).value = value;
      changed(read());
    },
  };
}

// The names that begin with, or hold, what is typed; a store knows thousands. Returns the entity chosen, NOTHING for anyone, -2 for a name that nobody has.
function suggestions(facts, input, list) {
  const totals = new Map();
  const { actor, party } = facts.parts;
  for (const column of [actor, party]) for (const each of column) if (each !== NOTHING) totals.set(each, (totals.get(each) ?? 0) + 1);
  const known = [...totals].sort((a, b) => b[1] - a[1]).map(([index]) => ({ index, name: facts.entities[index].name }));
  const byName = new Map([...known].reverse().map((each) => [each.name.toLowerCase(), each.index]));
  const show = () => {
    const typed = input.value.trim().toLowerCase();
    const fitting = known.filter((each) => each.name.toLowerCase().includes(typed)).slice(0, 40);
    list.replaceChildren(...fitting.map((each) => element("option", { value: each.name })));
  };
  input.addEventListener("input", show);
  show();
  return () => {
    const typed = input.value.trim().toLowerCase();
    if (typed === "") return NOTHING;
    return byName.get(typed) ?? known.find((each) => each.name.toLowerCase().includes(typed))?.index ?? -2;
  };
}

// The choice in words, for the eye, for screen readers and for print.
function describe(facts, selection) {
  const { filters, listed, counted } = selection;
  const said = [];
  if (filters.types.size < facts.types.length) said.push([...filters.types].map((each) => facts.types[each].label).join(", ") || "no type");
  if (filters.standings.size < facts.standings.length) said.push([...filters.standings].map((each) => facts.standings[each].label).join(", ") || "no standing");
  if (filters.actor !== NOTHING) said.push(filters.actor < 0 ? "nobody of that name" : `with ${facts.entities[filters.actor].name}`);
  if (filters.country !== NOTHING) said.push(`in ${facts.countries[filters.country].name}`);
  if (!Number.isNaN(filters.from)) said.push(`from ${isoDay(filters.from)}`);
  if (!Number.isNaN(filters.to)) said.push(`to ${isoDay(filters.to)}`);
  const rest = listed.length - counted.length;
  const besides = rest ? `; ${plural(rest, "more")} without a day of ${rest === 1 ? "its" : "their"} own, told as a habit or a total, or counted by ${rest === 1 ? "its" : "their"} parts, ${rest === 1 ? "is" : "are"} in the table alone` : "";
  return `${said.length ? `Chosen: ${said.join(" · ")}. ` : "Everything is shown. "}${plural(counted.length, "event")} in the charts${besides}.`;
}
